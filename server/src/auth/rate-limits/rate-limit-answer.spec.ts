import { describe, expect, it } from '@jest/globals';
import { limitText, tooMany } from './rate-limit-answer.js';

describe('limitText', () => {
  it.each([
    [30, 60, '30 per minute'],
    [5, 120, '5 per 2 minutes'],
    [1, 1, '1 per second'],
    [10, 90, '10 per 90 seconds'],
    [7, 86_400, '7 per day'],
  ])('of %d in %d s', (limit, windowS, text) => {
    expect(limitText({ limit, windowS })).toBe(text);
  });
});

describe('tooMany', () => {
  it.each([
    [0.2, 1, '12:00:01'],
    [1000, 1, '12:00:01'],
    [1001, 2, '12:00:02'],
    [61_500, 62, '12:01:02'],
  ])('after %d ms: never too early', (freeInMs, retryAfterS, at) => {
    const limit = { limit: 30, windowS: 60 };
    const standing = { isAdmitted: false, limit, remaining: 0, freeInMs };
    const error = tooMany('requests with this API key', standing, new Date('2026-11-21T12:00:00Z'));
    expect(error).toMatchObject({ code: 'rate_limit_exceeded', status: 429, retryAfterS });
    expect(error.message).toContain('30 per minute');
    expect(error.message).toContain(`${at} UTC`);
  });
});
