import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type FailedAttempt } from '../../server/src/usage/index.js';
import { Resilient, type ResilientModel } from '../support/lumen/resilient.js';
import { until } from '../support/until.js';
import { beginStream, rateLimited, status, stream } from '../support/upstream/answers.js';
import { FakeUpstream } from '../support/upstream/fake-upstream.js';
import { serves } from '../support/upstream/fault-matrix.js';
import { closeAfter, hang, hangAfter, trickle } from '../support/upstream/faults.js';
import { Gate } from '../support/upstream/gate.js';
import {
  chunkText,
  DONE,
  errorText,
  eventText,
  USAGE,
  USAGE_CHUNK,
} from '../support/upstream/openai-texts.js';
import { type Behaviour, writePieces } from '../support/upstream/pieces.js';

/** Nano-coins for a token of output: one costs a thousandth of a coin where nothing else is said. */
const PRICE = 1_000_000n;
const LONG_MS = 60_000;
/** What is waited for at the most where a backend says when to come back. */
const CAP_S = 30;
const CRASHED = status(500, errorText('crashed'));
const WORDS = [chunkText('a'), chunkText('b')];
const COMMENT = ': OPENROUTER PROCESSING\n\n';

/** As proxies do while what stands behind them hangs. */
const commenting: Behaviour = async (request, response) => {
  beginStream(response);
  while (await writePieces(response, request, [COMMENT])) await sleep(100);
};

/** Backends by name; each test has models, and backends, of its own. */
class Backends {
  readonly upstreams = new Map<string, FakeUpstream>();

  constructor(private readonly running: AsyncDisposableStack) {}

  async add(name: string, usual: Behaviour = serves): Promise<string> {
    const upstream = this.running.use(await FakeUpstream.start());
    upstream.script(usual);
    this.upstreams.set(name, upstream);
    return upstream.url;
  }

  of(name: string): FakeUpstream {
    return this.upstreams.get(name)!;
  }
}

