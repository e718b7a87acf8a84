import { type RateLimit } from '../../config/index.js';

/** What a request may not exceed; all its limits hold at once. */
export interface RateLimitRule {
  /** Callers of different rules are counted apart. */
  readonly name: RateLimitName;
  readonly limits: readonly RateLimit[];
}

/** `routes` is for routes that `@nestjs/throttler`'s own guard limits. */
export type RateLimitName = 'requests' | 'pages' | 'login' | 'failed_keys' | 'routes';

/** Where a caller stands with one limit, this request counted if it was admitted. */
export interface Standing {
  readonly limit: RateLimit;
  readonly remaining: number;
  /** Until one more request is possible than now. */
  readonly freeInMs: number;
}

/** Whether a request may pass, and the standing with the limit that is nearest or, if not, in the way. */
export interface Admission extends Standing {
  readonly isAdmitted: boolean;
}

/** The one of two standings that a caller should know of. */
export function tighter(one: Standing, other: Standing): Standing {
  if (one.remaining !== other.remaining) return one.remaining < other.remaining ? one : other;
  return one.freeInMs >= other.freeInMs ? one : other;
}
