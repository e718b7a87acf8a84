import { Injectable } from '@nestjs/common';

/**
 * The only source of time in the server, in UTC. Tests replace it to move time without waiting.
 * Durations are measured with `monotonicMs`, which a corrected wall clock cannot turn back.
 */
@Injectable()
export class ClockService {
  now(): Date {
    return new Date();
  }

  nowMs(): number {
    return Date.now();
  }

  monotonicMs(): number {
    return performance.now();
  }
}
