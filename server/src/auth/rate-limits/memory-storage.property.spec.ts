import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type RateLimit } from '../../config/index.js';
import { MemoryStorage } from './memory-storage.js';
import { SLOTS } from './sliding-window.js';

const rateLimit = fc.record({
  limit: fc.integer({ min: 1, max: 12 }),
  windowS: fc.constantFrom(1, 2, 7, 60),
});
const limits = fc.uniqueArray(rateLimit, {
  minLength: 1,
  maxLength: 3,
  selector: ({ windowS }) => windowS,
});
/** Bursts, pauses and everything between, in milliseconds. */
const pauses = fc.array(
  fc.oneof(fc.constant(0), fc.double({ min: 0, max: 40, noNaN: true }), fc.nat({ max: 20_000 })),
  { maxLength: 200 },
);

interface Try {
  atMs: number;
  isAdmitted: boolean;
  freeInMs: number;
}

function play(rules: readonly RateLimit[], waits: readonly number[]): Try[] {
  let atMs = 0;
  const storage = new MemoryStorage(() => atMs);
  return waits.map((wait) => {
    atMs += wait;
    const { isAdmitted, freeInMs } = storage.take({ name: 'requests', limits: rules }, 'k');
    return { atMs, isAdmitted, freeInMs };
  });
}

const admittedSince = (tries: readonly Try[], fromMs: number, toMs: number): number =>
  tries.filter(({ atMs, isAdmitted }) => isAdmitted && atMs > fromMs && atMs <= toMs).length;

describe('MemoryStorage', () => {
  it('never admits more than any limit in any window', () => {
    fc.assert(
      fc.property(limits, pauses, (rules, waits) => {
        const tries = play(rules, waits);
        for (const { limit, windowS } of rules) {
          for (const { atMs } of tries) {
            expect(admittedSince(tries, atMs - windowS * 1000, atMs)).toBeLessThanOrEqual(limit);
          }
        }
      }),
    );
  });

  it('refuses only who used a limit up within its window and one slot', () => {
    fc.assert(
      fc.property(limits, pauses, (rules, waits) => {
        const tries = play(rules, waits);
        const isUsedUp =
          (before: readonly Try[], atMs: number) =>
          ({ limit, windowS }: RateLimit) =>
            admittedSince(before, atMs - windowS * 1000 * (1 + 1 / SLOTS) - 1, atMs) >= limit;
        tries.forEach(({ atMs, isAdmitted }, index) => {
          if (!isAdmitted) expect(rules.some(isUsedUp(tries.slice(0, index), atMs))).toBe(true);
        });
      }),
    );
  });

  it('admits again exactly when it said', () => {
    fc.assert(
      fc.property(limits, pauses, (rules, waits) => {
        let atMs = 0;
        const storage = new MemoryStorage(() => atMs);
        const rule = { name: 'requests', limits: rules } as const;
        for (const wait of waits) {
          atMs += wait;
          const { isAdmitted, freeInMs } = storage.take(rule, 'k');
          if (isAdmitted) continue;
          atMs += Math.ceil(freeInMs);
          expect(storage.take(rule, 'k').isAdmitted).toBe(true);
        }
      }),
    );
  });
});
