import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type LumenServer } from '../support/lumen/lumen-server.js';
import { Metered, NANO, type Payer } from '../support/lumen/metered.js';
import { PoolLock } from '../support/lumen/pool-lock.js';
import { chunkText, completion, DONE, stream, USAGE_CHUNK } from '../support/scripted-upstream.js';

const SLOW = 60_000;
const PURSES = { payer: { coins: 10_000 } };

interface Failure {
  error: { code: string; message: string };
}

/** A stream of one word, whose end comes when it is let go. */
async function openStream({ upstream }: Metered, payer: Payer) {
  const gate = Promise.withResolvers<void>();
  upstream.next(stream(chunkText('a'), gate.promise, USAGE_CHUNK, DONE));
  const answer = await payer.ask({ stream: true });
  return { letGo: gate.resolve, text: answer.text() };
}

async function startPaid(running: AsyncDisposableStack, budgets = '{}') {
  const extra = `budgets: ${budgets}\n`;
  const metered = running.use(await Metered.start({ dialect: 'postgres', purses: PURSES, extra }));
  const payer = await metered.payer('payer');
  // Makes the pool, so that there is something to lock.
  await (await payer.ask({})).text();
  return { metered, payer };
}

describe('a database that is away when requests end', () => {
  const running = new AsyncDisposableStack();
  let metered: Metered;
  let payer: Payer;

  beforeAll(async () => {
    ({ metered, payer } = await startPaid(running));
  }, SLOW);

  afterAll(() => running.disposeAsync());

  it(
    'keeps answers for ten seconds, then says so without [DONE], and charges what was shown when it is back',
    async () => {
      const before = await payer.pool();
      const rows = (await metered.rows()).length;
      const gate = Promise.withResolvers<void>();
      const opened = await openStream(metered, payer);
      const arrived = metered.upstream.nextRequest();
      metered.upstream.next(async (request, response) => {
        await gate.promise;
        await completion('Hello')(request, response);
      });
      const asked = payer.ask({});
      await arrived;
      await using lock = await PoolLock.take(metered.server);
      const startedMs = performance.now();
      opened.letGo();
      // What is on its way to the database cannot be taken back; the other waits behind it.
      await lock.isWaitedFor();
      gate.resolve();
      const [text, whole] = await Promise.all([opened.text, asked]);
      const tookMs = performance.now() - startedMs;
      expect(tookMs).toBeGreaterThan(9_900);
      // The table is still locked; what a busy machine adds is no matter.
      expect(tookMs).toBeLessThan(30_000);

      expect(text.startsWith(chunkText('a'))).toBe(true);
      expect(text).toContain('"code":"database_unavailable"');
      expect(text).not.toContain('[DONE]');
      expect(whole.status).toBe(503);
      expect(whole.headers.get('retry-after')).toBe('5');
      const { error } = (await whole.json()) as Failure;
      expect(error.code).toBe('database_unavailable');
      expect(await payer.poolNow()).toMatchObject({ balance: before.balance });
      expect(await metered.rows()).toHaveLength(rows);

      await lock.release();
      const written = (await metered.rows(rows + 2)).slice(rows);
      const [shown, unseen] = written.toSorted(
        (one, other) => Number(other.isStream) - Number(one.isStream),
      );
      expect(shown).toMatchObject({ outcome: 'completed', accuracy: 'exact', cost: 7n * NANO });
      expect(unseen).toMatchObject({
        ...{ outcome: 'failed', status: 503, errorCode: 'database_unavailable' },
        ...{ cost: null, accuracy: null, completionTokens: null },
      });
      expect((await payer.pool()).balance).toBe(before.balance - 7n * NANO);
      await metered.server.command('ledger', 'verify');
    },
    SLOW,
  );
});

describe('a queue for the database that is full', () => {
  const running = new AsyncDisposableStack();
  let metered: Metered;
  let payer: Payer;

  beforeAll(async () => {
    ({ metered, payer } = await startPaid(running, '{ max_queue: 1 }'));
  }, SLOW);

  beforeEach(() => payer.pool());

  afterAll(() => running.disposeAsync());

  async function expectOverloaded(what: string): Promise<void> {
    const seen = metered.upstream.requests.length;
    const refused = await payer.ask({});
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    const { error } = (await refused.json()) as Failure;
    expect(error).toMatchObject({ code: 'overloaded', message: expect.stringContaining(what) });
    expect(metered.upstream.requests).toHaveLength(seen);
  }

  it('refuses what would have to be held', async () => {
    const rows = (await metered.rows()).length;
    await using lock = await PoolLock.take(metered.server);
    const first = payer.ask({});
    await lock.isWaitedFor();
    await expectOverloaded('1 holds wait');
    await lock.release();
    expect((await first).status).toBe(200);
    const left = (await metered.rows(rows + 2)).slice(rows);
    expect(left.map(({ status, errorCode }) => [status, errorCode]).sort()).toEqual([
      [200, null],
      [503, 'overloaded'],
    ]);
  });

  it('refuses what would have to be settled, before anything is held', async () => {
    const opened = await openStream(metered, payer);
    await using lock = await PoolLock.take(metered.server);
    opened.letGo();
    await lock.isWaitedFor();
    await expectOverloaded('1 settlements wait');
    await lock.release();
    expect(await opened.text).toBe(chunkText('a') + DONE);
    expect((await payer.ask({})).status).toBe(200);
  });
});

describe('a stop while a request is being settled', () => {
  it(
    'waits for it, and tells the caller',
    async () => {
      await using running = new AsyncDisposableStack();
      const { metered, payer } = await startPaid(running);
      const { server }: { server: LumenServer } = metered;
      const before = await payer.pool();
      const rows = (await metered.rows()).length;
      const opened = await openStream(metered, payer);
      await using lock = await PoolLock.take(server);
      opened.letGo();
      await lock.isWaitedFor();
      server.signal('SIGTERM');
      await server.nextLine(({ msg }) => msg === 'no answer is under way any more');
      await lock.release();
      expect(await opened.text).toBe(chunkText('a') + DONE);
      expect(await server.ended).toBe(0);
      const left = (await metered.rows(rows + 1)).slice(rows);
      expect(left).toMatchObject([{ outcome: 'completed', cost: 7n * NANO }]);
      const after = await payer.poolNow();
      expect(after).toMatchObject({ balance: before.balance - 7n * NANO, held: 0n });
      await server.command('ledger', 'verify');
    },
    SLOW,
  );
});
