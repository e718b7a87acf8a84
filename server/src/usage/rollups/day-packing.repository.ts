import { Injectable } from '@nestjs/common';
import { type Parameter, type Row, UsageDatabase } from '../usage-database.service.js';
import { hoursOf } from './hour-ranges.js';
import { NARROW_AMOUNTS, selectNarrowSums } from './narrow-sums.js';
import { addOwners } from './packed-day-reading.js';
import { type PackedDay, packOwners, PackedDayWriter } from './packed-day.js';
import { PackedOwnersRepository } from './packed-owners.repository.js';
import { PACKED_DAYS, PACKED_MONTHS, PackedRowsRepository } from './packed-rows.repository.js';
import { DAY_MS, HOURLY_MODELS, HOURLY_TOTALS, nextStart, startOf } from './rollup-tables.js';

const DAYS = PACKED_DAYS;
const MONTHS = PACKED_MONTHS;
const DAY = `hour - hour % ${DAY_MS}`;
const NEXT_DAY = `SELECT days.day FROM
    (SELECT ${DAY} AS day, SUM(requests) AS requests FROM ${HOURLY_TOTALS.all}
      WHERE hour < ? GROUP BY ${DAY}) AS days
    LEFT JOIN usage_packed_days AS packed ON packed.day = days.day AND packed.requests = days.requests
  WHERE packed.day IS NULL ORDER BY days.day DESC LIMIT 1`;
const CURRENT_MONTHS = `SELECT month FROM ${MONTHS.name} AS packed WHERE ${MONTHS.isCurrent}`;
const LAST_HOUR_BEFORE = `SELECT MAX(hour) FROM ${HOURLY_TOTALS.all} WHERE hour < ?`;
const COLUMNS = ['day', 'requests', 'everybody', 'owners', 'models', 'hours'] as const;
const KEEP = keepStatement(DAYS, COLUMNS);
const KEEP_MONTH = keepStatement(MONTHS, ['month', 'until', 'requests', 'owners']);

/** Packs days and months (UTC) that are over, as `PackedDaysRepository` reads them. */
@Injectable()
export class DayPackingRepository {
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
    const everybody = `SELECT model, endpoint, source, ${sums} FROM ${HOURLY_MODELS.all}
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

  private async keep(day: number, packed: PackedDay, everybody: string): Promise<boolean> {
    const { requests, owners, models, hours } = packed;
    const values: Parameter[] = [day, requests, everybody, owners, models, hours];
    return (await this.database.change(KEEP, values)) > 0;
  }
}

/** PostgreSQL answers sums as text. */
function withNumbers(row: Row): unknown[] {
  return [...row.slice(0, -NARROW_AMOUNTS), ...row.slice(-NARROW_AMOUNTS).map(Number)];
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
