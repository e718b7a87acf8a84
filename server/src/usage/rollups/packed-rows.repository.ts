import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { type HourRange } from '../reports/usage-period.js';
import { UsageDatabase } from '../usage-database.service.js';
import { DAY_MS, HOURLY_TOTALS, nextStart, startOf } from './rollup-tables.js';

/** Whatever is written adds requests: a time that has more than were packed is not what was packed. */
const isCurrent = (start: string, end: string) => `packed.requests =
  (SELECT SUM(requests) FROM ${HOURLY_TOTALS.all} AS total
    WHERE total.hour >= ${start} AND total.hour < ${end})`;

export const PACKED_DAYS = {
  unit: 'day',
  name: 'usage_packed_days',
  isCurrent: isCurrent('packed.day', `packed.day + ${DAY_MS}`),
} as const;
export const PACKED_MONTHS = {
  unit: 'month',
  name: 'usage_packed_months',
  isCurrent: isCurrent('packed.month', 'packed.until'),
} as const;

type PackedTable = typeof PACKED_DAYS | typeof PACKED_MONTHS;
/** Of numbers, in base64; `everybody` and `models` are JSON. */
const OF_NUMBERS = ['owners', 'hours'] as const;
export type NumbersColumn = (typeof OF_NUMBERS)[number];
type TextColumn = 'everybody' | 'models';

/** A packed day or month: the columns that were asked for, numbers as their bytes. */
export type PackedRow = Readonly<
  Partial<Record<NumbersColumn, Uint8Array> & Record<TextColumn, string>>
>;
export type PackedColumn = keyof PackedRow;

/** What PostgreSQL sends at once: some megabytes of a large place. SQLite reads a day. */
const MOST_AT_ONCE = 4;
/** Two months of a place with ten million requests in three. */
const MOST_KEPT_BYTES = 128 * 2 ** 20;
/** Whoever looks at usage looks at more than one page of it, and then not for long. */
const KEPT_MS = 10 * 60_000;
/** What a row is counted as beside its columns. */
const ROW_BYTES = 200;

interface KeptRow {
  readonly requests: number;
  readonly row: PackedRow;
}

/**
 * Reads days and months that are packed, and keeps for some minutes what was read: to fetch a month of
 * a large place takes longer than to add it up. A packed time stays what it is for as long as it has as
 * many requests, which is asked each time.
 */
@Injectable()
export class PackedRowsRepository {
  private readonly kept = new LRUCache<string, KeptRow>({
    maxSize: MOST_KEPT_BYTES,
    sizeCalculation: ({ row }) =>
      Object.values(row).reduce((bytes, { length }) => bytes + length, ROW_BYTES),
    ttl: KEPT_MS,
    ttlAutopurge: true,
    updateAgeOnGet: true,
  });

  constructor(private readonly database: UsageDatabase) {}

  /** Hands over what is packed within a range, in its order; answers what is left of the range. */
  async each(
    table: PackedTable,
    columns: readonly PackedColumn[],
    range: HourRange,
    read: (row: PackedRow, start: number) => void,
  ): Promise<HourRange[]> {
    const left: HourRange[] = [];
    const current = await this.current(table, range);
    const atOnce = this.database.isPostgres ? MOST_AT_ONCE : 1;
    let { from } = range;
    for (let n = 0; n < current.length; n += atOnce) {
      const rows = await this.rows(table, columns, current.slice(n, n + atOnce));
      for (const [start, row] of rows) {
        if (from < start) left.push({ from, to: start });
        read(row, start);
        from = nextStart(table.unit, start);
        await nextTurn();
      }
    }
    if (from < range.to) left.push({ from, to: range.to });
    return left;
  }

  /** What is packed as it is now: the beginnings, and how many requests each has. */
  private async current(
    { name, unit, isCurrent: isStill }: PackedTable,
    { from, to }: HourRange,
  ): Promise<[start: number, requests: number][]> {
    const sql = `SELECT ${unit}, requests FROM ${name} AS packed
      WHERE ${unit} >= ? AND ${unit} < ? AND ${isStill} ORDER BY ${unit}`;
    const rows = await this.database.rows(sql, [startOf(unit, from), to]);
    return rows.map(([start, requests]) => [Number(start), Number(requests)]);
  }

  private async rows(
    table: PackedTable,
    columns: readonly PackedColumn[],
    current: readonly [start: number, requests: number][],
  ): Promise<[start: number, row: PackedRow][]> {
    const keyOf = (start: number) => `${table.unit} ${start} ${columns.join(' ')}`;
    const found = new Map<number, PackedRow>();
    for (const [start, requests] of current) {
      const known = this.kept.get(keyOf(start));
      if (known?.requests === requests) found.set(start, known.row);
    }
    const missing = current.filter(([start]) => !found.has(start)).map(([start]) => start);
    for (const [start, kept] of await this.read(table, columns, missing)) {
      this.kept.set(keyOf(start), kept);
      found.set(start, kept.row);
    }
    return [...found].sort(([one], [other]) => one - other);
  }

  private async read(
    { name, unit, isCurrent: isStill }: PackedTable,
    columns: readonly PackedColumn[],
    starts: readonly number[],
  ): Promise<[start: number, kept: KeptRow][]> {
    if (starts.length === 0) return [];
    const sql = `SELECT ${unit}, requests, ${columns.join(', ')} FROM ${name} AS packed
      WHERE ${unit} IN (${starts.map(() => '?').join(', ')}) AND ${isStill}`;
    const rows = await this.database.rows(sql, starts);
    return rows.map(([start, requests, ...texts]) => {
      const entries = columns.map((column, n) => [column, valueOf(column, texts[n] as string)]);
      const row = Object.fromEntries(entries) as PackedRow;
      return [Number(start), { requests: Number(requests), row }];
    });
  }
}

const isOfNumbers = (column: PackedColumn): column is NumbersColumn =>
  (OF_NUMBERS as readonly string[]).includes(column);

function valueOf(column: PackedColumn, text: string): Uint8Array | string {
  return isOfNumbers(column) ? Buffer.from(text, 'base64') : text;
}
