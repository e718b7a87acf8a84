import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseRateLimit } from './rate-limit.js';

describe('parseRateLimit', () => {
  it.each([
    ['30 per minute', [[30, 60]]],
    ['30/minute', [[30, 60]]],
    ['1 PER Second', [[1, 1]]],
    ['5 per 2 minutes', [[5, 120]]],
    ['1000 per day', [[1000, 86_400]]],
    [
      '100 per hour; 10 per second',
      [
        [100, 3600],
        [10, 1],
      ],
    ],
  ])('understands %j', (text, expected) => {
    expect(parseRateLimit(text)?.map(({ limit, windowS }) => [limit, windowS])).toEqual(expected);
  });

  it.each([
    '',
    'often',
    '30',
    '0 per minute',
    '-1 per minute',
    '3 per 0 hours',
    '3 per week',
    '3 per minute;',
    '1.5/hour',
  ])('refuses %j', (text) => {
    expect(parseRateLimit(text)).toBeNull();
  });

  it('answers positive whole numbers or nothing for any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^\d{1,3} ?(per|\/) ?\d? ?(second|hour)s?;?$/)),
        (text) => {
          for (const { limit, windowS } of parseRateLimit(text) ?? []) {
            expect(Number.isInteger(limit) && limit > 0).toBe(true);
            expect(Number.isInteger(windowS) && windowS > 0).toBe(true);
          }
        },
      ),
    );
  });
});
