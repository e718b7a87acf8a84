import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NANO, Resilient, type Seen } from '../support/lumen/resilient.js';
import { residentMemory } from '../support/resident-memory.js';
import { until } from '../support/until.js';
import { beginStream, status } from '../support/upstream/answers.js';
import { FakeUpstream } from '../support/upstream/fake-upstream.js';
import {
  endlessBody,
  errorInside200,
  htmlError,
  truncatedJson,
} from '../support/upstream/faults.js';
import {
  honest,
  HOSTILE_LIES,
  type HostileLie,
  type Verdict,
  WHOLE,
} from '../support/upstream/hostile-lies.js';
import { DONE, USAGE } from '../support/upstream/openai-texts.js';
import { type Behaviour, writePieces } from '../support/upstream/pieces.js';

const MEBIBYTE = 1024 * 1024;
const MOST_MIB = 8;
/** What the process may grow by meanwhile: far less than what is sent to it. */
const MOST_GROWTH = 80 * MEBIBYTE;
/** Some lies are silence; whoever is told another waits longer. */
const TIMEOUTS = { connect_s: 2, first_token_s: 1.5, idle_s: 1.5, total_s: 20 };
const CASES = HOSTILE_LIES.flatMap((lie) => [
  ...(lie.streamed ? [[`a stream: ${lie.what}`, lie, lie.streamed, true] as const] : []),
  ...(lie.whole ? [[`one piece: ${lie.what}`, lie, lie.whole, false] as const] : []),
]);

