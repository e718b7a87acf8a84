import { Injectable } from '@nestjs/common';
import { type OwnerKind } from '../../infrastructure/http/principal.js';
import { type FoldedUntil, isWithinHour, KEY, keyOf, MARKS } from './folded-until.js';
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
  startOf,
  THIRDS,
  type TimeKey,
} from './rollup-tables.js';
import { type Parameter, type Row, UsageDatabase } from '../usage-database.service.js';
import { type HourRange } from '../reports/usage-period.js';
import { addUsage, noUsage, readSums, SELECT_SUMS, type UsageSums } from './usage-sums.js';

/** Whose requests, and which of them; what is left out does not matter. */
export interface UsageFilter {
  ownerKind?: OwnerKind;
  ownerIds?: readonly string[];
  apiKeyId?: string;
  model?: string;
  endpoint?: string;
  source?: string;
}

/** What usage can be told apart by, beside time. */
export type UsageDimension = 'owner' | 'api_key' | 'model' | 'endpoint' | 'source';

const COLUMN = {
  owner: 'owner_id',
  api_key: 'api_key_id',
  model: 'model',
  endpoint: 'endpoint',
  source: 'source',
} as const;

/** So few owners are looked up one by one in each hour or day; for more, all of it is read. */
const FEW_OWNERS = 200;
const LOOKUPS_AT_ONCE = 1_500;
/** Folding takes a moment once an hour; after a pause of days it goes on for minutes. */
const MOST_READS = 3;

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
interface Part extends HourRange {
  table: RollupTable;
  unit: TimeKey;
  sign: 1 | -1;
  /** Looks up each hour, day or month by itself, for few owners. */
  isSought: boolean;
  /** Only the rows of hours up to this one. */
  upTo?: FoldedUntil;
}

/** Reads sums from the smallest rollup that can answer. */
@Injectable()
export class RollupRepository {
  constructor(private readonly database: UsageDatabase) {}

  /** The sums of each hour that has any, in order. */
  async byHour(
    range: HourRange,
    filter: UsageFilter,
  ): Promise<{ hour: number; sums: UsageSums }[]> {
    const table = hourlyTableFor(filter);
    const found: { hour: number; sums: UsageSums }[] = [];
    for (const part of this.parts(range, table, filter)) {
      const rows = await this.read(part, filter, `hour, ${SELECT_SUMS}`, 'GROUP BY hour');
      for (const row of rows) found.push({ hour: Number(row[0]), sums: readSums(row, 1) });
    }
    return found.sort((one, other) => one.hour - other.hour);
  }

  /** The sums of each value of a dimension. */
  async by(
    dimension: UsageDimension,
    range: HourRange,
    filter: UsageFilter,
  ): Promise<Map<string, UsageSums>> {
    const column = COLUMN[dimension];
    return this.readParts(dimension, range, filter, async (parts) => {
      const found = new Map<string, UsageSums>();
      for (const part of parts) {
        const select = `${column}, ${SELECT_SUMS}`;
        for (const row of await this.read(part, filter, select, `GROUP BY ${column}`)) {
          const key = row[0] as string;
          let sums = found.get(key);
          if (!sums) found.set(key, (sums = noUsage()));
          addUsage(sums, readSums(row, 1), part.sign);
        }
      }
      return withoutEmpty(found);
    });
  }

  /**
   * How much of one thing each value of a dimension has, to sort by: quicker than all sums where
   * there are thousands. Costs are as exact as a number is.
   */
  async rank(
    dimension: UsageDimension,
    metric: string,
    range: HourRange,
    filter: UsageFilter,
  ): Promise<Map<string, Rank>> {
    const column = COLUMN[dimension];
    const owner = dimension === 'api_key' ? ', MIN(owner_id)' : '';
    const select = `${column}, SUM(requests), SUM(${metric})${owner}`;
    return this.readParts(dimension, range, filter, async (parts) => {
      const found = new Map<string, Rank>();
      for (const part of parts) {
        for (const row of await this.read(part, filter, select, `GROUP BY ${column}`)) {
          addRank(found, row, part.sign);
        }
      }
      return withoutEmpty(found);
    });
  }

