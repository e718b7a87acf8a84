import { describe, expect, it } from '@jest/globals';
import { pricesInNanoCoins } from './model-prices.js';

describe('the prices of a model', () => {
  it.each([
    [0, 0n],
    [0.07, 70_000_000n],
    [2.5, 2_500_000_000n],
    [0.000000001, 1n],
    [0.0000000004, 0n],
    [1_000_000, 1_000_000_000_000_000n],
  ])('of %d coins a million are %d nano-coins', (coins, nano) => {
    const prices = pricesInNanoCoins({
      inputCostPerMillion: coins,
      outputCostPerMillion: coins,
      cachedInputCostPerMillion: coins,
      audioCostPerHour: coins,
    });
    expect(prices).toEqual({
      inputPerMillion: nano,
      cachedInputPerMillion: nano,
      outputPerMillion: nano,
      audioPerHour: nano,
    });
  });

  it('let cached input cost what input does where nothing else is said', () => {
    const prices = pricesInNanoCoins({
      inputCostPerMillion: 3,
      outputCostPerMillion: 5,
      cachedInputCostPerMillion: null,
      audioCostPerHour: null,
    });
    expect(prices.cachedInputPerMillion).toBe(3_000_000_000n);
    expect(prices.audioPerHour).toBeNull();
  });
});
