import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ConfigurationService } from '../config/configuration.service.js';
import { SYSTEM_CONTEXT } from '../infrastructure/audit/audit-context.js';
import { AuditTrailService } from '../infrastructure/audit/audit-trail.service.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import {
  removeInParts,
  RemovalJobsService,
} from '../infrastructure/leases/removal-jobs.service.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ROWS_AT_A_TIME = 500;

/**
 * Takes entries from the audit log that are older than `retention.audit_days`, and says in the log
 * itself how many. Should two replicas do it at a time, they do the same.
 */
@Injectable()
export class OldAuditEntriesService {
  constructor(
    private readonly trail: AuditTrailService,
    private readonly configuration: ConfigurationService,
    private readonly clock: ClockService,
    private readonly jobs: RemovalJobsService,
  ) {}

  @Interval(HOUR_MS)
  removeInBackground(): Promise<void> {
    return this.jobs.removeOld({
      name: 'old-audit-entries',
      what: 'old entries of the audit log',
      remove: (signal) => this.remove(signal),
    });
  }

  /** Removes what is too old, the oldest first, in small transactions; answers how many. */
  async remove(signal?: AbortSignal): Promise<number> {
    const { auditDays } = this.configuration.current.retention;
    if (auditDays === 0) return 0;
    const before = new Date(this.clock.nowMs() - auditDays * DAY_MS);
    const removeSome = () => this.trail.removeBefore(before, ROWS_AT_A_TIME);
    const removed = await removeInParts(removeSome, ROWS_AT_A_TIME, signal);
    if (removed > 0) {
      const after = { entries: removed, before: before.toISOString() };
      await this.trail.record(SYSTEM_CONTEXT, { action: 'audit_log.shorten', after });
    }
    return removed;
  }
}
