import { describe, expect, it } from '@jest/globals';
import { RestartPause } from './restart-pause.js';

describe('the pause before a worker is started anew', () => {
  it('doubles up to half a minute', () => {
    const pause = new RestartPause();
    const pauses = Array.from({ length: 9 }, () => pause.after(100));
    expect(pauses).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('is short again for one that had lived for a minute', () => {
    const pause = new RestartPause();
    for (let death = 0; death < 9; death += 1) pause.after(100);
    expect(pause.after(60_000)).toBe(250);
    expect(pause.after(100)).toBe(500);
  });
});
