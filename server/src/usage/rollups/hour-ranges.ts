import { type HourRange } from '../reports/usage-period.js';
import { DAY_MS, HOUR_MS, nextStart, startOf } from './rollup-tables.js';

/** The beginnings of the hours of a day. */
export function hoursOf(day: number): number[] {
  return Array.from({ length: DAY_MS / HOUR_MS }, (_, n) => day + n * HOUR_MS);
}

/** A range as its whole days or months and what is before and after them. */
export function partsBy(
  unit: 'day' | 'month',
  { from, to }: HourRange,
): (HourRange & { isWhole: boolean })[] {
  const first = Math.min(from === startOf(unit, from) ? from : nextStart(unit, from), to);
  const last = Math.max(startOf(unit, to), first);
  return [
    { from, to: first, isWhole: false },
    { from: first, to: last, isWhole: true },
    { from: last, to, isWhole: false },
  ].filter((part) => part.from < part.to);
}

/** The hours of a day (from 0) that are in a range. */
export function hoursWithin({ from, to }: HourRange, day: number): HourRange {
  return { from: Math.max(0, (from - day) / HOUR_MS), to: (to - day) / HOUR_MS };
}

/** In order, neighbours as one, without those that are empty. */
export function joined(ranges: readonly HourRange[]): HourRange[] {
  const found: HourRange[] = [];
  const sorted = ranges
    .filter(({ from, to }) => from < to)
    .sort((one, other) => one.from - other.from);
  for (const range of sorted) {
    const before = found.at(-1);
    if (before?.to === range.from) found[found.length - 1] = { from: before.from, to: range.to };
    else found.push(range);
  }
  return found;
}