describe('a backend that lies', () => {
  const running = new AsyncDisposableStack();
  let upstream: FakeUpstream;
  let lumen: Resilient;
  let hasty: HastyUpstream;
  let usualHeaders: string[];

  beforeAll(async () => {
    upstream = running.use(await FakeUpstream.start());
    hasty = running.use(await HastyUpstream.start());
    const urls = [upstream.url];
    lumen = running.use(
      await Resilient.start({
        dialect: 'sqlite',
        models: [
          { name: 'm', urls, timeouts: TIMEOUTS },
          { name: 'free', urls, price: 0 },
          { name: 'hasty', urls: [hasty.url] },
          { name: 'twice', urls, retries: { attempts: 1, backoff_ms: 1 } },
        ],
        upstream: `max_body_bytes: ${MOST_MIB} MiB, retries: { attempts: 0 }, ejection: { failures: 1000 }`,
      }),
    );
    upstream.next(honest('first'));
    usualHeaders = namesOf(await lumen.ask({ model: 'm' }));
  }, 60_000);

  afterAll(() => running.disposeAsync());

  /** The next caller gets an answer, and it is the caller's own. */
  async function expectHonest(name: string): Promise<void> {
    upstream.next(honest(name));
    const seen = await lumen.ask({ model: 'free' });
    expect([seen.status, seen.text]).toEqual([200, expect.stringContaining(`honest ${name}`)]);
  }

  async function expectRow(seen: Seen, verdict: Verdict): Promise<void> {
    const [row] = await lumen.rowsOf(seen.requestId);
    const tokens = verdict.kind === 'refused' ? 0 : verdict.tokens;
    const isServed = verdict.kind === 'served';
    expect(row).toMatchObject({
      outcome: isServed ? 'completed' : 'failed',
      errorCode: isServed ? null : verdict.kind === 'refused' ? verdict.code : 'upstream_error',
      status: verdict.kind === 'refused' ? verdict.status : 200,
      completionTokens: tokens || null,
      cost: tokens ? BigInt(tokens) * NANO : null,
      accuracy: !tokens ? null : !isServed ? 'partial' : verdict.isExact ? 'exact' : 'estimated',
    });
  }

  async function expectLie(lie: HostileLie, verdict: Verdict, isStream: boolean): Promise<void> {
    upstream.next(lie.behaviour);
    const arrival = upstream.nextRequest();
    const seen = await lumen.ask({ model: 'm', isStream });
    expectVerdict(seen, verdict);
    await expectRow(seen, verdict);
    if (lie.closes) await expectClosed((await arrival).closed);
    await expectHonest(lie.what);
    expect(namesOf(seen).filter((name) => !allowed(usualHeaders).has(name))).toEqual([]);
  }

  it.each(CASES)('%s', (_what, lie, verdict, isStream) => expectLie(lie, verdict, isStream));

  it.each([
    ['small', 10],
    ['large', 3 * MEBIBYTE],
  ])('answers before it has read the request, and closes: %s', async (_what, size) => {
    hasty.sockets = 0;
    const content = 'x'.repeat(size);
    const question = { model: 'hasty', messages: [{ role: 'user', content }] };
    const answer = await lumen.payer.ask(question);
    const text = await answer.text();
    // Whether all of the request had gone out by then is a matter of the moment.
    if (answer.status === 200) expect(text).toBe(WHOLE);
    else {
      expect(answer.status).toBe(502);
      expect(JSON.parse(text)).toMatchObject({ error: { code: 'upstream_error' } });
    }
    expect(hasty.sockets).toBe(1);
    await expectHonest('after a hasty answer');
  });

  it.each([
    ['a page', htmlError(200), true],
    ['an error in a success', errorInside200(), true],
    ['JSON that stops', truncatedJson, true],
    ['a caller’s mistake in a success', status(200, '{"error":{"code":400}}'), false],
  ])('is asked again after %s, where that may help', async (_what, lie, isAgain) => {
    for (const isStream of [false, true]) {
      upstream.next(lie);
      const before = upstream.requests.length;
      const seen = await lumen.ask({ model: 'twice', isStream });
      expect(seen.status).toBe(isAgain ? 200 : 400);
      expect(upstream.requests.length - before).toBe(isAgain ? 2 : 1);
    }
  });

  it.each([
    ['announced', 'length'],
    ['in one write', 'write'],
    ['without end', 'endless'],
  ])('sends more in one piece than is allowed, %s', async (_what, how) => {
    const before = await residentMemory(lumen.server.pid);
    upstream.next(how === 'endless' ? endlessBody() : hundredMegabytes(how === 'length'));
    const arrival = upstream.nextRequest();
    const seen = await lumen.ask({ model: 'free' });
    const { closed } = await arrival;
    await expectClosed(closed);
    const [row] = await lumen.rowsOf(seen.requestId);
    expect(row).toMatchObject({ outcome: 'failed', errorCode: 'upstream_error' });
    if (how === 'write') expect([seen.status, seen.text]).toEqual([200, '']);
    else expect(seen.status).toBe(502);
    if (how === 'length') expect(seen.text).toContain('sent more at once than Lumen takes');
    expect((await residentMemory(lumen.server.pid)) - before).toBeLessThan(MOST_GROWTH);
    await expectHonest('after too much');
  });

  it.each([
    ['in one write', 1],
    ['in many', 1000],
  ])('sends an event without end, %s', async (_what, writes) => {
    const before = await residentMemory(lumen.server.pid);
    const part = Buffer.alloc((100 * MEBIBYTE) / writes, 'x');
    upstream.next(async (request, response) => {
      beginStream(response);
      let isOpen = await writePieces(response, request, ['data: {"x":"']);
      while (isOpen) isOpen = await writePieces(response, request, [part]);
    });
    const arrival = upstream.nextRequest();
    const seen = await lumen.ask({ model: 'free', isStream: true });
    await expectClosed((await arrival).closed);
    expect(seen.text.endsWith(DONE)).toBe(true);
    expect(seen.text.slice(-400)).toContain('sent more at once than Lumen takes');
    expect(seen.text.length).toBeLessThan((MOST_MIB + 1) * MEBIBYTE);
    expect((await residentMemory(lumen.server.pid)) - before).toBeLessThan(MOST_GROWTH);
    await expectHonest('after an event without end');
  });

  it('sends a megabyte, byte by byte, to be kept', async () => {
    const before = await residentMemory(lumen.server.pid);
    const text = chunkedBytes(MEBIBYTE);
    upstream.next(async (request, response) => {
      const head =
        'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked';
      await writePieces(response.socket!, request, [`${head}\r\n\r\n`, text]);
      request.hangUp();
    });
    const seen = await lumen.ask({ model: 'm' });
    expect(seen.status).toBe(502);
    expect((await residentMemory(lumen.server.pid)) - before).toBeLessThan(MOST_GROWTH);
  });

  it('leaves nothing open, nothing held, and nothing that is called a crash', async () => {
    await until(async () => (await upstream.connections()) <= 2);
    expect((await lumen.pool()).held).toBe(0n);
    await lumen.server.command('ledger', 'verify');
    expect(lumen.server.log.filter(({ level }) => level === 'error')).toEqual([]);
    expect(lumen.server.errors).toEqual([]);
    expect(upstream.failures).toEqual([]);
    const endpoints = await lumen.endpoints();
    for (const { inFlight } of endpoints.values()) expect(inFlight).toBe(0);
  });
});

describe('a backend whose answer is very large', () => {
  const running = new AsyncDisposableStack();
  let upstream: FakeUpstream;
  let lumen: Resilient;

  beforeAll(async () => {
    upstream = running.use(await FakeUpstream.start());
    const models = [{ name: 'free', urls: [upstream.url], price: 0 }];
    const extra = 'max_body_bytes: 256 MiB, retries: { attempts: 0 }';
    lumen = running.use(await Resilient.start({ dialect: 'sqlite', models, upstream: extra }));
  }, 60_000);

  afterAll(() => running.disposeAsync());

  it('is read at the speed of a caller who does not read', async () => {
    upstream.next(hundredMegabytes(true), hundredMegabytes(true));
    // Once at full speed: what that leaves to be collected is no matter of the caller's.
    await bytesOf(await openSlowly(lumen));
    const before = await residentMemory(lumen.server.pid);
    const answer = await openSlowly(lumen);
    await once(answer, 'readable');
    const { socket } = answer;
    await until(() => socket.bytesRead > 0 && isAtRest(socket));
    expect((await residentMemory(lumen.server.pid)) - before).toBeLessThan(MOST_GROWTH);
    expect(await bytesOf(answer)).toBeGreaterThan(100 * MEBIBYTE);
    expect((await residentMemory(lumen.server.pid)) - before).toBeLessThan(MOST_GROWTH);
    const rows = await lumen.rows(2);
    expect(rows.at(-1)).toMatchObject({
      outcome: 'completed',
      completionTokens: USAGE.completion_tokens,
      accuracy: 'exact',
    });
  });
});