describe('a request that meets failing backends', () => {
  const running = new AsyncDisposableStack();
  let backends: Backends;
  let lumen: Resilient;

  beforeAll(async () => {
    backends = new Backends(running);
    lumen = running.use(
      await Resilient.start({
        dialect: 'sqlite',
        models: await modelsAt(backends),
        coins: 25,
        upstream: 'ping_s: 0.3, ejection: { failures: 3, cooldown_s: 600, max_cooldown_s: 600 }',
        extra: 'clients: { default: { max: -2 } }',
      }),
    );
  }, 60_000);

  afterAll(() => running.disposeAsync());

  describe('that are busy', () => {
    it.each([
      ['in seconds', () => '1'],
      ['as a date', () => new Date(Date.now() + 2_000).toUTCString()],
    ])('comes back when they say so: %s', async (_how, retryAfter) => {
      backends.of('busy').next(rateLimited(retryAfter()));
      const { status: code, tookMs } = await lumen.ask({ model: 'busy' });
      expect(code).toBe(200);
      expect(tookMs).toBeGreaterThan(900);
    });

    it('does not, where that is longer than is waited for', async () => {
      const before = backends.of('busy').requests.length;
      backends.of('busy').next(rateLimited(60));
      const seen = await lumen.ask({ model: 'busy' });
      expect([seen.status, seen.headers.get('retry-after')]).toEqual([503, '60']);
      expect(backends.of('busy').requests.length - before).toBe(1);
      expect(seen.tookMs).toBeLessThan((CAP_S * 1_000) / 2);
    });

    it('goes to another backend meanwhile, and not back to the first', async () => {
      backends.of('busy-first').next(rateLimited(60));
      backends.of('busy-second').next(CRASHED);
      const seen = await lumen.ask({ model: 'busy-pair' });
      expect(seen.status).toBe(200);
      expect(backends.of('busy-first').requests).toHaveLength(1);
      expect(backends.of('busy-second').requests).toHaveLength(2);
      const [row] = await lumen.rowsOf(seen.requestId);
      const attempts = JSON.parse(row!.attempts!) as FailedAttempt[];
      expect(attempts.map((attempt) => attempt.status)).toEqual([429, 500]);
    });
  });

  describe('whose fault it is', () => {
    it.each([400, 404, 409, 413, 422])('hears of its own mistake at once: %i', async (code) => {
      const both = [backends.of('first'), backends.of('second')];
      const asked = () => both.reduce((sum, { requests }) => sum + requests.length, 0);
      const before = asked();
      for (const backend of both) backend.script(status(code, errorText('too long')));
      const seen = await lumen.ask({ model: 'pair' });
      expect(seen.status).toBe(code);
      expect(seen.text).toContain('too long');
      expect(asked() - before).toBe(1);
    });

    it.each([401, 403])('is spared a wrong key: %i', async (code) => {
      backends.of('locked').script(status(code, errorText('bad key sk-1')));
      const seen = await Promise.all([1, 2].map(() => lumen.ask({ model: 'half-locked' })));
      expect(seen.map((each) => each.status)).toEqual([200, 200]);
    });

    it('hears that it is Lumen’s own fault where no key is right', async () => {
      const seen = await lumen.ask({ model: 'locked' });
      expect(seen.status).toBe(502);
      expect(seen.text).toContain('upstream_misconfigured');
      expect(seen.text).not.toContain('sk-1');
      const [row] = await lumen.rowsOf(seen.requestId);
      expect(row).toMatchObject({ attempts: null, cost: null });
    });

    it('does not see an error that comes as the first event of a stream', async () => {
      backends.of('talks').next(stream(eventText({ error: { message: 'out of memory' } }), DONE));
      const seen = await lumen.ask({ model: 'talks', isStream: true });
      expect(seen.status).toBe(200);
      expect(seen.text).not.toContain('error');
      backends.of('talks').next(stream(eventText({ error: { message: 'too long', code: 400 } })));
      const refused = await lumen.ask({ model: 'talks', isStream: true });
      expect(refused.status).toBe(400);
      expect(refused.text).toContain('too long');
    });

    it('does not see a stream that says nothing', async () => {
      backends.of('talks').next(stream());
      const seen = await lumen.ask({ model: 'talks', isStream: true });
      expect([seen.status, seen.text.endsWith(DONE)]).toEqual([200, true]);
    });

    it.each<[string, Behaviour]>([
      ['and ends', stream(COMMENT, COMMENT)],
      ['and breaks off', closeAfter(COMMENT)],
      ['and then says that it failed', stream(COMMENT, eventText({ error: 'out of memory' }))],
      ['for as long as it is let', commenting],
    ])('does not see a stream that only says that it lives, %s', async (_how, behaviour) => {
      backends.of('talks').next(behaviour);
      const seen = await lumen.ask({ model: 'talks', isStream: true });
      expect([seen.status, seen.text.endsWith(DONE)]).toEqual([200, true]);
      expect(seen.text).not.toContain('PROCESSING');
      const [row] = await lumen.rowsOf(seen.requestId);
      expect(row!.attempts).toContain('upstream_');
    });
  });

  it('ends with its caller, who leaves during the back-off', async () => {
    const leaving = new AbortController();
    const backend = backends.of('patient');
    const asked = lumen.open({ model: 'patient', signal: leaving.signal }, 'left-in-back-off');
    await until(() => backend.requests.length === 1 && backend.requests[0]!.outcome === 'finished');
    leaving.abort();
    await expect(asked).rejects.toThrow();
    const [row] = await lumen.rowsOf('left-in-back-off');
    expect(row).toMatchObject({ outcome: 'cancelled', status: 499, cost: null });
    expect(row!.durationMs).toBeLessThan(LONG_MS / 2);
    expect(backend.requests).toHaveLength(1);
    expect((await lumen.pool()).held).toBe(0n);
  });

  describe('and has fallbacks', () => {
    it('is answered by another model, at its price, and says so', async () => {
      const before = (await lumen.pool()).balance;
      const seen = await lumen.ask({ model: 'falls-back' });
      expect([seen.status, seen.headers.get('x-lumen-model')]).toEqual([200, 'stand-in']);
      const [first, second, ...more] = await lumen.rowsOf(seen.requestId, 2);
      expect(more).toEqual([]);
      expect(first).toMatchObject({
        model: 'falls-back',
        outcome: 'failed',
        status: 502,
        cost: null,
      });
      const cost = BigInt(USAGE.completion_tokens) * 3n * PRICE;
      expect(second).toMatchObject({ model: 'stand-in', outcome: 'completed', status: 200, cost });
      expect(second!.id).not.toBe(first!.id);
      expect(before - (await lumen.pool()).balance).toBe(cost);
      const line = await lumen.server.nextLine((each) => each['requestId'] === seen.requestId);
      expect(line).toMatchObject({ model: 'stand-in', asked: 'falls-back', attempts: 1 });
    });

    it('streams from it, too', async () => {
      const seen = await lumen.ask({ model: 'falls-back', isStream: true });
      expect([seen.status, seen.headers.get('x-lumen-model')]).toEqual([200, 'stand-in']);
      expect(seen.text.endsWith(DONE)).toBe(true);
    });

    it('passes over those that it may not use, cannot pay, or that are not there', async () => {
      const seen = await lumen.ask({ model: 'picky' });
      expect([seen.status, seen.headers.get('x-lumen-model')]).toEqual([200, 'stand-in']);
      const rows = await lumen.rowsOf(seen.requestId, 2);
      expect(rows.map(({ model }) => model)).toEqual(['picky', 'stand-in']);
    });

    it('fails as its own model did, where none can stand in, and does not follow theirs', async () => {
      const seen = await lumen.ask({ model: 'hopeless' });
      expect(seen.status).toBe(502);
      expect(seen.text).toContain('\\"hopeless\\"');
      const rows = await lumen.rowsOf(seen.requestId, 2);
      expect(rows.map(({ model, cost }) => [model, cost])).toEqual([
        ['hopeless', null],
        ['falls-back', null],
      ]);
    });

    it('falls back where no endpoint is left at all', async () => {
      const seen = await lumen.ask({ model: 'empty' });
      expect([seen.status, seen.headers.get('x-lumen-model')]).toEqual([200, 'stand-in']);
    });

    it('does not where the request itself is wrong', async () => {
      backends.of('strict').script(status(400, errorText('too long')));
      const seen = await lumen.ask({ model: 'strict' });
      expect([seen.status, seen.headers.get('x-lumen-model')]).toEqual([400, null]);
    });

    it('does not once the caller has got something', async () => {
      backends.of('late').script(hangAfter(...WORDS));
      const seen = await lumen.ask({ model: 'late', isStream: true });
      expect(seen.text).toContain('upstream_timeout');
      expect(await lumen.rowsOf(seen.requestId)).toHaveLength(1);
    });
  });

  it('is cut at the end of its whole time, and charged for what was produced', async () => {
    backends.of('slow').script(trickle(WORDS));
    const seen = await lumen.ask({ model: 'slow', isStream: true });
    expect(seen.text.startsWith(WORDS.join(''))).toBe(true);
    expect(seen.text).toMatch(/did not finish its answer within 2 s.*\n\ndata: \[DONE\]\n\n$/);
    const [row] = await lumen.rowsOf(seen.requestId);
    expect(row).toMatchObject({
      outcome: 'failed',
      errorCode: 'upstream_timeout',
      accuracy: 'partial',
      cost: 2n * PRICE,
    });
  });

  describe('that are silent for long', () => {
    type Reader = ReadableStreamDefaultReader<Uint8Array>;
    const PING = ': ping\n\n';

    /** What comes until it is enough, or all of it; pings in a row, however many, as one. */
    const read = async (reader: Reader, isEnough: (text: string) => boolean = () => false) => {
      let text = '';
      while (!isEnough(text)) {
        const { done, value } = await reader.read();
        if (done) break;
        text += Buffer.from(value).toString();
      }
      return text.replaceAll(/(?:: ping\n\n)+/g, PING);
    };
    const isPinged = (text: string) => text.includes(PING);
    const open = async (behaviour: Behaviour): Promise<Reader> => {
      backends.of('silent').next(behaviour);
      return (await lumen.open({ model: 'silent', isStream: true })).body!.getReader();
    };

    it('gets a ping between two events, and none inside of one', async () => {
      const [inside, between] = [new Gate(), new Gate()];
      const [head, tail] = [WORDS[1]!.slice(0, 20), WORDS[1]!.slice(20)];
      const reader = await open(stream(WORDS[0]!, between, head, inside, tail, USAGE_CHUNK, DONE));
      expect(await read(reader, isPinged)).toBe(`${WORDS[0]}${PING}`);
      between.open();
      // Half an event has come since, and none of it was passed on.
      expect(await read(reader, isPinged)).toBe(PING);
      inside.open();
      const rest = await read(reader);
      expect(rest.replaceAll(PING, '')).toBe(`${WORDS[1]}${DONE}`);
      expect(rest).toContain(WORDS[1]);
    });

    it('gets none before the stream has begun', async () => {
      const gate = new Gate();
      backends.of('silent').next(async (_request, response) => {
        beginStream(response);
        await gate.opened;
        response.end(WORDS[0]! + DONE);
      });
      const before = backends.of('silent').requests.length;
      const asked = lumen.ask({ model: 'silent', isStream: true });
      await until(() => backends.of('silent').requests.length > before);
      // It has been silent for longer than another stream, which gets two of them.
      const other = await open(stream(WORDS[0]!, gate, DONE));
      await read(other, (text) => text.split(PING).length > 2);
      gate.open();
      expect((await asked).text).toBe(`${WORDS[0]}${DONE}`);
      await read(other);
    });
  });

  it('waits for a caller who does not read, without calling the backend silent', async () => {
    const body = JSON.stringify({ model: 'eager', stream: true, messages: [{ role: 'user' }] });
    const { port } = new URL(lumen.server.url);
    const caller = httpRequest({
      port,
      method: 'POST',
      path: '/v1/chat/completions',
      headers: {
        authorization: `Bearer ${lumen.payer.key}`,
        'content-type': 'application/json',
      },
    });
    caller.end(body);
    const [answer] = (await once(caller, 'response')) as [IncomingMessage];
    let produced = 0;
    let stalledSince = 0;
    // The backend is held up for more than twice as long as it may be silent.
    await until(() => {
      const { tokensServed } = backends.of('eager').lastRequest;
      if (tokensServed !== produced) stalledSince = performance.now();
      produced = tokensServed;
      return produced > 0 && performance.now() - stalledSince > 2_500;
    });
    let [text, bytes] = ['', 0];
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      text = (text + chunk.toString('latin1')).slice(-1_000);
      if (backends.of('eager').lastRequest.tokensServed > produced + 20) break;
    }
    expect(bytes).toBeGreaterThan(0);
    expect(text).not.toContain('upstream_timeout');
    caller.destroy();
    await backends.of('eager').lastRequest.aborted;
  });
});

