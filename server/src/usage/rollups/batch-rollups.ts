import { type RequestRecord } from '../log/request-record.js';
import { storableText } from '../log/storable-text.js';
import {
  HOURLY,
  HOURLY_SHARES,
  HOURLY_TABLES,
  type RollupKey,
  type RollupTable,
  startOf,
  type SumColumn,
  type TextKey,
} from './rollup-tables.js';

/** One row to add to a rollup table; the columns are named as in the database. */
export type RollupRow = Record<TextKey, string> &
  Record<Exclude<SumColumn, 'cost'>, number> & {
    hour: number;
    day: number;
    third: number;
    month: number;
    share: number;
    cost: bigint;
  };

/** What is to be added to one table. */
export interface Addition {
  table: RollupTable;
  rows: readonly RollupRow[];
}

/** The rollups by hour that a share is added to; share 0 is what stands in the tables themselves. */
export const tablesOfShare = (share: number) => (share === 0 ? HOURLY_TABLES : HOURLY_SHARES);

/**
 * What a batch of records adds to each rollup by hour, in the order of `tablesOfShare`: the first has
 * all keys.
 */
export function additionsOf(records: readonly RequestRecord[], share = 0): Addition[] {
  const rows = records.map((record) => rollupRowOf(record, share));
  const detail = rollUp(rows, HOURLY.keys);
  return tablesOfShare(share).map((table) => ({
    table,
    rows: table === HOURLY ? detail : rollUp(detail, table.keys),
  }));
}

/**
 * One row for each combination of these keys, in the order of the keys: whoever writes takes rows in
 * the same order. Keys that are not asked for are those of any of the rows that became one.
 */
function rollUp(rows: readonly RollupRow[], keys: readonly RollupKey[]): RollupRow[] {
  const found = new Map<string, RollupRow>();
  for (const row of rows) {
    const key = keyOf(row, keys);
    const before = found.get(key);
    if (before) add(before, row);
    else found.set(key, { ...row });
  }
  if (found.size === 1) return [...found.values()];
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}

/** One record as a row of its own. */
function rollupRowOf(record: RequestRecord, share: number): RollupRow {
  const startedMs = record.startedAt.getTime();
  const isCancelled = record.outcome === 'cancelled';
  const isError = !isCancelled && (record.status >= 400 || record.errorCode !== null);
  return {
    hour: startOf('hour', startedMs),
    day: startOf('day', startedMs),
    third: startOf('third', startedMs),
    month: startOf('month', startedMs),
    share,
    owner_kind: record.clientId === null ? (record.userId === null ? '' : 'user') : 'client',
    owner_id: record.clientId ?? record.userId ?? '',
    api_key_id: record.apiKeyId ?? '',
    // Anybody can make up names of models; those that do not exist are one in all sums.
    model: record.errorCode === 'model_not_found' ? '' : storableText(record.model),
    endpoint: record.endpoint ?? '',
    source: record.source,
    requests: 1,
    errors: isError ? 1 : 0,
    cancelled: isCancelled ? 1 : 0,
    prompt_tokens: record.promptTokens ?? 0,
    completion_tokens: record.completionTokens ?? 0,
    cached_tokens: record.cachedTokens ?? 0,
    reasoning_tokens: record.reasoningTokens ?? 0,
    cost: record.cost ?? 0n,
    duration_ms: record.durationMs,
    first_byte_ms: record.firstByteMs ?? 0,
    first_bytes: record.firstByteMs === null ? 0 : 1,
  };
}

function keyOf(row: RollupRow, keys: readonly RollupKey[]): string {
  let key = '';
  for (const name of keys) key += `${row[name]}\0`;
  return key;
}

function add(sum: RollupRow, row: RollupRow): void {
  sum.requests += row.requests;
  sum.errors += row.errors;
  sum.cancelled += row.cancelled;
  sum.prompt_tokens += row.prompt_tokens;
  sum.completion_tokens += row.completion_tokens;
  sum.cached_tokens += row.cached_tokens;
  sum.reasoning_tokens += row.reasoning_tokens;
  sum.cost += row.cost;
  sum.duration_ms += row.duration_ms;
  sum.first_byte_ms += row.first_byte_ms;
  sum.first_bytes += row.first_bytes;
}
