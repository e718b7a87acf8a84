import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pieces, slicesOf } from './rollup-slices.js';
import { DAY_MS, HOUR_MS, nextStart, startOf } from './rollup-tables.js';

const hours = fc
  .integer({ min: 0, max: 24 * 1_000 })
  .map((n) => Date.UTC(2025, 0, 1) + n * HOUR_MS);
const ranges = fc
  .tuple(hours, fc.integer({ min: 1, max: 24 * 400 }))
  .map(([from, length]) => ({ from, to: from + length * HOUR_MS }));

describe('the slices of a period', () => {
  it('cover each of its hours once, and none beside it', () => {
    fc.assert(
      fc.property(ranges, (range) => {
        const counted = new Map<number, number>();
        for (const { from, to, sign } of slicesOf(range)) {
          for (let hour = from; hour < to; hour += HOUR_MS) {
            counted.set(hour, (counted.get(hour) ?? 0) + sign);
          }
        }
        const isInside = (hour: number) => hour >= range.from && hour < range.to;
        const wrong = [...counted].filter(([hour, count]) => count !== Number(isInside(hour)));
        expect(wrong).toEqual([]);
        const covered = [...counted.values()].filter((count) => count === 1).length;
        expect(covered).toBe((range.to - range.from) / HOUR_MS);
      }),
      { numRuns: 50 },
    );
  });

  it('are whole hours, days, thirds and months, and few of the smaller ones', () => {
    fc.assert(
      fc.property(ranges, (range) => {
        const length = { hour: 0, day: 0, third: 0, month: 0 };
        for (const { from, to, unit } of slicesOf(range)) {
          expect([startOf(unit, from), startOf(unit, to)]).toEqual([from, to]);
          length[unit] += to - from;
        }
        expect(length.hour).toBeLessThanOrEqual(24 * HOUR_MS);
        expect(length.day).toBeLessThanOrEqual(14 * DAY_MS);
        expect(length.third).toBeLessThanOrEqual(44 * DAY_MS);
      }),
    );
  });
});

describe('the slices of a period before the end of what is folded', () => {
  const folded = fc
    .tuple(ranges, fc.integer({ min: 0, max: 24 * 50 }))
    .map(([range, later]) => ({ range, end: range.to + later * HOUR_MS }));

  it('cover each of its hours once, and reach beyond it nowhere', () => {
    fc.assert(
      fc.property(folded, ({ range, end }) => {
        const counted = new Map<number, number>();
        for (const { from, to, sign } of slicesOf(range, end)) {
          expect(to).toBeLessThanOrEqual(end);
          for (let hour = from; hour < to; hour += HOUR_MS) {
            counted.set(hour, (counted.get(hour) ?? 0) + sign);
          }
        }
        const isInside = (hour: number) => hour >= range.from && hour < range.to;
        const wrong = [...counted].filter(([hour, count]) => count !== Number(isInside(hour)));
        expect(wrong).toEqual([]);
        const covered = [...counted.values()].filter((count) => count === 1).length;
        expect(covered).toBe((range.to - range.from) / HOUR_MS);
      }),
      { numRuns: 50 },
    );
  });
});

describe('pieces', () => {
  it('are a range cut at the beginnings of its units', () => {
    fc.assert(
      fc.property(ranges, fc.constantFrom('hour', 'day', 'third', 'month'), (range, unit) => {
        const found = pieces(range, unit, DAY_MS);
        expect(found[0]!.from).toBe(range.from);
        expect(found.at(-1)!.to).toBe(range.to);
        const wrong = found
          .slice(1)
          .filter(({ from }, n) => from !== found[n]!.to || nextStart(unit, from - 1) !== from);
        expect(wrong).toEqual([]);
      }),
    );
  });
});
