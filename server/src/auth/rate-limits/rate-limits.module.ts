import { Module } from '@nestjs/common';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { RedisService } from '../../infrastructure/redis/redis.service.js';
import { MemoryStorage } from './memory-storage.js';
import { RateLimitsService } from './rate-limits.service.js';
import { RedisStorage } from './redis-storage.js';
import { RefusedKeysService } from './refused-keys.service.js';
import { ThrottlerModule } from './throttler.js';

/** Where requests are counted: in Redis if there is one, else in this process. */
function throttlerOptions(clock: ClockService, redis: RedisService) {
  const memory = new MemoryStorage(() => clock.monotonicMs());
  return { throttlers: [], storage: redis.isConfigured ? new RedisStorage(redis, memory) : memory };
}

@Module({
  imports: [
    ThrottlerModule.forRootAsync({
      inject: [ClockService, RedisService],
      useFactory: throttlerOptions,
    }),
  ],
  providers: [RateLimitsService, RefusedKeysService],
  exports: [RateLimitsService, RefusedKeysService],
})
export class RateLimitsModule {}
