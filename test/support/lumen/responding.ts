import OpenAI from 'openai';
import { type RequestLog } from '../../../server/src/usage/log/request-log.entity.js';
import { ScriptedUpstream } from '../scripted-upstream.js';
import { ConformingFetch } from '../conforming-fetch.js';
import { LumenServer } from './lumen-server.js';
import { Payer } from './metered.js';
import { requestLogOf } from './request-log.js';

/** A coin a token of output. */
const PRICES = { input_cost_per_million: 0, output_cost_per_million: 1_000_000 };
const UPSTREAM =
  'upstream: { timeouts: { first_token_s: 2, idle_s: 2 }, retries: { attempts: 0 }, ejection: { failures: 1000 } }';

export interface RespondingOptions {
  /** Coins, by the first part of the e-mail address; nothing limits others. */
  purses: Record<string, number>;
  /** A backend of its own for the model `c`. */
  other?: { readonly url: string };
}

/**
 * A server and a backend that does what it is told, for callers of the Responses API: the model `m`
 * is translated, `n` passed through.
 */
export class Responding implements AsyncDisposable {
  /** Looks at every answer that the clients get. */
  readonly conforming = new ConformingFetch();

  private constructor(
    private readonly running: AsyncDisposableStack,
    readonly server: LumenServer,
    readonly upstream: ScriptedUpstream,
    private readonly key: string,
  ) {}

  static async start({ purses, other }: RespondingOptions): Promise<Responding> {
    await using starting = new AsyncDisposableStack();
    const upstream = starting.use(await ScriptedUpstream.start());
    const modelAt = (name: string, url: string, apis: string[]) => ({
      name,
      ...PRICES,
      endpoints: [{ url, api_key: 'upstream-secret', model: 'upstream-name', native_apis: apis }],
    });
    const models = [modelAt('m', upstream.url, []), modelAt('n', upstream.url, ['responses'])];
    if (other) models.push(modelAt('c', other.url, []));
    const users = Object.entries(purses).map(
      ([name, coins]) => `  ${name}@example.edu:\n    max: ${coins}\n`,
    );
    const server = starting.use(
      await LumenServer.start({
        models: JSON.stringify(models),
        extra: `${UPSTREAM}\nbudgets: { default_output_tokens: 10 }\nusers:\n${users.join('')}`,
      }),
    );
    const key = await server.createKey();
    return new Responding(starting.move(), server, upstream, key);
  }

  get client(): OpenAI {
    return this.clientWith(this.key);
  }

  /** What the backend was asked last. */
  get sent(): Record<string, unknown> {
    return JSON.parse(this.upstream.lastRequest.bytes.toString()) as Record<string, unknown>;
  }

  post(body: string | object, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.server.url}/v1/responses`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: {
        authorization: `Bearer ${this.key}`,
        'content-type': 'application/json',
        ...headers,
      },
    });
  }

  /** The row that `work` leaves in the request log. */
  async rowOf(work: () => Promise<unknown>): Promise<RequestLog> {
    const before = (await requestLogOf(this.server)).length;
    await work();
    return (await requestLogOf(this.server, before + 1)).at(-1)!;
  }

  /** A caller with a new key. */
  async payer(name: string): Promise<{ client: OpenAI; pool: Payer }> {
    const email = `${name}@example.edu`;
    const key = await this.server.createKey(email);
    return { client: this.clientWith(key), pool: new Payer(this.server, email, key) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.running.disposeAsync();
  }

  private clientWith(apiKey: string): OpenAI {
    const { fetch } = this.conforming;
    return new OpenAI({ baseURL: `${this.server.url}/v1`, apiKey, maxRetries: 0, fetch });
  }
}
