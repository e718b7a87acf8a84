import { describe, expect, it } from '@jest/globals';
import { attemptsToJson } from './attempts-json.js';

const attempt = (endpoint: string, ms = 1) => ({
  endpoint,
  status: 503,
  code: 'upstream_overloaded',
  ms,
});

describe('attempts in the log', () => {
  it('are kept as they were', () => {
    const attempts = [attempt('http://a/v1'), { ...attempt('http://b/v1'), status: null }];
    expect(JSON.parse(attemptsToJson(attempts))).toEqual(attempts);
  });

  it.each([
    ['very many', Array.from({ length: 11 }, (_, ms) => attempt('http://a/v1', ms)), 10],
    ['long addresses', Array.from({ length: 10 }, () => attempt('x'.repeat(2_000))), 10],
    ['what grows when written', Array.from({ length: 10 }, () => attempt('"'.repeat(2_000))), 6],
  ])('are bounded: %s', (_what, attempts, kept) => {
    const json = attemptsToJson(attempts);
    expect(json.length).toBeLessThanOrEqual(4_000);
    const read = JSON.parse(json) as { ms: number }[];
    expect(read).toHaveLength(kept);
    expect(read.at(-1)!.ms).toBe(attempts.at(-1)!.ms);
  });
});
