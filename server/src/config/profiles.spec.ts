import { describe, expect, it } from '@jest/globals';
import { PROFILES, upstreamLimits } from './profiles.js';

const upstream = {
  timeouts: { connectS: 5, firstTokenS: 120, idleS: 60, totalS: 900 },
  retries: { attempts: 2, backoffMs: 250, retryAfterCapS: 10 },
} as Parameters<typeof upstreamLimits>[0]['upstream'];

const NO_TIMEOUTS = { connectS: null, firstTokenS: null, idleS: null, totalS: null };
const NO_RETRIES = { attempts: null, backoffMs: null, retryAfterCapS: null };

describe('upstreamLimits', () => {
  it('are those of upstream when the model says nothing', () => {
    const model = { profile: null, timeouts: NO_TIMEOUTS, retries: NO_RETRIES };
    expect(upstreamLimits({ upstream }, model)).toEqual(upstream);
  });

  it('take the profile over upstream and the model over the profile, key by key', () => {
    const model = {
      profile: 'small' as const,
      timeouts: { ...NO_TIMEOUTS, idleS: 7 },
      retries: { ...NO_RETRIES, attempts: 0 },
    };
    const { timeouts, retries } = upstreamLimits({ upstream }, model);
    expect(timeouts).toEqual({ ...PROFILES.small.timeouts, idleS: 7 });
    expect(retries).toEqual({
      attempts: 0,
      backoffMs: PROFILES.small.retries.backoffMs,
      retryAfterCapS: 10,
    });
  });

  it('grow with the profile', () => {
    const sizes = [PROFILES.small, PROFILES.medium, PROFILES.large];
    for (const key of ['connectS', 'firstTokenS', 'idleS', 'totalS'] as const) {
      const values = sizes.map(({ timeouts }) => timeouts[key] ?? 0);
      expect(values).toEqual([...new Set(values)].sort((a, b) => a - b));
    }
    expect(sizes.map(({ retries }) => retries.attempts)).toEqual([1, 2, 3]);
  });
});
