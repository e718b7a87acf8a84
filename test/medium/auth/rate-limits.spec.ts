import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { createClient } from '@redis/client';
import {
  type Admission,
  type RateLimitRule,
} from '../../../server/src/auth/rate-limits/admission.js';
import { MemoryStorage } from '../../../server/src/auth/rate-limits/memory-storage.js';
import { type RateLimitStorage } from '../../../server/src/auth/rate-limits/rate-limit-storage.js';
import { RedisStorage } from '../../../server/src/auth/rate-limits/redis-storage.js';
import { RedisService } from '../../../server/src/infrastructure/redis/redis.service.js';
import { RedisServer } from '../../support/redis-server.js';
import { until } from '../../support/until.js';

const PASSWORD = 'hunter2-hunter2';

const rule = (limit: number, windowS = 3600): RateLimitRule => ({
  name: 'requests',
  limits: [{ limit, windowS }],
});

interface Replica extends Disposable {
  storage: RateLimitStorage;
  redis: RedisService;
}

/** Waits for Redis longer than Lumen does, unless it is said: the machine may be busy. */
async function replica(url: string, callMs = 10_000): Promise<Replica> {
  const redis = new RedisService({ reveal: () => url });
  redis.callMs = callMs;
  await redis.onModuleInit();
  const memory = new MemoryStorage(() => performance.now());
  const storage = new RedisStorage(redis, memory);
  return { storage, redis, [Symbol.dispose]: () => redis.onApplicationShutdown() };
}

async function admittedOf(storages: RateLimitStorage[], of: RateLimitRule, times: number) {
  const asked = Array.from({ length: times }, (_, index) =>
    Promise.resolve(storages[index % storages.length]!.take(of, 'k')),
  );
  const admissions: Admission[] = await Promise.all(asked);
  return admissions.filter(({ isAdmitted }) => isAdmitted).length;
}

