import { Injectable } from '@nestjs/common';
import { type HourRange } from '../reports/usage-period.js';
import { hoursWithin, joined, partsBy } from './hour-ranges.js';
import { NARROW_AMOUNTS } from './narrow-sums.js';
import { addOwners, addOwnersOfHours, visitHours, type VisitPacked } from './packed-day-reading.js';
import { PackedOwnersRepository } from './packed-owners.repository.js';
import {
  PACKED_DAYS,
  PACKED_MONTHS,
  type PackedRow,
  PackedRowsRepository,
} from './packed-rows.repository.js';
import { type UsageFilter } from './rollup-parts.js';
import { HOUR_MS } from './rollup-tables.js';

const DAYS = PACKED_DAYS;
const MONTHS = PACKED_MONTHS;

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
    private readonly owners: PackedOwnersRepository,
    private readonly packed: PackedRowsRepository,
  ) {}

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
}

function readEverybody(text: string): SumsOfEverybody[] {
  return (JSON.parse(text) as [string, string, string, ...number[]][]).map(
    ([model, endpoint, source, ...amounts]) => ({ model, endpoint, source, amounts }),
  );
}
