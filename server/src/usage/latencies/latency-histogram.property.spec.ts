import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LatencyHistogram } from './latency-histogram.js';

const HOUR_MS = 3_600_000;
const durations = fc.array(fc.integer({ min: 0, max: HOUR_MS }), { minLength: 1, maxLength: 300 });
const shares = fc.constantFrom(0.01, 0.5, 0.95, 0.99, 1);

function of(all: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const ms of all) histogram.add(ms);
  return histogram;
}

describe('how long requests took', () => {
  it('is told within a twentieth, or half a millisecond', () => {
    fc.assert(
      fc.property(durations, shares, (all, share) => {
        const sorted = all.toSorted((one, other) => one - other);
        const exact = Math.max(1, sorted[Math.max(1, Math.ceil(share * all.length)) - 1]!);
        const told = of(all).quantile(share)!;
        expect(Math.abs(told - exact)).toBeLessThanOrEqual(exact * 0.05 + 0.5);
      }),
    );
  });

  it('is the same in whatever parts it was kept', () => {
    fc.assert(
      fc.property(durations, durations, shares, (some, others, share) => {
        const kept = new LatencyHistogram();
        for (const part of [some, others]) {
          kept.addPacked(JSON.parse(JSON.stringify(of(part))) as number[]);
        }
        const added = of(some);
        added.addAll(of(others));
        const all = of([...some, ...others]);
        expect([kept, added].map((each) => each.quantile(share))).toEqual([
          all.quantile(share),
          all.quantile(share),
        ]);
        expect(kept.toJSON()).toEqual(all.toJSON());
        expect(kept.count).toBe(some.length + others.length);
      }),
    );
  });

  it('is not told of none', () => {
    expect(new LatencyHistogram().quantile(0.5)).toBeNull();
  });
});