describe('rate limits in Redis', () => {
  const running = new AsyncDisposableStack();
  let server: RedisServer;

  beforeAll(async () => {
    server = running.use(await RedisServer.start());
  });

  afterAll(() => running.disposeAsync());

  /** Nothing of another test is left in it. */
  async function emptied(): Promise<RedisServer> {
    const client = createClient({ url: server.url });
    await client.connect();
    await client.flushAll();
    await client.close();
    return server;
  }

  it('are one for all replicas, at any concurrency', async () => {
    const { url } = await emptied();
    using one = await replica(url);
    using other = await replica(url);
    expect(await admittedOf([one.storage, other.storage], rule(100), 400)).toBe(100);
    expect(await other.storage.take(rule(100), 'k')).toMatchObject({
      isAdmitted: false,
      remaining: 0,
    });
  });

  it('may be raised and lowered between two requests', async () => {
    using one = await replica((await emptied()).url);
    expect(await admittedOf([one.storage], rule(2), 5)).toBe(2);
    expect(await admittedOf([one.storage], rule(5), 5)).toBe(3);
    expect(await admittedOf([one.storage], rule(1), 5)).toBe(0);
    expect(await admittedOf([one.storage], rule(6), 5)).toBe(1);
  });

  it('hold several limits at once, and count in none what one refuses', async () => {
    using one = await replica((await emptied()).url);
    const limits = [
      { limit: 2, windowS: 3600 },
      { limit: 5, windowS: 86_400 },
    ];
    expect(await admittedOf([one.storage], { name: 'requests', limits }, 20)).toBe(2);
    expect(await admittedOf([one.storage], rule(9, 86_400), 20)).toBe(7);
  });

  it('answer as memory does', async () => {
    using one = await replica((await emptied()).url);
    const memory = new MemoryStorage(() => Date.now());
    for (let index = 0; index < 8; index += 1) {
      const there = await one.storage.take(rule(5), 'k');
      const here = memory.take(rule(5), 'k');
      expect({ ...there, freeInMs: 0 }).toEqual({ ...here, freeInMs: 0 });
      expect(Math.abs(there.freeInMs - here.freeInMs)).toBeLessThan(1_000);
    }
    one.storage.giveBack(rule(5), 'k');
    memory.giveBack(rule(5), 'k');
    await until(async () => (await one.storage.take(rule(5), 'k')).isAdmitted);
    expect(memory.take(rule(5), 'k').isAdmitted).toBe(true);
  });

  it('never admit more than the limit in a window that slides', async () => {
    using one = await replica((await emptied()).url);
    const admitted: { beforeMs: number; afterMs: number }[] = [];
    const endMs = performance.now() + 2_500;
    while (performance.now() < endMs || admitted.length < 40) {
      const beforeMs = performance.now();
      const { isAdmitted } = await one.storage.take(rule(20, 1), 'k');
      if (isAdmitted) admitted.push({ beforeMs, afterMs: performance.now() });
    }
    // Redis counts at a moment of its own, between the question and the answer.
    const inWindow = ({ beforeMs }: { beforeMs: number }) =>
      admitted.filter((other) => other.beforeMs >= beforeMs && other.afterMs < beforeMs + 1_000);
    expect(Math.max(...admitted.map((one) => inWindow(one).length))).toBeLessThanOrEqual(20);
  });

  it('leave nothing behind in Redis when they are over', async () => {
    const { url } = await emptied();
    using one = await replica(url);
    await one.storage.take(rule(20, 1), 'k');
    const client = createClient({ url });
    await client.connect();
    expect(await client.dbSize()).toBe(1);
    await until(async () => (await client.dbSize()) === 0);
    await client.close();
  });

  it('are counted here when Redis is not there at the start, and together once it is', async () => {
    await using late = await RedisServer.start();
    await late.kill();
    using one = await replica(late.url);
    using other = await replica(late.url);
    expect(await one.redis.status()).toBe('degraded');
    expect(await admittedOf([one.storage], rule(3), 5)).toBe(3);
    await late.launch();
    await until(() => one.redis.isReady && other.redis.isReady);
    expect(await one.redis.status()).toBe('ok');
    expect(await admittedOf([one.storage, other.storage], rule(50), 200)).toBe(50);
  });

  it('go on here when Redis dies, without a fresh start for anybody, and return with it', async () => {
    await using mortal = await RedisServer.start();
    using one = await replica(mortal.url);
    using other = await replica(mortal.url);
    expect(await admittedOf([one.storage], rule(10), 20)).toBe(10);
    await mortal.kill();
    await until(() => !one.redis.isReady && !other.redis.isReady);
    expect(await one.redis.status()).toBe('degraded');
    expect(await admittedOf([one.storage], rule(10), 20)).toBe(0);
    expect(await admittedOf([other.storage], rule(10), 20)).toBe(10);
    await mortal.launch();
    await until(() => one.redis.isReady && other.redis.isReady);
    expect(await admittedOf([one.storage, other.storage], rule(30), 100)).toBe(30);
  });

  it('wait for a Redis that hangs once, not at each request', async () => {
    await using hanging = await RedisServer.start();
    using one = await replica(hanging.url, 50);
    hanging.pause();
    const start = performance.now();
    expect(await admittedOf([one.storage], rule(500), 1_000)).toBe(500);
    for (let index = 0; index < 100; index += 1) await one.storage.take(rule(500), 'k');
    expect(performance.now() - start).toBeLessThan(100 * 50);
    expect(one.redis.isReady).toBe(false);
    hanging.resume();
    await until(() => one.redis.isReady);
  });

  it('say once that Redis is gone and once that it is back, and never the password', async () => {
    const said: string[] = [];
    const note = (message: unknown) => void said.push(String(message));
    Logger.overrideLogger({ log: note, warn: note, error: note });
    await using guarded = await RedisServer.start({ password: PASSWORD });
    using one = await replica(guarded.url);
    expect(await one.redis.status()).toBe('ok');
    using stranger = await replica(guarded.url.replace(PASSWORD, `wrong-${PASSWORD}`));
    expect(await stranger.redis.status()).toBe('degraded');
    expect(said).toHaveLength(1);
    await guarded.kill();
    await until(() => !one.redis.isReady);
    await guarded.launch();
    await until(() => one.redis.isReady);
    Logger.overrideLogger(false);
    expect(said).toHaveLength(3);
    expect(said.join()).not.toContain(PASSWORD);
  });
});