/** As many events as the caller takes. */
const eager: Behaviour = async (request, response) => {
  beginStream(response);
  const event = eventText({ choices: [{ index: 0, delta: { content: 'x'.repeat(64_000) } }] });
  while (request.outcome === 'open') {
    const isTaken = response.write(event);
    request.tokensServed += 1;
    if (!isTaken) await Promise.race([once(response, 'drain'), request.closed]);
    else await new Promise((resolve) => setImmediate(resolve));
  }
};

async function modelsAt(backends: Backends): Promise<ResilientModel[]> {
  const quick = { attempts: 2, backoff_ms: 10 };
  const once_ = { attempts: 0 };
  const [broken, good] = [await backends.add('broken', CRASHED), await backends.add('good')];
  const pair = [await backends.add('first'), await backends.add('second')];
  const [locked, open] = [await backends.add('locked'), await backends.add('open')];
  const busyPair = [await backends.add('busy-first'), await backends.add('busy-second')];
  const models: ResilientModel[] = [
    {
      name: 'busy',
      urls: [await backends.add('busy')],
      retries: { ...quick, retry_after_cap_s: CAP_S },
    },
    { name: 'busy-pair', urls: busyPair, retries: { ...quick, retry_after_cap_s: CAP_S } },
    { name: 'pair', urls: pair, retries: quick },
    { name: 'half-locked', urls: [locked, open], retries: quick },
    { name: 'locked', urls: [locked], retries: quick },
    {
      name: 'talks',
      urls: [await backends.add('talks')],
      retries: quick,
      timeouts: { first_token_s: 1 },
    },
    {
      name: 'patient',
      urls: [await backends.add('patient', CRASHED)],
      retries: { attempts: 1, backoff_ms: LONG_MS },
    },
    { name: 'falls-back', urls: [broken], retries: once_, fallbacks: ['stand-in'] },
    { name: 'stand-in', urls: [good], price: 0.003 },
    { name: 'forbidden', urls: [good], access: 'blocked' },
    { name: 'unread', urls: [good], needs_ack: true },
    { name: 'disabled', urls: [good], disabled: true },
    { name: 'dear', urls: [good], input_cost_per_million: 1_000_000 },
    {
      name: 'picky',
      urls: [broken],
      retries: once_,
      fallbacks: ['nobody', 'forbidden', 'unread', 'disabled', 'dear', 'stand-in'],
    },
    { name: 'hopeless', urls: [broken], retries: once_, fallbacks: ['forbidden', 'falls-back'] },
    { name: 'empty', urls: [], fallbacks: ['stand-in'] },
    { name: 'strict', urls: [await backends.add('strict')], fallbacks: ['stand-in'] },
    {
      name: 'late',
      urls: [await backends.add('late')],
      fallbacks: ['stand-in'],
      timeouts: { idle_s: 0.3 },
    },
    { name: 'slow', urls: [await backends.add('slow')], timeouts: { total_s: 2 } },
    { name: 'silent', urls: [await backends.add('silent')] },
    {
      name: 'eager',
      urls: [await backends.add('eager', eager)],
      price: 0,
      timeouts: { idle_s: 1, total_s: 60 },
    },
  ];
  return models.map((model) => ({ price: 0.001, ...model }));
}

