import { nextStart, startOf, type TimeKey } from './rollup-tables.js';
import { type HourRange } from './usage-period.js';

/** A part of a period: to be added, or (−1) taken away from what greater ones have too much. */
export interface Slice {
  from: number;
  to: number;
  unit: TimeKey;
  sign: 1 | -1;
}

const FINER = { month: 'third', third: 'day', day: 'hour' } as const;

/**
 * A period as whole months of UTC, the thirds of months at its edges, the days and the hours at
 * theirs. Where most of one belongs to the period, it is taken whole and the rest taken away: at an
 * edge, that is a few thirds and days and twelve hours at the most.
 */
export function slicesOf(range: HourRange): Slice[] {
  return split(range, 'month', 1);
}

function split(range: HourRange, unit: TimeKey, sign: 1 | -1): Slice[] {
  const { from, to } = range;
  if (from >= to) return [];
  if (unit === 'hour') return [{ unit, from, to, sign }];
  if (startOf(unit, from) === startOf(unit, to - 1)) return splitOne(range, unit, sign);
  const first = { from, to: nextStart(unit, from) };
  const last = { from: startOf(unit, to - 1), to };
  const whole = { from: first.to, to: last.from };
  const inner: Slice[] = whole.from < whole.to ? [{ unit, ...whole, sign }] : [];
  return joined([...splitOne(first, unit, sign), ...inner, ...splitOne(last, unit, sign)]);
}

/** A range within one month, third or day: its own parts, or the whole without the others. */
function splitOne({ from, to }: HourRange, unit: keyof typeof FINER, sign: 1 | -1): Slice[] {
  const start = startOf(unit, from);
  const end = nextStart(unit, from);
  const finer = FINER[unit];
  if (to - from <= (end - start) / 2) return split({ from, to }, finer, sign);
  const opposite = sign === 1 ? -1 : 1;
  return [
    { unit, from: start, to: end, sign },
    ...split({ from: start, to: from }, finer, opposite),
    ...split({ from: to, to: end }, finer, opposite),
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
