import { describe, expect, it } from '@jest/globals';
import { SLOTS, SlidingWindow } from './sliding-window.js';

const MINUTE = 60_000;
const SLOT = MINUTE / SLOTS;

function after(...times: number[]): SlidingWindow {
  const window = new SlidingWindow(MINUTE);
  for (const time of times) window.add(time);
  return window;
}

describe('SlidingWindow', () => {
  it.each<[string, number[], number, number]>([
    ['nothing', [], 0, 0],
    ['one at once', [0], 0, 1],
    ['at the end of the window', [0], MINUTE, 1],
    ['up to one slot later', [0], MINUTE + SLOT - 1, 1],
    ['then no more', [0], MINUTE + SLOT, 0],
    ['a late one in a slot leaves with it', [SLOT - 1], MINUTE + SLOT - 1, 1],
    ['and never before its window is over', [SLOT - 1], MINUTE + SLOT, 0],
    ['each by itself', [0, MINUTE / 2], MINUTE + SLOT, 1],
    ['after a long pause', [0, 1, 2], 100 * MINUTE, 0],
    ['a ring that is gone round many times', [0, 7 * MINUTE, 7 * MINUTE + 5], 7 * MINUTE + 9, 2],
  ])('counts %s', (_what, times, now, expected) => {
    expect(after(...times).used(now)).toBe(expected);
  });

  it.each<[string, number[], number, number, number]>([
    ['below the limit', [0], 2, 10, 0],
    ['at the limit, until the oldest leaves', [0, 5 * SLOT], 2, 10 * SLOT, MINUTE - 9 * SLOT],
    [
      'above a lowered limit, until enough have left',
      [0, SLOT, 2 * SLOT],
      1,
      2 * SLOT,
      MINUTE + SLOT,
    ],
  ])('says when one more is free: %s', (_what, times, limit, now, expected) => {
    const window = after(...times);
    const wait = window.freeInMs(limit, now);
    expect(wait).toBe(expected);
    if (wait === 0) return;
    expect(window.used(now + wait - 1)).toBeGreaterThanOrEqual(limit);
    expect(window.used(now + wait)).toBeLessThan(limit);
  });

  it('takes the newest back', () => {
    const window = after(0, SLOT, SLOT);
    window.takeBack(3 * SLOT);
    expect(window.used(MINUTE + SLOT)).toBe(1);
    window.takeBack(MINUTE + SLOT);
    window.takeBack(MINUTE + SLOT);
    expect(window.used(MINUTE + SLOT)).toBe(0);
  });

  it('stands still with a clock that goes back', () => {
    const window = after(5 * MINUTE);
    expect(window.used(MINUTE)).toBe(1);
  });
});