  /** All that is told apart but endpoints, hour by hour and in order, in pieces. */
  async *detail(range: HourRange, filter: UsageFilter): AsyncGenerator<DetailRow[]> {
    const keys = 'hour, owner_kind, owner_id, api_key_id, model, source';
    for (const day of pieces(range, 'hour', DAY_MS)) {
      for (const part of this.parts(day, HOURLY, filter)) {
        const rest = `GROUP BY ${keys} ORDER BY ${keys}`;
        const rows = await this.read(part, filter, `${keys}, ${SELECT_SUMS}`, rest);
        if (rows.length > 0) yield rows.map(readDetail);
      }
    }
  }

  /** The first day that has any sums; null before the first request. */
  async firstDay(): Promise<number | null> {
    const [row] = await this.database.rows(`SELECT MIN(hour) FROM ${HOURLY_TOTALS.name}`, []);
    return row?.[0] === null || row?.[0] === undefined ? null : startOf('day', Number(row[0]));
  }

  /**
   * Reads from the smallest tables, and once more if an hour was folded meanwhile: what is folded
   * would have been counted twice, or not at all.
   */
  private async readParts<T>(
    dimension: UsageDimension,
    range: HourRange,
    filter: UsageFilter,
    read: (parts: readonly Part[]) => Promise<T>,
  ): Promise<T> {
    const table = tableFor(dimension, filter);
    if (table !== null) return read(this.parts(range, table, filter));
    let folded = await this.foldedUntil();
    for (let time = 1; ; time += 1) {
      const found = await read(this.partsOfAll(range, folded, filter));
      const now = await this.foldedUntil();
      if (keyOf(now).join() === keyOf(folded).join() || time === MOST_READS) return found;
      folded = now;
    }
  }

  private async foldedUntil(): Promise<FoldedUntil> {
    const [row] = await this.database.rows(
      `SELECT ${HOURLY.keys.join(', ')} FROM usage_folding`,
      [],
    );
    const [hour, ...texts] = row as [string | number, ...string[]];
    return { hour: Number(hour), texts };
  }

  /** What is folded from the greater tables, the rest by hour. */
  private partsOfAll(range: HourRange, folded: FoldedUntil, filter: UsageFilter): Part[] {
    const { hour } = folded;
    const before = { from: range.from, to: Math.min(range.to, hour) };
    const after = { from: Math.max(range.from, hour), to: range.to };
    const slices = slicesOf(before, hour);
    const found = slices.flatMap((slice) => this.partsOfSlice(slice, filter));
    if (after.from < after.to) found.push(...this.parts(after, HOURLY, filter));
    if (!isWithinHour(folded)) return found;
    // The greater sums that go on after `hour` have a part of it already.
    for (const { unit, to, sign } of slices) {
      if (unit === 'hour' || nextStart(unit, to - 1) === to) continue;
      const [part] = this.parts({ from: hour, to: hour + HOUR_MS }, HOURLY, filter);
      found.push({ ...part!, sign: sign === 1 ? -1 : 1, upTo: folded });
    }
    return found;
  }

  private partsOfSlice(slice: Slice, filter: UsageFilter): Part[] {
    const table = { hour: HOURLY, day: DAILY, third: THIRDS, month: MONTHLY }[slice.unit];
    return this.parts(slice, table, filter).map((part) => ({ ...part, sign: slice.sign }));
  }

  private parts(range: HourRange, table: RollupTable, filter: UsageFilter): Part[] {
    const unit = table.keys[0] as TimeKey;
    const owners = filter.ownerKind === undefined ? undefined : filter.ownerIds?.length;
    const isSought =
      owners !== undefined && owners <= FEW_OWNERS && table.keys.includes('owner_id');
    const length = isSought ? lookupsAtOnce(owners, unit) : PIECE_MS.get(table)!;
    const ranges = this.database.isPostgres ? [range] : pieces(range, unit, length);
    return ranges.map((piece) => ({ ...piece, table, unit, isSought, sign: 1 }));
  }

