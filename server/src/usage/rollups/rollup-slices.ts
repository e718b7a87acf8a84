import { nextStart, startOf, type TimeKey } from './rollup-tables.js';
import { type HourRange } from '../reports/usage-period.js';

/** A part of a period: to be added, or (−1) taken away from what greater ones have too much. */
export interface Slice {
  from: number;
  to: number;
  unit: TimeKey;
  sign: 1 | -1;
}

const FINER = { month: 'third', third: 'day', day: 'hour' } as const;

/**
 * A period before `end`, the end of what the greater tables have, as whole months of UTC, the thirds of months at its edges, the days and the hours at
 * theirs. Where most of one belongs to the period, it is taken whole and the rest taken away: at an
 * edge, that is a few thirds and days and twelve hours at the most.
 */
export function slicesOf(range: HourRange, end = Infinity): Slice[] {
  return split({ ...range, end }, 'month', 1);
}

interface Range extends HourRange {
  readonly end: number;
}

function split(range: Range, unit: TimeKey, sign: 1 | -1): Slice[] {
  const { from, to, end } = range;
  if (from >= to) return [];
  if (unit === 'hour') return [{ unit, from, to, sign }];
  if (startOf(unit, from) === startOf(unit, to - 1)) return splitOne(range, unit, sign);
  const first = { from, to: nextStart(unit, from), end };
  const last = { from: startOf(unit, to - 1), to, end };
  const whole = { from: first.to, to: last.from };
  const inner: Slice[] = whole.from < whole.to ? [{ unit, ...whole, sign }] : [];
  return joined([...splitOne(first, unit, sign), ...inner, ...splitOne(last, unit, sign)]);
}

/** A range within one month, third or day: its own parts, or the whole without the others. */
function splitOne(range: Range, unit: keyof typeof FINER, sign: 1 | -1): Slice[] {
  const { from, to, end } = range;
  const start = startOf(unit, from);
  const stop = Math.min(nextStart(unit, from), end);
  const finer = FINER[unit];
  if (to - from <= (stop - start) / 2) return split(range, finer, sign);
  const opposite = sign === 1 ? -1 : 1;
  return [
    { unit, from: start, to: stop, sign },
    ...split({ from: start, to: from, end }, finer, opposite),
    ...split({ from: to, to: stop, end }, finer, opposite),
  ];
}

/** Neighbours of the same kind as one. */
function joined(slices: readonly Slice[]): Slice[] {
  const found: Slice[] = [];
  for (const slice of slices) {
    const before = found.find(
      ({ unit, sign, to }) => unit === slice.unit && sign === slice.sign && to === slice.from,
    );
    if (before) before.to = slice.to;
    else found.push({ ...slice });
  }
  return found;
}

/** Parts of whole hours, days or months, each about `length` long, so that none takes long. */
export function pieces({ from, to }: HourRange, unit: TimeKey, length: number): HourRange[] {
  const found: HourRange[] = [];
  for (let start = from; start < to;) {
    const end = Math.min(nextStart(unit, start + length - 1), to);
    found.push({ from: start, to: end });
    start = end;
  }
  return found;
}
