import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { RemovalJobsService } from '../infrastructure/leases/removal-jobs.service.js';
import { SessionsService } from './sessions.service.js';

const HOUR_MS = 3_600_000;

/** Clears away what has expired. */
@Injectable()
export class ExpiredSessions {
  constructor(
    private readonly sessions: SessionsService,
    private readonly jobs: RemovalJobsService,
  ) {}

  @Interval(HOUR_MS)
  remove(): Promise<void> {
    return this.jobs.removeOld({
      name: 'expired-sessions',
      what: 'expired sessions',
      remove: () => this.sessions.removeExpired(),
    });
  }
}
