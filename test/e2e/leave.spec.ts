import { describe, expect, it } from '@jest/globals';
import { DIALECTS } from '../support/lumen/lumen-server.js';
import { delaysOf, leaveAfter, WritingBackend } from '../support/lumen/leaving-callers.js';
import { Metered, NANO } from '../support/lumen/metered.js';
import { hang } from '../support/scripted-upstream.js';
import { until } from '../support/until.js';

const CALLERS = 200;
const MOST_WORDS = 25;
const PAUSE_MS = 20;
const COINS = 1_000_000;
/** A stop reaches the backend in a tenth of a second (test/prove); here other tests run beside it. */
const BUSY_MS = 5_000;

describe.each(DIALECTS)('callers that leave, on %s', (dialect) => {
  const start = () => Metered.start({ dialect, purses: { payer: { coins: COINS } } });

  it('stop the backend, and pay for what was produced, each of them, and no more', async () => {
    await using metered = await start();
    const payer = await metered.payer('payer');
    const backend = new WritingBackend(PAUSE_MS);
    metered.upstream.usual = backend.answer;
    const leaves = Array.from({ length: CALLERS }, (_, index) =>
      leaveAfter(1 + ((index * 7) % MOST_WORDS), payer, `caller-${index}`),
    );
    const left = await Promise.all(leaves);
    await until(() => backend.stopped === CALLERS);
    const rows = new Map((await metered.rows(CALLERS)).map((row) => [row.requestId, row]));
    expect(rows.size).toBe(CALLERS);

    let charged = 0n;
    for (const { requestId, seen } of left) {
      const row = rows.get(requestId)!;
      const { words } = backend.served.get(requestId)!;
      expect(row).toMatchObject({ outcome: 'cancelled', accuracy: 'partial', status: 499 });
      // Nobody pays for less than was seen, or for what the backend did not write.
      expect(row.completionTokens).toBeGreaterThanOrEqual(seen);
      expect(row.completionTokens).toBeLessThanOrEqual(words);
      expect(row.cost).toBe(BigInt(row.completionTokens!) * NANO);
      charged += row.cost!;
    }
    expect(BigInt(COINS) * NANO - (await payer.pool()).balance).toBe(charged);
    const delays = delaysOf(left, backend);
    expect(delays[CALLERS / 2]).toBeLessThan(BUSY_MS);
  }, 60_000);

  it('before the first word pay nothing', async () => {
    await using metered = await start();
    const payer = await metered.payer('payer');
    metered.upstream.next(hang);
    const leaving = new AbortController();
    const arrived = metered.upstream.nextRequest();
    const answer = payer.ask({}, leaving.signal);
    const { aborted } = await arrived;
    expect((await payer.poolNow())?.held).toBe(4_096n * NANO);
    leaving.abort();
    await expect(answer).rejects.toThrow();
    await aborted;
    const [row] = await metered.rows(1);
    expect(row).toMatchObject({ outcome: 'cancelled', status: 499, cost: null, accuracy: null });
    expect((await payer.pool()).balance).toBe(BigInt(COINS) * NANO);
  }, 60_000);
});
