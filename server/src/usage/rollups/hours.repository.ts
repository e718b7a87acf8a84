import { Injectable } from '@nestjs/common';
import { type HourRange } from '../reports/usage-period.js';
import { UsageDatabase } from '../usage-database.service.js';
import { narrowAmountOf, NarrowSums, selectNarrowSums } from './narrow-sums.js';
import { PackedDaysRepository } from './packed-days.repository.js';
import {
  hasManyOwners,
  hasOwner,
  hourlyTableFor,
  partsOf,
  type UsageFilter,
} from './rollup-parts.js';
import { RollupReader } from './rollup-reader.service.js';
import { DAY_MS, HOUR_MS, HOURLY, HOURLY_MODELS, startOf } from './rollup-tables.js';
import { readSums, SELECT_SUMS, type UsageSums } from './usage-sums.js';

/** The place of this hour is that of its day. */
const NOON_MS = DAY_MS / 2;
/** Some milliseconds of SQLite at a large place. */
const HOURS_AT_ONCE = 24;

/** Reads what was used over time. */
@Injectable()
export class HoursRepository {
  constructor(
    private readonly database: UsageDatabase,
    private readonly reader: RollupReader,
    private readonly packed: PackedDaysRepository,
  ) {}

  /** The sums of each hour that has any, in order. */
  async byHour(range: HourRange, filter: UsageFilter): Promise<SumsOfHour[]> {
    if (hasManyOwners(filter)) return this.visitOwners('requests', range, filter, () => undefined);
    const table = hourlyTableFor(filter);
    const found: SumsOfHour[] = [];
    await this.reader.reading(filter, async (read) => {
      for (const part of partsOf(range, table, this.reader.planFor(filter))) {
        const rows = await read(part, `hour, ${SELECT_SUMS}`, 'GROUP BY hour');
        for (const row of rows) found.push({ hour: Number(row[0]), sums: readSums(row, 1) });
      }
    });
    return found.sort((one, other) => one.hour - other.hour);
  }

  /**
   * What a chart shows: the sums of each hour that has any, in order, and one amount by time and model,
   * handed to `visit`. Times are told apart as `placeOf` tells hours apart.
   */
  async chart(
    { metric, range, filter, placeOf }: AskedChart,
    visit: VisitAmount,
  ): Promise<SumsOfHour[]> {
    if (hasManyOwners(filter)) return this.visitOwners(metric, range, filter, visit);
    const isEverybody = !hasOwner(filter) && filter.endpoint === undefined;
    if (isEverybody && filter.source === undefined) {
      await this.visitEverybody({ metric, range, filter, placeOf }, visit);
    } else await this.visitModels(metric, range, filter, visit);
    return this.byHour(range, filter);
  }

  /**
   * One amount by hour and model, handed to `visit` as it is read: of a quarter with hundreds of
   * models there are more rows than should be in memory. Costs are as exact as a number is.
   */
  private async visitModels(
    metric: string,
    range: HourRange,
    filter: UsageFilter,
    visit: VisitAmount,
  ): Promise<void> {
    const table = hasOwner(filter) ? HOURLY : HOURLY_MODELS;
    const select = `hour, model, SUM(${metric})`;
    await this.reader.reading(filter, async (read) => {
      for (const part of partsOf(range, table, this.reader.planFor(filter))) {
        const rows = await read(part, select, 'GROUP BY hour, model');
        for (const row of rows) visit(Number(row[0]), row[1] as string, Number(row[2]));
      }
    });
  }

  /** The same of everybody: of packed days at once, but for hours that belong somewhere else. */
  private async visitEverybody(
    { metric, range, filter, placeOf }: AskedChart,
    visit: VisitAmount,
  ): Promise<void> {
    const days = new Map<number, Map<string, number>>();
    const strays: number[] = [];
    const amountOf = narrowAmountOf(metric);
    const left = await this.packed.visitEverybody(range, filter, (day, sums) => {
      const amounts = new Map<string, number>();
      for (const { model, amounts: all } of sums) {
        amounts.set(model, (amounts.get(model) ?? 0) + amountOf(all));
      }
      days.set(day, amounts);
      for (let hour = day; hour < day + DAY_MS; hour += HOUR_MS) {
        if (placeOf(hour) !== placeOf(day + NOON_MS)) strays.push(hour);
      }
    });
    for (const part of left) await this.visitModels(metric, part, filter, visit);
    await this.visitHours(metric, strays, filter, (hour, model, amount) => {
      visit(hour, model, amount);
      const amounts = days.get(startOf('day', hour))!;
      amounts.set(model, (amounts.get(model) ?? 0) - amount);
    });
    for (const [day, amounts] of days) {
      for (const [model, amount] of amounts) visit(day + NOON_MS, model, amount);
    }
  }

  /** Single hours of everybody. */
  private async visitHours(
    metric: string,
    hours: readonly number[],
    { model }: UsageFilter,
    visit: VisitAmount,
  ): Promise<void> {
    const where = model === undefined ? '' : 'AND model = ?';
    const sql = `SELECT hour, model, SUM(${metric}) FROM ${HOURLY_MODELS.all}
      WHERE hour IN ? ${where} GROUP BY hour, model`;
    for (let start = 0; start < hours.length; start += HOURS_AT_ONCE) {
      const some = hours.slice(start, start + HOURS_AT_ONCE);
      const rows = await this.database.rows(sql, model === undefined ? [some] : [some, model]);
      for (const row of rows) visit(Number(row[0]), row[1] as string, Number(row[2]));
    }
  }

  /** Of many owners: from packed days, and what these do not have from the hours. */
  private async visitOwners(
    metric: string,
    range: HourRange,
    filter: UsageFilter,
    visit: VisitAmount,
  ): Promise<SumsOfHour[]> {
    const found = new Map<number, NarrowSums>();
    const amountOf = narrowAmountOf(metric);
    const add = (hour: number, model: string, amounts: ArrayLike<number>) => {
      let sums = found.get(hour);
      if (!sums) found.set(hour, (sums = new NarrowSums()));
      sums.addAmounts(amounts);
      visit(hour, model, amountOf(amounts));
    };
    const left = await this.packed.visit(range, filter, add);
    const select = `hour, model, ${selectNarrowSums(this.database.isPostgres)}`;
    await this.reader.reading(filter, async (read) => {
      for (const part of left.flatMap((each) =>
        partsOf(each, HOURLY, this.reader.planFor(filter)),
      )) {
        const rows = await read(part, select, 'GROUP BY hour, model');
        for (const [hour, model, ...amounts] of rows) {
          add(Number(hour), model as string, amounts.map(Number));
        }
      }
    });
    return [...found]
      .map(([hour, sums]) => ({ hour, sums: sums.toUsage() }))
      .sort((one, other) => one.hour - other.hour);
  }
}

export interface SumsOfHour {
  hour: number;
  sums: UsageSums;
}

/** Of one metric (`METRIC_SQL`), at any hour of its place. */
export type VisitAmount = (hour: number, model: string, amount: number) => void;

export interface AskedChart {
  metric: string;
  range: HourRange;
  filter: UsageFilter;
  /** What the hours of one bar have in common. */
  placeOf: (hour: number) => unknown;
}
