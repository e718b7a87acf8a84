import { type ModelRouting } from '../../models/index.js';

const SECOND = 1000;

export type TimeLimit = 'first_token' | 'idle' | 'total';

/** An answer took longer than is allowed. */
export class TimeLimitError extends Error {
  constructor(
    readonly limit: TimeLimit,
    /** What is allowed. */
    readonly seconds: number,
    /** Something of the answer had come. */
    readonly hasAnswered: boolean,
  ) {
    super(`${limit} limit of ${seconds} s`);
  }
}

/**
 * Whether one answer keeps to its time limits. It is looked at now and then, by a sweep; what happens
 * between two looks only raises a flag, so that a chunk costs next to nothing. A limit is never cut
 * short: silence counts from the first look that finds it.
 */
export class AnswerWatch {
  /** The first byte of the answer has come. */
  hasAnswered = false;
  /** Something has come since the last look. */
  hasMoved = true;
  private quietSinceMs = 0;

  /** `totalAtMs`: when the whole request must be over, on the monotonic clock. */
  constructor(
    private readonly limits: ModelRouting['timeouts'],
    private readonly totalAtMs: number,
  ) {}

  /** The limit that is exceeded; null: none. `isPaused`: it is the caller who is waited for. */
  look(nowMs: number, isPaused: boolean): TimeLimitError | null {
    const { hasAnswered } = this;
    const { totalS, firstTokenS, idleS } = this.limits;
    if (nowMs >= this.totalAtMs) return new TimeLimitError('total', totalS, hasAnswered);
    if (this.hasMoved || isPaused) {
      this.hasMoved = false;
      this.quietSinceMs = nowMs;
      return null;
    }
    const seconds = hasAnswered ? idleS : firstTokenS;
    if (nowMs - this.quietSinceMs < seconds * SECOND) return null;
    return new TimeLimitError(hasAnswered ? 'idle' : 'first_token', seconds, hasAnswered);
  }
}
