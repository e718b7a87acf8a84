import { describe, expect, it } from '@jest/globals';
import { AttemptHistory } from './attempt-history.js';

const retries = { attempts: 3, backoffMs: 100, retryAfterCapS: 10 };
const broken = { fault: 'broken', retryAfterMs: null } as const;
const busyFor = (retryAfterMs: number) => ({ fault: 'busy', retryAfterMs }) as const;

describe('the history of a request', () => {
  it('knows what was tried, and that what broke may be asked again', () => {
    const history = new AttemptHistory(retries);
    history.failed('a', broken, 1_000);
    expect([...history.tried]).toEqual(['a']);
    expect([history.hasTried('a'), history.hasTried('b')]).toEqual([true, false]);
    expect(history.readyInMs(1_000)).toBe(0);
    expect(history.attempts).toBe(1);
  });

  it('waits for the backend that is ready first, and keeps away from the others until then', () => {
    const history = new AttemptHistory(retries);
    history.failed('a', busyFor(3_000), 1_000);
    history.failed('b', busyFor(1_000), 1_000);
    expect(history.readyInMs(1_500)).toBe(500);
    expect([...history.notReady(2_000)]).toEqual(['a']);
    expect([history.isReady('a', 2_000), history.isReady('b', 2_000)]).toEqual([false, true]);
    expect([...history.notReady(4_000)]).toEqual([]);
  });

  it.each([
    ['asks to come back later than is waited for', busyFor(10_001)],
    ['does not take the key', { fault: 'endpoints', retryAfterMs: null } as const],
  ])('never goes back to a backend that %s', (_what, failure) => {
    const history = new AttemptHistory(retries);
    history.failed('a', failure, 0);
    expect(history.readyInMs(0)).toBeNull();
    history.failed('b', broken, 0);
    expect(history.readyInMs(0)).toBe(0);
    expect([...history.notReady(1e9)]).toEqual(['a']);
  });

  it('waits as long as is allowed', () => {
    const history = new AttemptHistory(retries);
    history.failed('a', busyFor(10_000), 0);
    expect(history.readyInMs(0)).toBe(10_000);
  });
});
