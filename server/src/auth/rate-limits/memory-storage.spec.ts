import { describe, expect, it } from '@jest/globals';
import { type RateLimit } from '../../config/index.js';
import { type RateLimitRule } from './admission.js';
import { MemoryStorage } from './memory-storage.js';

const perMinute = (limit: number): RateLimit => ({ limit, windowS: 60 });
const rule = (...limits: RateLimit[]): RateLimitRule => ({ name: 'requests', limits });

function clockwork() {
  const clock = { nowMs: 1_000_000 };
  return { clock, storage: new MemoryStorage(() => clock.nowMs) };
}

function takeMany(storage: MemoryStorage, of: RateLimitRule, times: number): number {
  let admitted = 0;
  for (let index = 0; index < times; index += 1) {
    if (storage.take(of, 'k').isAdmitted) admitted += 1;
  }
  return admitted;
}

describe('MemoryStorage', () => {
  it('counts each caller alone, and what it refuses not at all', () => {
    const { storage } = clockwork();
    expect(takeMany(storage, rule(perMinute(3)), 10)).toBe(3);
    expect(storage.take(rule(perMinute(3)), 'other')).toMatchObject({
      isAdmitted: true,
      remaining: 2,
    });
    expect(storage.take(rule(perMinute(4)), 'k')).toMatchObject({ isAdmitted: true, remaining: 0 });
  });

  it('lets a raised limit help at once, and a lowered one hold at once', () => {
    const { storage } = clockwork();
    expect(takeMany(storage, rule(perMinute(2)), 5)).toBe(2);
    expect(takeMany(storage, rule(perMinute(5)), 5)).toBe(3);
    expect(storage.take(rule(perMinute(1)), 'k').isAdmitted).toBe(false);
    expect(takeMany(storage, rule(perMinute(6)), 5)).toBe(1);
  });

  it('tells of the limit that is nearest, or that is in the way', () => {
    const { storage, clock } = clockwork();
    const both = rule({ limit: 2, windowS: 1 }, perMinute(3));
    expect(storage.take(both, 'k')).toMatchObject({ remaining: 1, limit: { windowS: 1 } });
    expect(storage.take(both, 'k')).toMatchObject({ remaining: 0, limit: { windowS: 1 } });
    expect(storage.take(both, 'k')).toMatchObject({ isAdmitted: false, limit: { windowS: 1 } });
    clock.nowMs += 1_100;
    expect(storage.take(both, 'k')).toMatchObject({ isAdmitted: true, limit: { windowS: 60 } });
    expect(storage.take(both, 'k')).toMatchObject({ isAdmitted: false, limit: { windowS: 60 } });
  });

  it('counts a request that one limit refuses in none of the others', () => {
    const { storage, clock } = clockwork();
    const both = rule({ limit: 1, windowS: 1 }, perMinute(3));
    expect(takeMany(storage, both, 50)).toBe(1);
    clock.nowMs += 1_100;
    expect(takeMany(storage, both, 50)).toBe(1);
    clock.nowMs += 1_100;
    expect(takeMany(storage, both, 50)).toBe(1);
  });

  it('gives back', () => {
    const { storage } = clockwork();
    takeMany(storage, rule(perMinute(2)), 2);
    storage.giveBack(rule(perMinute(2)), 'k');
    expect(takeMany(storage, rule(perMinute(2)), 2)).toBe(1);
  });

  it('remembers a bounded number of callers', () => {
    const { storage } = clockwork();
    const ofAddress: RateLimitRule = { name: 'failed_keys', limits: [perMinute(5)] };
    for (let index = 0; index < 100_000; index += 1) storage.take(ofAddress, `caller ${index}`);
    expect(storage.size).toBeLessThanOrEqual(20_000);
  });

  it('forgets whom nobody asked for during a window, and nobody else', () => {
    const { storage, clock } = clockwork();
    const short: RateLimitRule = { name: 'requests', limits: [{ limit: 1, windowS: 1 }] };
    for (let index = 0; index < 1_000; index += 1) storage.take(short, `caller ${index}`);
    clock.nowMs += 1_100;
    storage.take(short, 'a');
    clock.nowMs += 999;
    storage.take(short, 'b');
    expect(storage.take(short, 'a').isAdmitted).toBe(false);
    clock.nowMs += 200;
    storage.take(short, 'c');
    expect(storage.size).toBeLessThanOrEqual(3);
    expect(storage.take(short, 'b').isAdmitted).toBe(false);
  });

  it("serves the framework's own guard without blocks that outlive the count", async () => {
    const { storage } = clockwork();
    await storage.increment('k', 60_000, 1);
    expect(await storage.increment('k', 60_000, 1)).toMatchObject({
      isBlocked: true,
      totalHits: 2,
    });
    expect(await storage.increment('k', 60_000, 2)).toMatchObject({
      isBlocked: false,
      totalHits: 2,
    });
  });
});
