import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ConfigurationService } from '../../config/configuration.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import {
  removeInParts,
  RemovalJobsService,
} from '../../infrastructure/leases/removal-jobs.service.js';
import { DAY_MS, HOUR_MS } from '../rollups/rollup-tables.js';
import { UsageDatabase } from '../usage-database.service.js';

const ROWS_AT_A_TIME = 1_000;

/**
 * Takes requests from the log that are older than `retention.request_log_days`; their sums stay.
 * Should two replicas do it at a time, each takes rows that the other has not in hand.
 */
@Injectable()
export class OldRequestsService {
  constructor(
    private readonly database: UsageDatabase,
    private readonly configuration: ConfigurationService,
    private readonly clock: ClockService,
    private readonly jobs: RemovalJobsService,
  ) {}

  @Interval(HOUR_MS)
  removeInBackground(): Promise<void> {
    return this.jobs.removeOld({
      name: 'old-requests',
      what: 'old requests of the log',
      remove: (signal) => this.remove(signal),
    });
  }

  /** Removes what is too old, the oldest first, in small transactions; answers how many. */
  async remove(signal?: AbortSignal): Promise<number> {
    const { requestLogDays } = this.configuration.current.retention;
    if (requestLogDays === 0) return 0;
    const before = this.clock.nowMs() - requestLogDays * DAY_MS;
    const removeSome = () => this.database.change(REMOVE[this.dialect], [before, ROWS_AT_A_TIME]);
    return removeInParts(removeSome, ROWS_AT_A_TIME, signal);
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
