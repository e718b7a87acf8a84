import { type DynamicModule, Global, Module } from '@nestjs/common';
import { REDIS_URL, type RedisUrl, RedisService } from './redis.service.js';

/** The one connection to Redis, for every module that shares something between replicas. */
@Global()
@Module({})
export class RedisModule {
  /** `url` null: there is no Redis, and everybody does without. */
  static forRoot(url: RedisUrl | null): DynamicModule {
    return {
      module: RedisModule,
      providers: [{ provide: REDIS_URL, useValue: url }, RedisService],
      exports: [RedisService],
    };
  }
}
