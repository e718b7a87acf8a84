import { Injectable } from '@nestjs/common';
import { type HourRange } from '../reports/usage-period.js';
import { type Parameter, type Row, UsageDatabase } from '../usage-database.service.js';
import { NARROW_AMOUNTS, selectNarrowSums } from './narrow-sums.js';
import {
  addOwners,
  addOwnersOfHours,
  type PackedDay,
  packOwners,
  PackedDayWriter,
  visitHours,
  type VisitPacked,
} from './packed-day.js';
import { PackedOwnersRepository } from './packed-owners.repository.js';
import {
  PACKED_DAYS,
  PACKED_MONTHS,
  type PackedRow,
  PackedRowsRepository,
} from './packed-rows.repository.js';
import { type UsageFilter } from './rollup-parts.js';
import { DAY_MS, HOUR_MS, nextStart, startOf } from './rollup-tables.js';

const DAYS = PACKED_DAYS;
const MONTHS = PACKED_MONTHS;
const DAY = `hour - hour % ${DAY_MS}`;
const NEXT_DAY = `SELECT days.day FROM
    (SELECT ${DAY} AS day, SUM(requests) AS requests FROM usage_hourly_totals
      WHERE hour < ? GROUP BY ${DAY}) AS days
    LEFT JOIN usage_packed_days AS packed ON packed.day = days.day AND packed.requests = days.requests
  WHERE packed.day IS NULL ORDER BY days.day DESC LIMIT 1`;
const CURRENT_MONTHS = `SELECT month FROM ${MONTHS.name} AS packed WHERE ${MONTHS.isCurrent}`;
const LAST_HOUR_BEFORE = 'SELECT MAX(hour) FROM usage_hourly_totals WHERE hour < ?';
const COLUMNS = ['day', 'requests', 'everybody', 'owners', 'models', 'hours'] as const;
const KEEP = keepStatement(DAYS, COLUMNS);
const KEEP_MONTH = keepStatement(MONTHS, ['month', 'until', 'requests', 'owners']);

/** The amounts are those of `NarrowSums`, until the next. */
export type VisitOwner = (id: string, amounts: Float64Array) => void;

/** What everybody used on a day: the keys, and the amounts of `NarrowSums`. */
export interface SumsOfEverybody {
  model: string;
  endpoint: string;
  source: string;
  amounts: readonly number[];
}

/**
 * Days (UTC) that are over, packed so that what thousands of people used in them is quickly added up.
 * A packed day counts for as long as it has all requests that the sums by hour have: where it is not
 * there, or not any more, the hours themselves are read and answer the same.
 */
@Injectable()
export class PackedDaysRepository {
  constructor(
    private readonly database: UsageDatabase,
    private readonly owners: PackedOwnersRepository,
    private readonly packed: PackedRowsRepository,
  ) {}

  /** The latest day before `limit` that has requests and is not packed as it is now. */
  async nextUnpacked(limit: number): Promise<number | null> {
    const [row] = await this.database.rows(NEXT_DAY, [limit]);
    return row ? Number(row[0]) : null;
  }

  /** Packs a day that nothing is to be added to; false if something was meanwhile. */
  async pack(day: number): Promise<boolean> {
    for (const hour of hoursOf(day)) await this.owners.add(hour);
    await this.owners.current();
    const writer = new PackedDayWriter((kind, id) => this.owners.numberOf(kind, id));
    const sums = selectNarrowSums(this.database.isPostgres);
    const owners = `SELECT owner_kind, owner_id, model, ${sums} FROM usage_hourly WHERE hour = ?
      GROUP BY owner_kind, owner_id, model ORDER BY owner_kind, owner_id, model`;
    for (const [n, hour] of hoursOf(day).entries()) {
      writer.addHour(n, await this.database.rows(owners, [hour]));
    }
    const everybody = `SELECT model, endpoint, source, ${sums} FROM usage_hourly_models
      WHERE hour >= ? AND hour < ? GROUP BY model, endpoint, source`;
    const rows = await this.database.rows(everybody, [day, day + DAY_MS]);
    return this.keep(day, writer.finish(), JSON.stringify(rows.map(withNumbers)));
  }

  /** The latest month before `limit` that is not packed as it is now, with all days that it has. */
  async nextUnpackedMonth(limit: number): Promise<number | null> {
    const current = (await this.database.rows(CURRENT_MONTHS, [])).map(([month]) => Number(month));
    for (let month = startOf('month', limit); ;) {
      const [last] = (await this.database.rows(LAST_HOUR_BEFORE, [month]))[0]!;
      if (last === null) return null;
      month = startOf('month', Number(last));
      if (!current.includes(month)) return month;
    }
  }

  /** Packs a month from its days; false if these are not all packed. */
  async packMonth(month: number): Promise<boolean> {
    const until = nextStart('month', month);
    const ids = await this.owners.current();
    const sums = new Float64Array(ids.length * NARROW_AMOUNTS);
    await this.packed.each(DAYS, ['owners'], { from: month, to: until }, (row) =>
      addOwners(row.owners!, sums),
    );
    const { requests, owners } = packOwners(sums);
    return (await this.database.change(KEEP_MONTH, [month, until, requests, owners])) > 0;
  }

