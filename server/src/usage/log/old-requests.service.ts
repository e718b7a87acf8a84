import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ConfigurationService } from '../../config/configuration.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { ClockStepsService } from '../../infrastructure/clock/clock-steps.service.js';
import { LeaseService } from '../../infrastructure/leases/lease.service.js';
import { DAY_MS, HOUR_MS } from '../rollups/rollup-tables.js';
import { UsageDatabase } from '../usage-database.service.js';

const ROWS_AT_A_TIME = 1_000;
const LEASE = 'old-requests';
const LEASE_MS = 60_000;

/**
 * Takes requests from the log that are older than `retention.request_log_days`; their sums stay.
 * One replica does it at a time; should two, each takes rows that the other has not in hand.
 */
@Injectable()
export class OldRequestsService {
  private readonly logger = new Logger(OldRequestsService.name);

  constructor(
    private readonly database: UsageDatabase,
    private readonly configuration: ConfigurationService,
    private readonly clock: ClockService,
    private readonly leases: LeaseService,
    private readonly clockSteps: ClockStepsService,
  ) {}

  @Interval(HOUR_MS)
  async removeInBackground(): Promise<void> {
    if (!this.clockSteps.mayRemoveOld()) return;
    try {
      const work = (signal: AbortSignal) => this.remove(signal);
      const removed = await this.leases.runAlone(LEASE, LEASE_MS, work);
      if (removed) this.logger.log(`${removed} old requests were taken from the log.`);
    } catch (error) {
      this.logger.warn(`Old requests were not removed, next try in an hour: ${String(error)}`);
    }
  }

  /** Removes what is too old, the oldest first, in small transactions; answers how many. */
  async remove(signal?: AbortSignal): Promise<number> {
    const { requestLogDays } = this.configuration.current.retention;
    if (requestLogDays === 0) return 0;
    const before = this.clock.nowMs() - requestLogDays * DAY_MS;
    let removed = 0;
    for (;;) {
      const count = await this.database.change(REMOVE[this.dialect], [before, ROWS_AT_A_TIME]);
      removed += count;
      if (count < ROWS_AT_A_TIME || signal?.aborted) return removed;
      await nextTurn();
    }
  }

  private get dialect(): keyof typeof REMOVE {
    return this.database.isPostgres ? 'postgres' : 'sqlite';
  }
}

const OLDEST = 'SELECT id FROM request_log WHERE started_at < ? ORDER BY started_at LIMIT ?';
const REMOVE = {
  sqlite: `DELETE FROM request_log WHERE id IN (${OLDEST})`,
  postgres: `DELETE FROM request_log WHERE id IN (${OLDEST} FOR UPDATE SKIP LOCKED)`,
};
