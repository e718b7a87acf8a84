import { type OwnerKind } from '../../infrastructure/http/principal.js';
import { type HourRange } from '../reports/usage-period.js';
import { type FoldedUntil, isWithinHour } from './folded-until.js';
import { pieces, type Slice, slicesOf } from './rollup-slices.js';
import {
  DAILY,
  DAY_MS,
  HOUR_MS,
  HOURLY,
  HOURLY_MODELS,
  HOURLY_TOTALS,
  MONTHLY,
  nextStart,
  type RollupTable,
  THIRDS,
  type TimeKey,
} from './rollup-tables.js';

/** Whose requests, and which of them; what is left out does not matter. */
export interface UsageFilter {
  ownerKind?: OwnerKind;
  /** Any number of them. */
  ownerIds?: readonly string[];
  apiKeyId?: string;
  model?: string;
  endpoint?: string;
  source?: string;
}

/** What usage can be told apart by, beside time. */
export type UsageDimension = 'owner' | 'api_key' | 'model' | 'endpoint' | 'source';

/** So few owners are looked up one by one in each hour or day; for more, all of it is read. */
export const FEW_OWNERS = 200;
const LOOKUPS_AT_ONCE = 1_500;
/** How much of a table one statement reads on SQLite: some milliseconds at a large place. */
const PIECE_MS = new Map<RollupTable, number>([
  [HOURLY_TOTALS, 366 * DAY_MS],
  [HOURLY_MODELS, 2 * DAY_MS],
  [HOURLY, HOUR_MS],
  [DAILY, DAY_MS],
  [THIRDS, DAY_MS],
  [MONTHLY, DAY_MS],
]);

/** One statement's worth: a part of a table. */
export interface Part extends HourRange {
  table: RollupTable;
  unit: TimeKey;
  sign: 1 | -1;
  /** Looks up each hour, day or month by itself, for few owners. */
  isSought: boolean;
  /** Only the rows of hours up to this one. */
  upTo?: FoldedUntil;
}

/** What is read how: PostgreSQL takes a part in one statement, SQLite in pieces. */
export interface PartsPlan {
  readonly filter: UsageFilter;
  readonly isPostgres: boolean;
}

/** A range of one table. */
export function partsOf(
  range: HourRange,
  table: RollupTable,
  { filter, isPostgres }: PartsPlan,
): Part[] {
  const unit = table.keys[0] as TimeKey;
  const owners = filter.ownerKind === undefined ? undefined : filter.ownerIds?.length;
  const isSought = owners !== undefined && owners <= FEW_OWNERS && table.keys.includes('owner_id');
  const length = isSought ? lookupsAtOnce(owners, unit) : PIECE_MS.get(table)!;
  const ranges = isPostgres ? [range] : pieces(range, unit, length);
  return ranges.map((piece) => ({ ...piece, table, unit, isSought, sign: 1 }));
}

/** A range of all tables by owner: what is folded from the greater ones, the rest by hour. */
export function partsOfAll(range: HourRange, folded: FoldedUntil, plan: PartsPlan): Part[] {
  const { hour } = folded;
  const before = { from: range.from, to: Math.min(range.to, hour) };
  const after = { from: Math.max(range.from, hour), to: range.to };
  const slices = slicesOf(before, hour);
  const found = slices.flatMap((slice) => partsOfSlice(slice, plan));
  if (after.from < after.to) found.push(...partsOf(after, HOURLY, plan));
  if (!isWithinHour(folded)) return found;
  // The greater sums that go on after `hour` have a part of it already.
  for (const { unit, to, sign } of slices) {
    if (unit === 'hour' || nextStart(unit, to - 1) === to) continue;
    const [part] = partsOf({ from: hour, to: hour + HOUR_MS }, HOURLY, plan);
    found.push({ ...part!, sign: sign === 1 ? -1 : 1, upTo: folded });
  }
  return found;
}

function partsOfSlice(slice: Slice, plan: PartsPlan): Part[] {
  const table = { hour: HOURLY, day: DAILY, third: THIRDS, month: MONTHLY }[slice.unit];
  return partsOf(slice, table, plan).map((part) => ({ ...part, sign: slice.sign }));
}

/** The one table that answers; null: several do, by the length of time. */
export function tableFor(dimension: UsageDimension, filter: UsageFilter): RollupTable | null {
  const needsOwner = dimension === 'owner' || dimension === 'api_key' || hasOwner(filter);
  if (!needsOwner) return HOURLY_MODELS;
  return dimension === 'endpoint' || filter.endpoint !== undefined ? HOURLY : null;
}

/** Whether it asks for somebody's, which only some tables can tell. */
export const hasOwner = ({ ownerKind, ownerIds, apiKeyId }: UsageFilter) =>
  ownerKind !== undefined || ownerIds !== undefined || apiKeyId !== undefined;

/** So many that packed days are the quicker way, and asked for what these can tell. */
export function hasManyOwners(filter: UsageFilter): boolean {
  const { ownerKind, ownerIds, apiKeyId, endpoint, source } = filter;
  if (ownerKind === undefined || (ownerIds && ownerIds.length <= FEW_OWNERS)) return false;
  return apiKeyId === undefined && endpoint === undefined && source === undefined;
}

/** For series: the smallest table by hour that can tell. */
export function hourlyTableFor(filter: UsageFilter): RollupTable {
  if (hasOwner(filter)) return HOURLY;
  const { model, endpoint, source } = filter;
  return model === undefined && endpoint === undefined && source === undefined
    ? HOURLY_TOTALS
    : HOURLY_MODELS;
}

/** The beginnings of all hours, days, thirds or months within. */
export function timesOf({ from, to, unit }: Part): number[] {
  const times: number[] = [];
  for (let time = from; time < to; time = nextStart(unit, time)) times.push(time);
  return times;
}

function lookupsAtOnce(owners: number, unit: TimeKey): number {
  const times = Math.max(1, Math.floor(LOOKUPS_AT_ONCE / Math.max(1, owners)));
  return times * { hour: HOUR_MS, day: DAY_MS, third: 10 * DAY_MS, month: 31 * DAY_MS }[unit];
}
