import { Injectable } from '@nestjs/common';
import { type UsageFilter } from '../rollups/rollup-parts.js';
import { RollupRepository } from '../rollups/rollup.repository.js';
import { DAY_MS } from '../rollups/rollup-tables.js';
import { readPeriod } from './usage-period.js';
import { UsageReportService } from './usage-report.service.js';

/** Whole weeks, so that weekends weigh what they do; so many that one busy day does not decide. */
const PACE_MS = 28 * DAY_MS;

/** Nano-coins of a month that is not over. */
export interface MonthProjection {
  readonly from: number;
  readonly to: number;
  readonly spent: bigint;
  /** What it comes to if the rest goes on at the pace so far. */
  readonly projected: bigint;
  /** How many days that pace is of. */
  readonly paceDays: number;
}

/** What the month of a time zone will have cost, at the pace of the four weeks before now. */
@Injectable()
export class MonthProjectionService {
  constructor(
    private readonly report: UsageReportService,
    private readonly rollups: RollupRepository,
  ) {}

  async of(tz: string | undefined, filter: UsageFilter, nowMs: number): Promise<MonthProjection> {
    const { from, to: until, zone } = readPeriod({ period: 'month', tz }, nowMs);
    // Not where it begins: an hour of UTC may begin in the month before.
    const local = zone.localAt(nowMs);
    const to = zone.startOfDay(local.getUTCFullYear(), local.getUTCMonth() + 1, 1);
    const first = (await this.rollups.firstDay()) ?? until;
    // A place that is younger has spent nothing before it began, which says nothing of its pace.
    const since = Math.max(until - PACE_MS, Math.min(first, until - DAY_MS));
    const [spent, ofPace] = await Promise.all([
      this.report.totalOf({ from, to: until }, filter),
      this.report.totalOf({ from: since, to: until }, filter),
    ]);
    const rest = BigInt(Math.max(0, to - until));
    const projected = spent.cost + (ofPace.cost * rest) / BigInt(until - since);
    const paceDays = Math.round((until - since) / DAY_MS);
    return { from, to, spent: spent.cost, projected, paceDays };
  }
}
