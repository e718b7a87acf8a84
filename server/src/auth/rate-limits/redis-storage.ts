import { redisScript, type RedisService } from '../../infrastructure/redis/redis.service.js';
import { type Admission, type RateLimitRule, type Standing, tighter } from './admission.js';
import { type MemoryStorage } from './memory-storage.js';
import { RateLimitStorage } from './rate-limit-storage.js';
import { GIVE_BACK, TAKE } from './window-script.js';

const TAKE_SCRIPT = redisScript(TAKE);
const GIVE_BACK_SCRIPT = redisScript(GIVE_BACK);

/**
 * Counts in Redis, where all replicas look, by one call for each request. What this process admits is
 * counted in its memory too, and that decides while Redis does not answer: a caller who has used a
 * limit up here does not get it anew because Redis went away.
 */
export class RedisStorage extends RateLimitStorage {
  constructor(
    private readonly redis: RedisService,
    private readonly memory: MemoryStorage,
  ) {
    super();
  }

  take(rule: RateLimitRule, caller: string): Admission | Promise<Admission> {
    if (!this.redis.isReady) return this.memory.take(rule, caller);
    return this.redis
      .run(TAKE_SCRIPT, keysOf(rule, caller), numbersOf(rule))
      .then((answer) => this.settle(rule, caller, answer as readonly number[] | null));
  }

  giveBack(rule: RateLimitRule, caller: string): void {
    this.memory.giveBack(rule, caller);
    if (this.redis.isReady) void this.redis.run(GIVE_BACK_SCRIPT, keysOf(rule, caller), []);
  }

  private settle(rule: RateLimitRule, caller: string, answer: readonly number[] | null): Admission {
    if (answer === null) return this.memory.take(rule, caller);
    const admission = admissionOf(rule, answer);
    if (admission.isAdmitted) this.memory.take(rule, caller);
    return admission;
  }
}

/** The braces keep the keys of one caller on one node of a cluster. */
function keysOf({ name, limits }: RateLimitRule, caller: string): string[] {
  return limits.map(({ windowS }) => `lumen:rate:{${name}:${caller}}:${windowS}`);
}

function numbersOf({ limits }: RateLimitRule): string[] {
  return limits.flatMap(({ limit, windowS }) => [String(limit), String(windowS * 1000)]);
}

function admissionOf({ limits }: RateLimitRule, answer: readonly number[]): Admission {
  const standings = limits.map((limit, index): Standing => {
    const used = answer[1 + 2 * index]!;
    const freeInMs = answer[2 + 2 * index]!;
    return { limit, remaining: Math.max(0, limit.limit - used), freeInMs };
  });
  return { isAdmitted: answer[0] === 1, ...standings.reduce(tighter) };
}
