import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ClockService } from './clock.service.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** What a clock is put right by every day is less. */
const LEAST_STEP_MS = HOUR_MS;
/** How long somebody has to put right a clock that is wrong. */
const DOUBTED_MS = 24 * HOUR_MS;

/**
 * Notices when the time of day is set by more than an hour while Lumen runs. For a day after that,
 * nothing is removed for its age: with a clock that is a year ahead, everything is old.
 */
@Injectable()
export class ClockStepsService {
  private readonly logger = new Logger('Clock');
  /** The time of day when the clock that is never set was at zero. */
  private originMs: number;
  /** By the clock that is never set; null: the time of day was not set since the start. */
  private steppedAtMs: number | null = null;

  constructor(private readonly clock: ClockService) {
    this.originMs = this.currentOriginMs();
  }

  /** May what is old be removed for good? */
  mayRemoveOld(): boolean {
    this.look();
    return this.steppedAtMs === null || this.clock.monotonicMs() - this.steppedAtMs >= DOUBTED_MS;
  }

  @Interval(MINUTE_MS)
  look(): void {
    const stepMs = this.currentOriginMs() - this.originMs;
    if (Math.abs(stepMs) < LEAST_STEP_MS) return;
    this.originMs += stepMs;
    this.steppedAtMs = this.clock.monotonicMs();
    const hours = Math.round(Math.abs(stepMs) / HOUR_MS);
    this.logger.warn(
      `The clock was set ${stepMs > 0 ? 'forward' : 'back'} by ${hours} hours, or this machine was asleep. For a day nothing is removed for its age; if the time is wrong, set it right before then.`,
    );
  }

  private currentOriginMs(): number {
    return this.clock.nowMs() - this.clock.monotonicMs();
  }
}