describe('a stop', () => {
  it.each<[string, Behaviour]>([
    ['waits for its back-off', CRASHED],
    ['is told to come back', rateLimited(30)],
  ])('ends a request at once that %s', async (_what, behaviour) => {
    await using running = new AsyncDisposableStack();
    const upstream = running.use(await FakeUpstream.start());
    upstream.script(behaviour);
    const retries = { attempts: 1, backoff_ms: LONG_MS, retry_after_cap_s: 60 };
    const models = [{ name: 'm', urls: [upstream.url], retries }];
    const lumen = running.use(await Resilient.start({ dialect: 'sqlite', models, graceS: 30 }));
    const asked = lumen.ask({ model: 'm' });
    await until(() => upstream.requests[0]?.outcome === 'finished');
    const startedMs = performance.now();
    lumen.server.signal('SIGTERM');
    const seen = await asked;
    expect(seen.status).toBe(503);
    expect(seen.text).toContain('shutting_down');
    expect(await lumen.server.ended).toBe(0);
    expect(performance.now() - startedMs).toBeLessThan(20_000);
    const [row] = await lumen.rowsOf(seen.requestId);
    expect(row).toMatchObject({ errorCode: 'shutting_down', cost: null, attempts: null });
    expect(upstream.requests).toHaveLength(1);
  });

  it('cuts an attempt that hangs when the grace time is over, and tries no other', async () => {
    await using running = new AsyncDisposableStack();
    const upstream = running.use(await FakeUpstream.start());
    upstream.script(hang);
    const urls = [upstream.url, upstream.url];
    const models = [{ name: 'm', urls }];
    const lumen = running.use(await Resilient.start({ dialect: 'sqlite', models, graceS: 1 }));
    const asked = lumen.ask({ model: 'm' });
    await upstream.nextRequest();
    lumen.server.signal('SIGTERM');
    const seen = await asked;
    expect([seen.status, seen.text.includes('shutting_down')]).toEqual([503, true]);
    expect(await lumen.server.ended).toBe(0);
    expect(upstream.requests).toHaveLength(1);
  });
});
