import { FOLDED_KEY, KEY } from './folded-until.js';
import {
  addToSums,
  columnsOf,
  HOURLY,
  type RollupKey,
  type RollupTable,
  SUM_COLUMNS,
  type SumColumn,
} from './rollup-tables.js';

/** Any number that nothing else locks. */
const FOLDING_LOCK = 7_310_001;
/** For PostgreSQL; on SQLite one transaction at a time writes. Until the transaction ends. */
export const LOCK_FOR_FOLDING = `SELECT pg_advisory_xact_lock(${FOLDING_LOCK})`;
/** Before anything late is written: nobody folds meanwhile, others may be late too. */
export const LOCK_OUT_FOLDING = `SELECT pg_advisory_xact_lock_shared(${FOLDING_LOCK})`;

/**
 * Adds rows to a table of the folded ones where the rows of `usage_hourly` that they also are have been
 * folded already; else the fold will bring them. `source` is what stands after FROM and has the
 * columns of `lateColumnsOf`.
 */
export function lateAddition(table: RollupTable, source: string): string {
  const keys = table.keys.join(', ');
  const sums = SUM_COLUMNS.map((sum) => `SUM(${sum})`).join(', ');
  return `INSERT INTO ${table.name} (${columnsOf(table).join(', ')}) SELECT ${keys}, ${sums}
    FROM ${source} WHERE ${KEY} <= ${FOLDED_KEY} GROUP BY ${keys} ORDER BY ${keys} ${addToSums(table)}`;
}

export function lateColumnsOf({ keys }: RollupTable): readonly (RollupKey | SumColumn)[] {
  return [keys[0]!, ...HOURLY.keys, ...SUM_COLUMNS];
}
