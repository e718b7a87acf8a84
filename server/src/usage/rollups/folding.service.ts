import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { LeaseService } from '../../infrastructure/leases/lease.service.js';
import { LatenciesService } from '../latencies/latencies.service.js';
import { DayPackingRepository } from './day-packing.repository.js';
import { FOLDED_AFTER_MS } from './folded-until.js';
import { FoldingRepository } from './folding.repository.js';
import { startOf } from './rollup-tables.js';

const LEASE = 'usage-folding';
const LEASE_MS = 60_000;
/** Not at the start: commands of a second start this, too. */
const EVERY_MS = 60_000;
/** Some milliseconds of SQLite, which has this process wait for it. */
const ROWS_AT_A_TIME = 300;

/**
 * Folds the sums of hours that are over into those of days, thirds and months. Pages read hours that
 * are not folded yet as hours, so that nobody sees when it happens. One replica does it at a time;
 * should two, each row is folded once. Days that are over are packed (`packed-day.ts`) next, and how long
 * requests took is kept.
 */
@Injectable()
export class FoldingService implements OnModuleDestroy {
  private readonly logger = new Logger(FoldingService.name);
  private folding: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(
    private readonly repository: FoldingRepository,
    private readonly packing: DayPackingRepository,
    private readonly latencies: LatenciesService,
    private readonly clock: ClockService,
    private readonly leases: LeaseService,
  ) {}

  async onModuleDestroy(): Promise<void> {
    this.isStopped = true;
    await this.folding;
  }

  @Interval(EVERY_MS)
  foldSoon(): void {
    this.folding = this.folding.then(() => this.foldInBackground());
  }

  private async foldInBackground(): Promise<void> {
    if (this.isStopped) return;
    try {
      await this.leases.runAlone(LEASE, LEASE_MS, async (signal) => {
        await this.fold(signal);
        await this.pack(signal);
        await this.keepLatencies(signal);
      });
    } catch (error) {
      this.logger.warn(`Usage was not folded, next try in a minute: ${String(error)}`);
    }
  }

  /** Folds all hours that have been over for a while. */
  async fold(signal?: AbortSignal): Promise<void> {
    const limit = startOf('hour', this.clock.nowMs() - FOLDED_AFTER_MS);
    while (
      !this.isStopped &&
      !signal?.aborted &&
      (await this.repository.foldPart(limit, ROWS_AT_A_TIME))
    ) {
      await nextTurn();
    }
    if (!this.isStopped && !signal?.aborted) await this.repository.addUpShares(limit);
  }

  /** Keeps how long requests took, of all hours and days that have been over for a while. */
  async keepLatencies(signal?: AbortSignal): Promise<void> {
    const limit = this.clock.nowMs() - FOLDED_AFTER_MS;
    await this.latencies.keep(limit, () => !this.isStopped && !signal?.aborted);
  }

  /** Packs all days and months that have been over for a while, the latest first. */
  async pack(signal?: AbortSignal): Promise<void> {
    const limit = startOf('day', this.clock.nowMs() - FOLDED_AFTER_MS);
    const days = this.packing;
    const work = async (
      next: () => Promise<number | null>,
      pack: (at: number) => Promise<boolean>,
    ) => {
      while (!this.isStopped && !signal?.aborted) {
        const at = await next();
        if (at === null || !(await pack(at))) return;
        await nextTurn();
      }
    };
    await work(
      () => days.nextUnpacked(limit),
      (day) => days.pack(day),
    );
    await work(
      () => days.nextUnpackedMonth(limit),
      (month) => days.packMonth(month),
    );
  }
}
