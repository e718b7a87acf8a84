import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { arrivedBetween, creditOf, isDue } from './refresh-credit.js';

const HOUR_MS = 3_600_000;
const MOST = 10n ** 18n;
const time = fc.integer({ min: 0, max: 8.64e15 });
const refresh = fc.bigInt({ min: 0n, max: MOST });

describe('what a refresh brings', () => {
  it('is the same however the time is cut into pieces', () => {
    fc.assert(
      fc.property(refresh, fc.array(time, { minLength: 2 }), (rate, times) => {
        const cuts = [...times].sort((one, other) => one - other);
        let sum = 0n;
        for (let n = 1; n < cuts.length; n += 1) {
          sum += arrivedBetween(rate, cuts[n - 1]!, cuts[n]!);
        }
        expect(sum).toBe(arrivedBetween(rate, cuts[0]!, cuts.at(-1)!));
      }),
    );
  });

  it('is within one unit of rate times time, and exact for whole units', () => {
    fc.assert(
      fc.property(refresh, time, time, (rate, one, other) => {
        const [from, to] = one < other ? [one, other] : [other, one];
        const exact = BigInt(to - from) * rate;
        const off = arrivedBetween(rate, from, to) * BigInt(HOUR_MS) - exact;
        expect(off > -HOUR_MS && off < HOUR_MS).toBe(true);
        if (exact % BigInt(HOUR_MS) === 0n) expect(off).toBe(0n);
      }),
    );
  });

  it('never exceeds what a pool may have, nor falls below nothing', () => {
    const terms = fc.record({
      refresh,
      max: fc.bigInt({ min: 0n, max: MOST }),
      refreshedAtMs: time,
    });
    fc.assert(
      fc.property(terms, time, (pool, nowMs) => {
        const credit = creditOf(pool, nowMs);
        expect(credit >= 0n && credit <= pool.max).toBe(true);
      }),
    );
  });
});

describe('a pool', () => {
  const pool = { refresh: 100n, max: 1_000n, refreshedAtMs: 36_000_000 };
  const after = (ms: number) => pool.refreshedAtMs + ms;

  it.each([
    ['before an hour is over', HOUR_MS - 1, false, 99n],
    ['after an hour', HOUR_MS, true, 100n],
    ['after an hour and a half', 1.5 * HOUR_MS, true, 150n],
    ['after a year', 365 * 24 * HOUR_MS, true, 1_000n],
    ['when the clock stands still', 0, false, 0n],
    ['when the clock was turned back', -HOUR_MS, false, 0n],
  ])('%s', (_when, ms, due, credit) => {
    expect(isDue(pool, after(ms))).toBe(due);
    expect(creditOf(pool, after(ms))).toBe(credit);
  });

  it('without a refresh is never due', () => {
    expect(isDue({ ...pool, refresh: 0n }, after(HOUR_MS * 100))).toBe(false);
  });
});
