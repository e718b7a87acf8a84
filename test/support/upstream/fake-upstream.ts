import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { asAsked } from './answers.js';
import { Gate } from './gate.js';
import { type Behaviour } from './pieces.js';
import { RecordedRequest } from './recorded-request.js';

const HOST = '127.0.0.1';
const PATIENCE_MS = 20_000;

/**
 * An OpenAI-compatible backend in the test's own process, on a free port, that does what the test
 * says: `next(...)` for the requests to come, `script(...)` for all others. Behaviours are in
 * `answers.ts` (good ones) and `faults.ts`; a test may write its own. `await using` it, or stop it.
 */
export class FakeUpstream implements AsyncDisposable {
  /** Every request that came in whole, but for questions about models, in the order of arrival. */
  readonly requests: RecordedRequest[] = [];
  /** `GET …/models`: health checks come when they like and must not eat what `next` has planned. */
  readonly probes: RecordedRequest[] = [];
  /** What behaviours threw. A test that expects none may say so. */
  readonly failures: unknown[] = [];
  private usual: Behaviour = asAsked;
  private onProbe: Behaviour = asAsked;
  private readonly planned: Behaviour[] = [];
  private readonly waiting = new Set<(request: RecordedRequest) => void>();
  private port = 0;

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => void this.handle(request, response));
  }

  static async start(): Promise<FakeUpstream> {
    // Nothing here may time out by itself: when an exchange ends is for the test to say.
    const server = createServer({ requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0 });
    const upstream = new FakeUpstream(server);
    await upstream.accept();
    return upstream;
  }

  /** What an endpoint's `url` takes. */
  get url(): string {
    return `http://${HOST}:${this.port}/v1`;
  }

  get lastRequest(): RecordedRequest {
    const last = this.requests.at(-1);
    if (last) return last;
    throw new Error('The upstream has had no request.');
  }

  /** The tokens of output sent so far in answer to all requests, whatever their usage said. */
  get tokensServed(): number {
    return this.requests.reduce((sum, { tokensServed }) => sum + tokensServed, 0);
  }

  /** What every request gets for which nothing else is planned. */
  script(behaviour: Behaviour): void {
    this.usual = behaviour;
  }

  /** What the next requests get, in order, one each. */
  next(...behaviours: Behaviour[]): void {
    this.planned.push(...behaviours);
  }

  /** What `GET …/models` gets. */
  scriptProbes(behaviour: Behaviour): void {
    this.onProbe = behaviour;
  }

  gate(): Gate {
    return new Gate();
  }

  /** The next request to arrive from now on; rejects if none does within five seconds. */
  nextRequest(): Promise<RecordedRequest> {
    const { promise, resolve, reject } = Promise.withResolvers<RecordedRequest>();
    const late = new Error(
      `No request came in ${PATIENCE_MS} ms (${this.requests.length} before).`,
    );
    const timer = setTimeout(() => reject(late), PATIENCE_MS).unref();
    this.waiting.add(resolve);
    const arrived = promise.finally(() => {
      clearTimeout(timer);
      this.waiting.delete(resolve);
    });
    // A test that fails before it awaits this has said what is wrong already.
    arrived.catch(() => undefined);
    return arrived;
  }

  /** How many connections are open, idle ones included. */
  connections(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
    });
  }

  /** Closes connections that wait for a next request, as backends do at a moment of their choice. */
  closeIdleConnections(): void {
    this.server.closeIdleConnections();
  }

  /** From now on connections are refused, and those that were open are gone. */
  async refuse(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  /** Takes connections, on the same port as before. */
  async accept(): Promise<void> {
    if (this.server.listening) return;
    this.server.listen(this.port, HOST);
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    await this.refuse();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await bodyOf(request);
    if (!bytes) return;
    const recorded = new RecordedRequest(request, response, bytes);
    try {
      await this.behaviourFor(recorded)(recorded, response);
    } catch (error) {
      this.failures.push(error);
      recorded.reset();
    }
  }

  private behaviourFor(request: RecordedRequest): Behaviour {
    if (request.method === 'GET' && /\/models(\?|$)/.test(request.path)) {
      this.probes.push(request);
      return this.onProbe;
    }
    this.requests.push(request);
    for (const resolve of this.waiting) resolve(request);
    return this.planned.shift() ?? this.usual;
  }
}

/** The whole body, or undefined if the caller left before it was sent. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}
