import { HOUR_MS, HOURLY, type TextKey } from './rollup-tables.js';

/** How much of `usage_hourly` is in the greater tables: its rows up to this key, in the order of keys. */
export interface FoldedUntil {
  /** Every hour before it is folded. */
  readonly hour: number;
  /** Of `hour` itself the rows up to these; empty texts, which come before all others: none. */
  readonly texts: readonly string[];
}

const MINUTE_MS = 60_000;
/** After its end an hour is folded: time enough for clocks that differ and for slow transactions. */
export const FOLDED_AFTER_MS = 15 * MINUTE_MS;
/** What is written later than this after the end of its hour may find it folded. */
const LATE_AFTER_MS = 5 * MINUTE_MS;

export const TEXTS_OF_HOURLY = HOURLY.keys.slice(1) as readonly TextKey[];
const NO_TEXTS: readonly string[] = Object.freeze(TEXTS_OF_HOURLY.map(() => ''));
/** The key of a row, to be compared with another. */
export const KEY = `(${HOURLY.keys.join(', ')})`;
export const MARKS = `(${HOURLY.keys.map(() => '?').join(', ')})`;
export const FOLDED_KEY = `(SELECT ${HOURLY.keys.join(', ')} FROM usage_folding)`;

export function beforeHour(hour: number): FoldedUntil {
  return { hour, texts: NO_TEXTS };
}

/** Whether a part of `hour` is folded. */
export function isWithinHour({ texts }: FoldedUntil): boolean {
  return texts.some((text) => text !== '');
}

/** In the order of `HOURLY.keys`. */
export function keyOf({ hour, texts }: FoldedUntil): (number | string)[] {
  return [hour, ...texts];
}

export function mayBeFolded(hour: number, nowMs: number): boolean {
  return hour + HOUR_MS + LATE_AFTER_MS <= nowMs;
}
