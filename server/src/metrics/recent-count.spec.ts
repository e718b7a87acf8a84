import { describe, expect, it } from '@jest/globals';
import { RecentCount } from './recent-count.js';

function setUp(answers: (() => Promise<number>)[]) {
  const clock = { nowMs: 0, monotonicMs: () => clock.nowMs };
  let asked = 0;
  const count = new RecentCount(clock, () => answers[asked++]!());
  return { clock, count, asked: () => asked };
}

describe('RecentCount', () => {
  it('asks at most every ten seconds', async () => {
    const { clock, count, asked } = setUp([() => Promise.resolve(3), () => Promise.resolve(4)]);
    expect(await Promise.all([count.read(), count.read()])).toEqual([3, 3]);
    clock.nowMs = 9_999;
    expect(await count.read()).toBe(3);
    clock.nowMs = 10_000;
    expect([await count.read(), asked()]).toEqual([4, 2]);
  });

  it('does not wait for a database that is slow, nor ask it twice', async () => {
    const slow = Promise.withResolvers<number>();
    const { clock, count, asked } = setUp([() => slow.promise]);
    expect(await count.read()).toBeNull();
    clock.nowMs = 60_000;
    expect([await count.read(), asked()]).toEqual([null, 1]);
    slow.resolve(7);
    expect(await count.read()).toBe(7);
  });

  it('forgets what it knew when the database has said nothing for half a minute', async () => {
    const silent = Promise.withResolvers<number>();
    const { clock, count } = setUp([() => Promise.resolve(3), () => silent.promise]);
    await count.read();
    clock.nowMs = 60_000;
    expect(await count.read()).toBe(3);
    clock.nowMs = 90_000;
    expect(await count.read()).toBe(3);
    clock.nowMs = 90_001;
    expect(await count.read()).toBeNull();
    silent.resolve(4);
    expect(await count.read()).toBe(4);
  });

  it('forgets what it knew when the database fails', async () => {
    const fail = () => Promise.reject(new Error('away'));
    const { clock, count } = setUp([() => Promise.resolve(3), fail]);
    await count.read();
    clock.nowMs = 10_000;
    expect(await count.read()).toBeNull();
  });
});