/** Answers whoever connects, without a look at the request, and closes. */
class HastyUpstream implements AsyncDisposable {
  sockets = 0;
  private readonly open = new Set<Socket>();

  private constructor(private readonly server: Server) {
    server.on('connection', (socket: Socket) => {
      this.sockets += 1;
      this.open.add(socket);
      socket.on('error', () => undefined);
      socket.end(
        [
          'HTTP/1.1 200 OK',
          'content-type: application/json',
          `content-length: ${Buffer.byteLength(WHOLE)}`,
          '',
          WHOLE,
        ].join('\r\n'),
      );
    });
  }

  static async start(): Promise<HastyUpstream> {
    const server = createServer();
    const upstream = new HastyUpstream(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return upstream;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.open) socket.destroy();
    await closed;
  }
}

/** Nothing has come since the last look. */
const isAtRest = (() => {
  const seen = new WeakMap<object, { bytes: number; looks: number }>();
  return (socket: { bytesRead: number }): boolean => {
    const last = seen.get(socket);
    const looks = last?.bytes === socket.bytesRead ? last.looks + 1 : 0;
    seen.set(socket, { bytes: socket.bytesRead, looks });
    return looks > 20;
  };
})();

async function bytesOf(answer: IncomingMessage): Promise<number> {
  let bytes = 0;
  for await (const chunk of answer) bytes += (chunk as Buffer).length;
  return bytes;
}

async function openSlowly({ server, payer }: Resilient): Promise<IncomingMessage> {
  const body = JSON.stringify({ model: 'free', messages: [{ role: 'user', content: 'hi' }] });
  const request = httpRequest(`${server.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${payer.key}`, 'content-type': 'application/json' },
  });
  request.end(body);
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  return answer;
}

/** A completion whose text has 100 MiB, in one write. */
function hundredMegabytes(isAnnounced: boolean): Behaviour {
  return (_request, response) => {
    const [head, tail] = WHOLE.split('end');
    const bytes = Buffer.concat([
      Buffer.from(head!),
      Buffer.alloc(100 * MEBIBYTE, 'x'),
      Buffer.from(tail!),
    ]);
    const headers = { 'content-type': 'application/json' };
    response.writeHead(200, {
      ...headers,
      ...(isAnnounced && { 'content-length': String(bytes.length) }),
    });
    response.write(bytes);
    response.end();
  };
}

/** So many chunks of HTTP with a byte each, and no end. */
function chunkedBytes(count: number): Buffer {
  return Buffer.concat([Buffer.from('1\r\n{\r\n'), Buffer.from('1\r\nx\r\n'.repeat(count))]);
}

function expectVerdict(seen: Seen, verdict: Verdict): void {
  if (verdict.kind === 'refused') {
    expect(seen.status).toBe(verdict.status);
    const { error } = JSON.parse(seen.text) as { error: { message: string; code: string } };
    expect(error.code).toBe(verdict.code);
    expect(error.message).toContain(verdict.says ?? '');
    expect(error.message).not.toMatch(/<\w/);
    return;
  }
  expect(seen.status).toBe(200);
  if (verdict.kind === 'served') {
    expect(seen.text === verdict.text ? 'as it should be' : seen.text.slice(0, 500)).toBe(
      'as it should be',
    );
    if (verdict.contentType) expect(seen.headers.get('content-type')).toBe(verdict.contentType);
    return;
  }
  expect(seen.text.startsWith(verdict.text)).toBe(true);
  const rest = seen.text.slice(verdict.text.length);
  expect(rest).toMatch(/^data: \{"error":.*\}\n\ndata: \[DONE\]\n\n$/);
  expect(rest).toContain('"code":"upstream_error"');
}

async function expectClosed(closed: Promise<unknown>): Promise<void> {
  let isClosed = false;
  void closed.then(() => (isClosed = true));
  await until(() => isClosed);
}

const namesOf = ({ headers }: Seen) => [...headers.keys()];

/** Those of an honest answer, and those that streams, errors and compressed bodies have. */
const allowed = (usual: string[]) =>
  new Set([
    ...usual,
    'content-encoding',
    'transfer-encoding',
    'x-accel-buffering',
    'cache-control',
    'retry-after',
  ]);
