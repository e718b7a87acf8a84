import { Agent } from 'node:http';
import fc from 'fast-check';
import { BrowserSession } from '../lumen/browser-session.js';
import { type Dialect, type LumenServer } from '../lumen/lumen-server.js';
import { modelWith } from '../lumen/models.js';
import { sessionOf, startAs } from '../lumen/session-of.js';
import { type Behaviour, ScriptedUpstream } from '../scripted-upstream.js';
import { vllm } from '../vllm-backend.js';
import { faultOf } from './answer-faults.js';
import { API_ROUTES, type ApiRoute } from './api-routes.js';
import { type RawAnswer, send } from './raw-request.js';
import { type FuzzedRequest, requestsTo } from './route-requests.js';

export const CALLERS = ['nobody', 'key', 'user', 'administrator’s key', 'administrator'] as const;
export type Caller = (typeof CALLERS)[number];

const UPSTREAM_KEY = 'canary-of-the-upstream-key';
const SECRETS = ['test-secret-test', 'test-encryption-test', UPSTREAM_KEY];
const ID = /"id":\s*"([^"\\]{1,100})"/g;
const MOST_IDS = 300;

/** A backend that answers whatever can be answered, and refuses the rest as backends do. */
const careful: Behaviour = async (request, response) => {
  try {
    await vllm(request, response);
  } catch {
    if (response.headersSent) response.end();
    else response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"no"}');
  }
};

/** The built server with a person, an administrator and keys of both, to be sent anything. */
export class FuzzedLumen implements AsyncDisposable {
  private readonly agent = new Agent({ keepAlive: true });
  private readonly sessions = new Map<Caller, BrowserSession>();
  private readonly keys = new Map<Caller, string>();
  /** Of what the server has, as its answers told. */
  private readonly ids: string[] = ['00000000-0000-7000-8000-000000000000'];
  statuses = new Map<number, number>();

  private constructor(
    private readonly running: AsyncDisposableStack,
    readonly server: LumenServer,
    private readonly options: object,
  ) {}

  static async start(dialect: Dialect): Promise<FuzzedLumen> {
    const running = new AsyncDisposableStack();
    const upstream = running.use(await ScriptedUpstream.start());
    upstream.usual = careful;
    const models = modelWith('m', { url: upstream.url }).replace('upstream-secret', UPSTREAM_KEY);
    const app = '  url: http://localhost';
    const options = { models, app, extra: 'log: { requests: true }' };
    const server = running.use(await startAs('admin@example.com', { ...options, dialect }));
    const lumen = new FuzzedLumen(running, server, options);
    for (const [caller, email] of Object.entries({ key: 'ada', 'administrator’s key': 'admin' })) {
      lumen.keys.set(caller as Caller, await server.createKey(`${email}@example.com`));
    }
    await lumen.begin('user');
    await lumen.begin('administrator');
    return lumen;
  }

  /** The session of one of those who have one. */
  session(caller: 'user' | 'administrator'): BrowserSession {
    return this.sessions.get(caller)!;
  }

  /** Sends `runs` requests to every route as this caller; throws at the first wrong answer. */
  async fuzz(caller: Caller, { seed, runs }: { seed: number; runs: number }): Promise<void> {
    for (const [index, route] of API_ROUTES.entries()) {
      const property = fc.asyncProperty(requestsTo(route), (request) =>
        this.expectSound(caller, route, request),
      );
      await fc.assert(property, { numRuns: runs, seed: seed + index, endOnFailure: true });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.agent.destroy();
    await this.running.disposeAsync();
  }

  private async expectSound(caller: Caller, route: ApiRoute, sent: FuzzedRequest): Promise<void> {
    const path = sent.path
      .map((part) => (typeof part === 'number' ? this.ids[part % this.ids.length] : part))
      .join('');
    const answer = await this.ask(caller, sent, path);
    this.learn(answer);
    const request = { method: sent.method, path };
    const secrets = [...SECRETS, this.server.directory];
    const fault = faultOf(request, answer, secrets);
    if (fault === null) return;
    const { status, text } = answer;
    const said = `${status} ${text.slice(0, 1_000)}`;
    throw new Error(`${caller}: ${route.method} ${path} as ${sent.method}: ${fault}\n${said}`);
  }

  private async ask(caller: Caller, sent: FuzzedRequest, path: string): Promise<RawAnswer> {
    const { method, body } = sent;
    const ask = () => {
      const headers = { ...sent.headers, ...this.credentials(caller) };
      return send(this.agent, { method, url: this.server.url + path, headers, body });
    };
    const answer = await ask();
    if (answer.status === 429) {
      await this.restart();
      return ask();
    }
    if (answer.status !== 401 || (await this.isKnown(caller))) return answer;
    await this.begin(caller);
    return ask();
  }

  private credentials(caller: Caller): Record<string, string> {
    const key = this.keys.get(caller);
    if (key !== undefined) return { authorization: `Bearer ${key}` };
    const session = this.sessions.get(caller);
    return session ? { cookie: session.cookie, 'x-csrf-token': session.csrfToken } : {};
  }

  /** Routes for keys refuse every session; a session that was ended is another thing. */
  private async isKnown(caller: Caller): Promise<boolean> {
    const session = this.sessions.get(caller);
    return session === undefined || (await session.fetch('/api/me')).status !== 401;
  }

  private async begin(caller: Caller): Promise<void> {
    const session =
      caller === 'administrator'
        ? await BrowserSession.start(this.server)
        : await sessionOf('ada@example.com', this.server, this.options);
    this.sessions.set(caller, session);
  }

  /** What pages may ask in a minute is no setting; a process that starts has counted nothing. */
  private async restart(): Promise<void> {
    this.server.signal('SIGTERM');
    await this.server.ended;
    await this.server.launch();
  }

  private learn({ status, text }: RawAnswer): void {
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    if (status >= 300) return;
    for (const [, id] of text.slice(0, 50_000).matchAll(ID)) {
      if (this.ids.includes(id!)) continue;
      if (this.ids.length >= MOST_IDS) this.ids.splice(1, 1);
      this.ids.push(encodeURIComponent(id!));
    }
  }
}