  /**
   * Hands over the sums of owners, by hour and model, of the days that are packed, and answers the
   * times that have to be read otherwise.
   */
  async visit(range: HourRange, filter: UsageFilter, visit: VisitPacked): Promise<HourRange[]> {
    await this.owners.current();
    const owners = this.owners.wanted(filter);
    const { model } = filter;
    return this.packed.each(DAYS, ['models', 'hours'], range, ({ models, hours }, day) => {
      const wanted = { owners, model, ...hoursWithin(range, day) };
      visitHours({ models: models!, hours: hours! }, wanted, (hour, name, amounts) =>
        visit(day + hour * HOUR_MS, name, amounts),
      );
    });
  }

  /**
   * Hands over what each owner used in the days that are packed, and answers the times that have to be
   * read otherwise.
   */
  async visitTotals(
    range: HourRange,
    filter: UsageFilter,
    visit: VisitOwner,
  ): Promise<HourRange[]> {
    const ids = await this.owners.current();
    const sums = new Float64Array(ids.length * NARROW_AMOUNTS);
    const left = await this.addTotals(range, sums);
    for (const [n, isWanted] of this.owners.wanted(filter).entries()) {
      const amounts = sums.subarray(n * NARROW_AMOUNTS, (n + 1) * NARROW_AMOUNTS);
      if (isWanted === 1 && amounts[0]! > 0) visit(ids[n]!, amounts);
    }
    return left;
  }

  /**
   * Hands over the sums of everybody by day, of whole days that are packed, and answers the times that
   * have to be read otherwise.
   */
  async visitEverybody(
    range: HourRange,
    { model, endpoint, source }: UsageFilter,
    visit: (day: number, sums: readonly SumsOfEverybody[]) => void,
  ): Promise<HourRange[]> {
    const isWanted = (sums: SumsOfEverybody) =>
      (model === undefined || sums.model === model) &&
      (endpoint === undefined || sums.endpoint === endpoint) &&
      (source === undefined || sums.source === source);
    const left: HourRange[] = [];
    for (const { isWhole, ...part } of partsBy('day', range)) {
      if (!isWhole) left.push(part);
      else {
        const unread = await this.packed.each(DAYS, ['everybody'], part, (row, day) => {
          visit(day, readEverybody(row.everybody!).filter(isWanted));
        });
        left.push(...unread);
      }
    }
    return joined(left);
  }

  /** Whole months and days, and the hours at the edges. */
  private async addTotals(range: HourRange, sums: Float64Array): Promise<HourRange[]> {
    const left: HourRange[] = [];
    for (const { isWhole, ...part } of partsBy('day', range)) {
      const unread = isWhole
        ? await this.addDays(part, sums)
        : await this.packed.each(DAYS, ['hours'], part, ({ hours }, day) =>
            addOwnersOfHours(hours!, hoursWithin(part, day), sums),
          );
      left.push(...unread);
    }
    return joined(left);
  }

  private async addDays(range: HourRange, sums: Float64Array): Promise<HourRange[]> {
    const left: HourRange[] = [];
    const add = ({ owners }: PackedRow) => addOwners(owners!, sums);
    for (const { isWhole, ...part } of partsBy('month', range)) {
      const days = isWhole ? await this.packed.each(MONTHS, ['owners'], part, add) : [part];
      for (const each of days) {
        left.push(...(await this.packed.each(DAYS, ['owners'], each, add)));
      }
    }
    return left;
  }

  private async keep(day: number, packed: PackedDay, everybody: string): Promise<boolean> {
    const { requests, owners, models, hours } = packed;
    const values: Parameter[] = [day, requests, everybody, owners, models, hours];
    return (await this.database.change(KEEP, values)) > 0;
  }
}

function hoursOf(day: number): number[] {
  return Array.from({ length: DAY_MS / HOUR_MS }, (_, n) => day + n * HOUR_MS);
}

/** A range as its whole days or months and what is before and after them. */
function partsBy(
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
function hoursWithin({ from, to }: HourRange, day: number): HourRange {
  return { from: Math.max(0, (from - day) / HOUR_MS), to: (to - day) / HOUR_MS };
}

function readEverybody(text: string): SumsOfEverybody[] {
  return (JSON.parse(text) as [string, string, string, ...number[]][]).map(
    ([model, endpoint, source, ...amounts]) => ({ model, endpoint, source, amounts }),
  );
}

/** PostgreSQL answers sums as text. */
function withNumbers(row: Row): unknown[] {
  return [...row.slice(0, -NARROW_AMOUNTS), ...row.slice(-NARROW_AMOUNTS).map(Number)];
}

/** In order, neighbours as one, without those that are empty. */
function joined(ranges: readonly HourRange[]): HourRange[] {
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

/** Keeps values in the order of the columns, unless they are not all that there is any more. */
function keepStatement(
  { name, unit, isCurrent: isStill }: typeof DAYS | typeof MONTHS,
  columns: readonly string[],
): string {
  const values = columns.map((column) => {
    const isNumber = ['day', 'month', 'until', 'requests'].includes(column);
    return `CAST(? AS ${isNumber ? 'BIGINT' : 'TEXT'}) AS ${column}`;
  });
  const changes = columns.slice(1).map((column) => `${column} = excluded.${column}`);
  return `INSERT INTO ${name} (${columns.join(', ')})
    SELECT ${columns.join(', ')} FROM (SELECT ${values.join(', ')}) AS packed WHERE ${isStill}
    ON CONFLICT (${unit}) DO UPDATE SET ${changes.join(', ')}`;
}
