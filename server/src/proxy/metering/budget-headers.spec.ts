import { describe, expect, it } from '@jest/globals';
import { type ModelPrices } from '../../models/index.js';
import { balanceHeader, costHeader } from './budget-headers.js';

const NANO = 1_000_000_000n;
/** A thousandth of a coin for a token of output. */
const PRICES: ModelPrices = {
  inputPerMillion: 1n,
  cachedInputPerMillion: 1n,
  outputPerMillion: 1_000n * NANO,
  audioPerHour: null,
};
const FREE: ModelPrices = { ...PRICES, outputPerMillion: 0n };

describe('costHeader', () => {
  it.each([
    [0n, '0'],
    [1n, '0.000000001'],
    [12_500_000_001n, '12.500000001'],
    [2n ** 62n, '4611686018.427387904'],
  ])('says %d nano-coins in coins, exactly', (cost, text) => {
    expect(costHeader(cost)).toEqual({ 'x-lumen-cost': text });
  });

  it('says nothing where nothing was charged', () => {
    expect(costHeader(null)).toEqual({});
  });
});

describe('balanceHeader', () => {
  it.each([
    ['coins alone', { coins: 2n * NANO, tokens: null }, PRICES, '2 coins'],
    ['tokens alone', { coins: null, tokens: 1_000n }, PRICES, '1000 tokens'],
    ['coins that pay for fewer tokens', { coins: NANO, tokens: 1_001n }, PRICES, '1 coins'],
    ['tokens that are fewer', { coins: NANO, tokens: 999n }, PRICES, '999 tokens'],
    ['tokens where both pay for as many', { coins: NANO, tokens: 1_000n }, PRICES, '1000 tokens'],
    ['tokens where output costs nothing', { coins: 1n, tokens: 5n }, FREE, '5 tokens'],
    ['coins where output costs nothing', { coins: 1n, tokens: null }, FREE, '0.000000001 coins'],
    ['nothing below 0', { coins: -5n, tokens: null }, PRICES, '0 coins'],
  ])('names %s', (_what, available, prices, text) => {
    expect(balanceHeader(available, prices)).toEqual({ 'x-lumen-balance': text });
  });

  it('says nothing where nothing is limited', () => {
    expect(balanceHeader({ coins: null, tokens: null }, PRICES)).toEqual({});
  });
});
