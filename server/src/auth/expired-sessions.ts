import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ClockStepsService } from '../infrastructure/clock/clock-steps.service.js';
import { SessionsService } from './sessions.service.js';

const HOUR_MS = 3_600_000;

/** Clears away what has expired. Several replicas may do it at once: deleting twice harms nothing. */
@Injectable()
export class ExpiredSessions {
  private readonly logger = new Logger(ExpiredSessions.name);

  constructor(
    private readonly sessions: SessionsService,
    private readonly clockSteps: ClockStepsService,
  ) {}

  @Interval(HOUR_MS)
  async remove(): Promise<void> {
    if (!this.clockSteps.mayRemoveOld()) return;
    try {
      await this.sessions.removeExpired();
    } catch (error) {
      this.logger.warn(`Expired sessions were not removed, next try in an hour: ${String(error)}`);
    }
  }
}