  private read(part: Part, filter: UsageFilter, select: string, rest: string): Promise<Row[]> {
    const where: string[] = [];
    const parameters: Parameter[] = [];
    const demand = (condition: string, ...values: Parameter[]) => {
      where.push(condition);
      parameters.push(...values);
    };
    if (part.isSought) demand(`${part.unit} IN ?`, timesOf(part));
    // One hour or day by its name: the database then knows that its rows are in the order of owners.
    else if (nextStart(part.unit, part.from) >= part.to) demand(`${part.unit} = ?`, part.from);
    else demand(`${part.unit} >= ? AND ${part.unit} < ?`, part.from, part.to);
    if (filter.ownerKind) demand('owner_kind = ?', filter.ownerKind);
    if (filter.ownerIds?.length === 1) demand('owner_id = ?', filter.ownerIds[0]!);
    else if (filter.ownerIds) demand('owner_id IN ?', filter.ownerIds);
    if (part.upTo) demand(`${KEY} <= ${MARKS}`, ...keyOf(part.upTo));
    const keys = [
      ['api_key_id', filter.apiKeyId],
      ['model', filter.model],
      ['endpoint', filter.endpoint],
      ['source', filter.source],
    ] as const;
    for (const [name, value] of keys) if (value !== undefined) demand(`${name} = ?`, value);
    const sql = `SELECT ${select} FROM ${part.table.name} WHERE ${where.join(' AND ')} ${rest}`;
    return this.database.rows(sql, parameters);
  }
}

/** The sums of one hour, owner, key, model and source. */
export interface DetailRow {
  hour: number;
  ownerKind: string;
  ownerId: string;
  apiKeyId: string;
  model: string;
  source: string;
  sums: UsageSums;
}

function readDetail(row: Row): DetailRow {
  const [hour, ownerKind, ownerId, apiKeyId, model, source] = row as [unknown, ...string[]];
  const keys = { ownerKind, ownerId, apiKeyId, model, source } as Omit<DetailRow, 'hour' | 'sums'>;
  return { hour: Number(hour), ...keys, sums: readSums(row, 6) };
}

export interface Rank {
  requests: number;
  amount: number;
  /** Whose it is; of a key its owner. */
  ownerId: string;
}

function addRank(found: Map<string, Rank>, row: Row, sign: 1 | -1): void {
  const key = row[0] as string;
  const before = found.get(key);
  const [requests, amount] = [sign * Number(row[1]), sign * Number(row[2])];
  if (before) {
    before.requests += requests;
    before.amount += amount;
  } else found.set(key, { requests, amount, ownerId: (row[3] as string | undefined) ?? key });
}

function withoutEmpty<T extends { requests: number }>(found: Map<string, T>): Map<string, T> {
  for (const [key, { requests }] of found) if (requests === 0) found.delete(key);
  return found;
}

/** The one table that answers; null: several do, by the length of time. */
function tableFor(dimension: UsageDimension, filter: UsageFilter): RollupTable | null {
  const needsOwner = dimension === 'owner' || dimension === 'api_key' || hasOwner(filter);
  if (!needsOwner) return HOURLY_MODELS;
  return dimension === 'endpoint' || filter.endpoint !== undefined ? HOURLY : null;
}

const hasOwner = ({ ownerKind, ownerIds, apiKeyId }: UsageFilter) =>
  ownerKind !== undefined || ownerIds !== undefined || apiKeyId !== undefined;

function hourlyTableFor(filter: UsageFilter): RollupTable {
  if (hasOwner(filter)) return HOURLY;
  const { model, endpoint, source } = filter;
  return model === undefined && endpoint === undefined && source === undefined
    ? HOURLY_TOTALS
    : HOURLY_MODELS;
}

/** The beginnings of all hours, days, thirds or months within. */
function timesOf({ from, to, unit }: Part): number[] {
  const times: number[] = [];
  for (let time = from; time < to; time = nextStart(unit, time)) times.push(time);
  return times;
}

function lookupsAtOnce(owners: number, unit: TimeKey): number {
  const times = Math.max(1, Math.floor(LOOKUPS_AT_ONCE / Math.max(1, owners)));
  return times * { hour: HOUR_MS, day: DAY_MS, third: 10 * DAY_MS, month: 31 * DAY_MS }[unit];
}
