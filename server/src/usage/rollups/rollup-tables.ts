/**
 * The rollups of the request log: one row for each combination of key values, with the sums of its
 * requests. Keys begin with the time, so that what is written lies together at the end of each
 * table however much there is before it.
 */
export interface RollupTable {
  readonly name: string;
  readonly keys: readonly RollupKey[];
  /** Where it is read: with the shares that replicas write beside it. Missing: under its name. */
  readonly all?: string;
}

export const TEXT_KEYS = [
  'owner_kind',
  'owner_id',
  'api_key_id',
  'model',
  'endpoint',
  'source',
] as const;
/** Columns of keys; where a request has no such thing, the text is empty. */
export type TextKey = (typeof TEXT_KEYS)[number];
export const TIME_KEYS = ['hour', 'day', 'third', 'month'] as const;
export type TimeKey = (typeof TIME_KEYS)[number];
/** Which share of a sum that all replicas add to; see `HOURLY_SHARES`. */
export type ShareKey = 'share';
export type RollupKey = TimeKey | TextKey | ShareKey;

/** Everything that is told apart, by hour. */
export const HOURLY: RollupTable = { name: 'usage_hourly', keys: ['hour', ...TEXT_KEYS] };
/** By hour without people: charts and totals of everybody, and models. */
export const HOURLY_MODELS = {
  name: 'usage_hourly_models',
  keys: ['hour', 'model', 'endpoint', 'source'],
  all: 'usage_hourly_models_all',
} as const satisfies RollupTable;
/** One row an hour. */
export const HOURLY_TOTALS = {
  name: 'usage_hourly_totals',
  keys: ['hour'],
  all: 'usage_hourly_totals_all',
} as const satisfies RollupTable;
/** By day (UTC) without endpoints: who used how much. */
export const DAILY: RollupTable = {
  name: 'usage_daily',
  keys: ['day', 'owner_kind', 'owner_id', 'api_key_id', 'model', 'source'],
};
/** The same by third of a month: from its first, eleventh and twenty-first day. */
export const THIRDS: RollupTable = {
  name: 'usage_thirds',
  keys: ['third', 'owner_kind', 'owner_id', 'api_key_id', 'model', 'source'],
};
/** The same by month (UTC). */
export const MONTHLY: RollupTable = {
  name: 'usage_monthly',
  keys: ['month', 'owner_kind', 'owner_id', 'api_key_id', 'model', 'source'],
};

/** Written with each request. In this order everywhere, so that writers cannot deadlock. */
export const HOURLY_TABLES: readonly RollupTable[] = [HOURLY, HOURLY_MODELS, HOURLY_TOTALS];
/** Those of them that are everybody's. */
export const SHARED_TABLES: readonly RollupTable[] = [HOURLY_MODELS, HOURLY_TOTALS];
/**
 * What replicas but the first write instead on PostgreSQL, each its own share: rows of everybody would
 * have them wait for each other's commits.
 */
export const HOURLY_SHARES: readonly RollupTable[] = [HOURLY, ...SHARED_TABLES.map(sharesOf)];
/** More replicas than that have shares in common. */
export const MOST_SHARES = 8;
/** Folded from `HOURLY` when an hour is over (`folding.service.ts`), in this order. */
export const FOLDED_TABLES = [DAILY, THIRDS, MONTHLY] as const;
export const ROLLUP_TABLES = [...HOURLY_TABLES, ...FOLDED_TABLES] as const;

/** What each row adds up. `first_bytes` counts the requests that have a first byte. */
export const SUM_COLUMNS = [
  'requests',
  'errors',
  'cancelled',
  'prompt_tokens',
  'completion_tokens',
  'cached_tokens',
  'reasoning_tokens',
  'cost',
  'duration_ms',
  'first_byte_ms',
  'first_bytes',
] as const;
export type SumColumn = (typeof SUM_COLUMNS)[number];

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

const TEN_DAYS_MS = 10 * DAY_MS;

/** The beginning of the hour, day, third or month (UTC) of a moment, in milliseconds since 1970. */
export function startOf(unit: TimeKey, atMs: number): number {
  if (unit === 'hour') return atMs - (atMs % HOUR_MS);
  if (unit === 'day') return atMs - (atMs % DAY_MS);
  const date = new Date(atMs);
  const month = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  if (unit === 'month') return month;
  return month + Math.min(2, Math.floor((atMs - month) / TEN_DAYS_MS)) * TEN_DAYS_MS;
}

/** The beginning of the next one. */
export function nextStart(unit: TimeKey, atMs: number): number {
  const start = startOf(unit, atMs);
  if (unit === 'hour') return start + HOUR_MS;
  if (unit === 'day') return start + DAY_MS;
  if (unit === 'month') return startOf('month', start + 32 * DAY_MS);
  const isLast = start - startOf('month', start) === 2 * TEN_DAYS_MS;
  return isLast ? nextStart('month', start) : start + TEN_DAYS_MS;
}

/** The `ON CONFLICT` part that adds new sums to those that are there. */
export function addToSums({ name, keys }: RollupTable): string {
  const sums = SUM_COLUMNS.map((sum) => `${sum} = ${name}.${sum} + excluded.${sum}`);
  return `ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${sums.join(', ')}`;
}

/** Where a table is read. */
export const readName = ({ name, all }: RollupTable) => all ?? name;

/** Where replicas but the first add to it. */
export function sharesOf({ name, keys }: RollupTable): RollupTable {
  return { name: `${name}_shares`, keys: [...keys, 'share'] };
}

export function columnsOf({ keys }: RollupTable): readonly (RollupKey | SumColumn)[] {
  return [...keys, ...SUM_COLUMNS];
}
