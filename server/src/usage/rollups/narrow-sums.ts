import { type Row } from '../usage-database.service.js';
import { SUM_COLUMNS, type SumColumn } from './rollup-tables.js';
import { noUsage, type UsageSums } from './usage-sums.js';

/** A coin: costs are added up in whole ones and the rest, both exact as numbers. */
const WHOLE = 1_000_000_000;
const COST = SUM_COLUMNS.indexOf('cost');

/** The list of a SELECT that `NarrowSums` adds up: costs in two columns, and nothing as text. */
export function selectNarrowSums(isPostgres: boolean): string {
  const cost = isPostgres
    ? `DIV(SUM(cost), ${WHOLE}), MOD(SUM(cost), ${WHOLE})`
    : `SUM(cost) / ${WHOLE}, SUM(cost) % ${WHOLE}`;
  return SUM_COLUMNS.map((name) => (name === 'cost' ? cost : `SUM(${name})`)).join(', ');
}

/** How many amounts these are. */
export const NARROW_AMOUNTS = SUM_COLUMNS.length + 1;

/** Sums of many thousands of rows, without an object or a text for each of them. */
export class NarrowSums {
  readonly amounts = new Float64Array(NARROW_AMOUNTS);

  /** Adds what `selectNarrowSums` selects, from the column `start` on; takes away with −1. */
  add(row: Row, start: number, sign: 1 | -1): void {
    const { amounts } = this;
    for (let n = 0; n < amounts.length; n += 1) amounts[n]! += sign * Number(row[start + n]);
  }

  addAmounts(more: ArrayLike<number>): void {
    const { amounts } = this;
    for (let n = 0; n < amounts.length; n += 1) amounts[n]! += more[n]!;
  }

  toUsage(): UsageSums {
    const { amounts } = this;
    const after = (n: number) => amounts[COST + 2 + n]!;
    return Object.assign(noUsage(), {
      requests: amounts[0]!,
      errors: amounts[1]!,
      cancelled: amounts[2]!,
      promptTokens: amounts[3]!,
      completionTokens: amounts[4]!,
      cachedTokens: amounts[5]!,
      reasoningTokens: amounts[6]!,
      cost: BigInt(amounts[COST]!) * BigInt(WHOLE) + BigInt(amounts[COST + 1]!),
      durationMs: after(0),
      firstByteMs: after(1),
      firstBytes: after(2),
    } satisfies UsageSums);
  }
}

/** Sums of each of some keys. */
export class SumsByKey<Key = string> {
  constructor(private readonly sums = new Map<Key, NarrowSums>()) {}

  /** Those of a key, to add to. */
  of(key: Key): NarrowSums {
    let sums = this.sums.get(key);
    if (!sums) this.sums.set(key, (sums = new NarrowSums()));
    return sums;
  }

  /** The same once more; what is added to it is not added here. */
  copy(): SumsByKey<Key> {
    const copies = new SumsByKey<Key>();
    for (const [key, sums] of this.sums) copies.of(key).addAmounts(sums.amounts);
    return copies;
  }

  toUsage(): Map<Key, UsageSums> {
    return new Map([...this.sums].map(([key, sums]) => [key, sums.toUsage()]));
  }
}

/** Reads one metric in the words of SQL (`METRIC_SQL`); costs as exact as a number is. */
export function narrowAmountOf(metric: string): (amounts: ArrayLike<number>) => number {
  if (metric === 'cost') return (amounts) => amounts[COST]! * WHOLE + amounts[COST + 1]!;
  const names = metric.split(' + ') as SumColumn[];
  const places = names.map((name) => {
    const place = SUM_COLUMNS.indexOf(name);
    return place > COST ? place + 1 : place;
  });
  return (amounts) => places.reduce((sum, place) => sum + amounts[place]!, 0);
}
