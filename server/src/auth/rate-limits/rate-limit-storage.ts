import { type ThrottlerStorage } from '@nestjs/throttler';
import { type Admission, type RateLimitRule } from './admission.js';

type ThrottlerRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/**
 * Where requests are counted. `take` is what Lumen's guard uses: it answers at once where no network
 * is asked. `increment` is the same for `@nestjs/throttler`, for routes that are limited by its own
 * guard; a raised limit helps at once, as there is no block that outlives the count.
 */
export abstract class RateLimitStorage implements ThrottlerStorage {
  /** Counts a request against all limits of its rule, or against none if one of them is reached. */
  abstract take(rule: RateLimitRule, caller: string): Admission | Promise<Admission>;

  /** Takes the newest request of this caller back, as if it had not been. */
  abstract giveBack(rule: RateLimitRule, caller: string): void;

  async increment(key: string, ttl: number, limit: number): Promise<ThrottlerRecord> {
    const rule = { name: 'routes', limits: [{ limit, windowS: ttl / 1000 }] } as const;
    const { isAdmitted, remaining, freeInMs } = await this.take(rule, key);
    const waitS = Math.ceil(freeInMs / 1000);
    return {
      totalHits: isAdmitted ? limit - remaining : limit + 1,
      timeToExpire: waitS,
      isBlocked: !isAdmitted,
      timeToBlockExpire: isAdmitted ? 0 : waitS,
    };
  }
}
