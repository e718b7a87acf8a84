import { describe, expect, it } from 'vitest';

import { inTurns } from './bulk-work';

describe('work on many', () => {
  it('does each once, a few at a time', async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await inTurns(
      Array.from({ length: 20 }, (_, index) => index),
      async (item) => {
        most = Math.max(most, (running += 1));
        await Promise.resolve();
        running -= 1;
        done.push(item);
      },
      new AbortController().signal,
    );
    expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(4);
  });

  it('begins nothing more once it is stopped', async () => {
    const stop = new AbortController();
    const done: number[] = [];
    await inTurns(
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
      async (item) => {
        done.push(item);
        stop.abort();
        await Promise.resolve();
      },
      stop.signal,
    );
    expect(done.length).toBeLessThanOrEqual(4);
  });
});
