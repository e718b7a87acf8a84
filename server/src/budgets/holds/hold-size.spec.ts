import { describe, expect, it } from '@jest/globals';
import { sizeOf } from './hold-size.js';

const NANO = 1_000_000_000n;
const PRICES = {
  inputPerMillion: 1_000_000n * NANO,
  cachedInputPerMillion: 1_000_000n * NANO,
  outputPerMillion: 1_000_000n * NANO,
  audioPerHour: null,
};
const HOURLY = { ...PRICES, audioPerHour: 36n * NANO };
const BILL = { coinPoolId: 'c', tokenPoolId: 't', promptTokens: 10, prices: PRICES };

describe('the size of a hold', () => {
  it.each([
    ['tokens alone', BILL, 15n * NANO],
    ['audio by the hour, whatever its tokens', { ...BILL, prices: HOURLY, audioMs: 100_000 }, NANO],
    ['audio of a model billed by tokens', { ...BILL, audioMs: 100_000 }, 15n * NANO],
    ['audio that is held for already', { ...BILL, prices: HOURLY, audioMs: 0 }, 0n],
    ['no coins that limit anybody', { ...BILL, coinPoolId: null, audioMs: 100_000 }, 0n],
  ])('is of %s', (_case, bill, coins) => {
    expect(sizeOf(bill, 5)).toEqual({ outputTokens: 5, coins, tokens: 15n });
  });
});
