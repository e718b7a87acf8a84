import { randomUUID } from 'node:crypto';
import { type RequestLog } from '../../../server/src/usage/log/request-log.entity.js';
import { until } from '../until.js';
import { type Dialect, LumenServer } from './lumen-server.js';
import { Payer, type PoolAmounts } from './metered.js';
import { requestLogOf } from './request-log.js';

export const COINS = 1_000_000;
export const NANO = 1_000_000_000n;
const MONITORING_TOKEN = 'monitoring-token-monitoring-token-1234';

/** A model as it stands in the file, but for what tests do not care about. */
export interface ResilientModel {
  name: string;
  /** Of its backends. */
  urls: readonly string[];
  /** Coins for a token of output; 1 if it does not say. Input is free. */
  price?: number;
  timeouts?: { connect_s?: number; first_token_s?: number; idle_s?: number; total_s?: number };
  retries?: { attempts?: number; backoff_ms?: number; retry_after_cap_s?: number };
  [setting: string]: unknown;
}

export interface ResilientOptions {
  dialect: Dialect;
  models: readonly ResilientModel[];
  /** YAML of `upstream:`, in one line; no health checks but those that are asked for. */
  upstream?: string;
  /** Further top-level YAML. */
  extra?: string;
  graceS?: number;
  /** In the caller's pool; plenty if it does not say. */
  coins?: number;
}

/** What one caller saw of one request. */
export interface Seen {
  requestId: string;
  status: number;
  headers: Headers;
  text: string;
  tookMs: number;
}

export interface Question {
  model: string;
  isStream?: boolean;
  signal?: AbortSignal;
  /** Further fields of the body. */
  fields?: object;
}

export interface KnownEndpoint {
  url: string;
  consecutiveFailures: number;
  ejectedUntil: string | null;
  inFlight: number;
}

/** A server with models whose backends fail, and one caller who pays for what they do all the same. */
export class Resilient implements AsyncDisposable {
  private constructor(
    private readonly running: AsyncDisposableStack,
    readonly server: LumenServer,
    readonly payer: Payer,
  ) {}

  static async start(options: ResilientOptions): Promise<Resilient> {
    await using starting = new AsyncDisposableStack();
    const { dialect, models, upstream = '', extra = '', graceS = 5, coins = COINS } = options;
    const server = starting.use(
      await LumenServer.prepare({
        dialect,
        models: JSON.stringify(models.map(inFile)),
        extra: [
          `upstream: { probe: { interval_s: 86400, timeout_s: 2 }${upstream && `, ${upstream}`} }`,
          `monitoring: { token: ${MONITORING_TOKEN} }`,
          `users: { payer@example.edu: { max: ${coins} } }`,
          extra,
        ].join('\n'),
      }),
    );
    const text = await server.configuration();
    await server.configure(text.replace('shutdown_grace_s: 5', `shutdown_grace_s: ${graceS}`));
    await server.launch();
    const email = 'payer@example.edu';
    const payer = new Payer(server, email, await server.createKey(email));
    return new Resilient(starting.move(), server, payer);
  }

  /** Asks and reads all of the answer; rejects only if there is none. */
  async ask(question: Question): Promise<Seen> {
    const requestId = randomUUID();
    const startedMs = performance.now();
    const answer = await this.open(question, requestId);
    const text = await answer.text().catch(() => '');
    const tookMs = performance.now() - startedMs;
    return { requestId, status: answer.status, headers: answer.headers, text, tookMs };
  }

  open(
    { model, isStream, signal, fields }: Question,
    requestId: string = randomUUID(),
  ): Promise<Response> {
    const body = { model, ...(isStream && { stream: true }), ...fields };
    return this.payer.ask(body, signal, requestId);
  }

  /** All rows of one request, oldest first, once there are so many. */
  async rowsOf(requestId: string, count = 1): Promise<RequestLog[]> {
    let found: RequestLog[] = [];
    await until(async () => {
      found = (await this.rows()).filter((row) => row.requestId === requestId);
      return found.length >= count;
    });
    return found;
  }

  rows(count = 0): Promise<RequestLog[]> {
    return requestLogOf(this.server, count);
  }

  pool(): Promise<PoolAmounts> {
    return this.payer.pool();
  }

  /** What Lumen thinks of every endpoint, by its address; asks each of them once. */
  async endpoints(): Promise<Map<string, KnownEndpoint>> {
    const headers = { authorization: `Bearer ${MONITORING_TOKEN}` };
    const answer = await fetch(`${this.server.url}/health/inference`, { headers });
    const { details } = (await answer.json()) as { details: { endpoints: KnownEndpoint[] }[] };
    const all = details.flatMap(({ endpoints }) => endpoints);
    return new Map(all.map((endpoint) => [endpoint.url, endpoint]));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.running.disposeAsync();
  }
}

function inFile({ urls, price = 1, ...settings }: ResilientModel): object {
  return {
    input_cost_per_million: 0,
    output_cost_per_million: price * 1_000_000,
    endpoints: urls.map((url) => ({ url, api_key: 'none', model: 'upstream-name' })),
    ...settings,
  };
}
