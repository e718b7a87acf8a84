import { describe, expect, it } from '@jest/globals';
import { type ModelPrices } from '../models/index.js';
import { type BilledUsage, costOf, ENDLESS_OUTPUT, mostOutputFor } from './cost.js';

const NANO = 1_000_000_000n;
const PRICES: ModelPrices = {
  inputPerMillion: 5n * NANO,
  cachedInputPerMillion: NANO,
  outputPerMillion: 15n * NANO,
  audioPerHour: null,
};
const FREE = { ...PRICES, inputPerMillion: 0n, cachedInputPerMillion: 0n, outputPerMillion: 0n };
const LEAST = { ...FREE, inputPerMillion: 1n, outputPerMillion: 1n };
const HOURLY = { ...PRICES, audioPerHour: 36n * NANO };

const usage = (promptTokens: number, completionTokens: number, cachedTokens = 0): BilledUsage => ({
  promptTokens,
  completionTokens,
  cachedTokens,
});

describe('costOf', () => {
  it.each<[string, BilledUsage, ModelPrices, bigint]>([
    ['nothing', usage(0, 0), PRICES, 0n],
    ['a million in', usage(1_000_000, 0), PRICES, 5n * NANO],
    ['a million out', usage(0, 1_000_000), PRICES, 15n * NANO],
    ['one in, one out', usage(1, 1), PRICES, 20_000n],
    ['a prompt half cached', usage(1000, 0, 500), PRICES, 3_000_000n],
    ['more cached than there is', usage(1000, 0, 5000), PRICES, 1_000_000n],
    ['less cached than nothing', usage(1000, 0, -5), PRICES, 5_000_000n],
    ['a free model', usage(1e9, 1e9), FREE, 0n],
    ['less than a nano-coin: rounded up', usage(1, 0), LEAST, 1n],
    ['both parts rounded once', usage(1, 1), LEAST, 1n],
    ['just above a nano-coin', usage(1_000_000, 1), LEAST, 2n],
    ['absurd numbers', usage(1e15, 1e15), PRICES, 20_000_000_000_000_000_000n],
    ['numbers below 0', usage(-5, -5, -5), PRICES, 0n],
    ['an hour of audio', { ...usage(100, 100), audioMs: 3_600_000 }, HOURLY, 36n * NANO],
    ['a millisecond of audio', { ...usage(0, 0), audioMs: 1 }, HOURLY, 10_000n],
    ['audio of a model billed by tokens', { ...usage(1, 1), audioMs: 9e6 }, PRICES, 20_000n],
    ['tokens of a model billed by the hour', usage(1, 1), HOURLY, 20_000n],
  ])('of %s', (_name, used, prices, cost) => {
    expect(costOf(used, prices)).toBe(cost);
  });
});

describe('mostOutputFor', () => {
  it.each<[string, bigint, ModelPrices, number, number]>([
    ['exactly one token', 15_000n, PRICES, 0, 1],
    ['not quite one', 14_999n, PRICES, 0, 0],
    ['a prompt and a token', 20_000n, PRICES, 1, 1],
    ['the prompt alone', 5_000n, PRICES, 1, 0],
    ['not even the prompt', 4_999n, PRICES, 1, -1],
    ['nothing there', 0n, PRICES, 0, 0],
    ['free output', 0n, FREE, 1000, ENDLESS_OUTPUT],
    ['ten million coins', 10_000_000n * NANO, PRICES, 0, 666_666_666_666],
    ['a price so low that there is no end', 10n ** 18n, LEAST, 0, ENDLESS_OUTPUT],
  ])('with %s', (_name, coins, prices, prompt, tokens) => {
    expect(mostOutputFor(coins, prices, prompt)).toBe(tokens);
  });
});
