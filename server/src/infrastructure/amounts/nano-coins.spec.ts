import { describe, expect, it } from '@jest/globals';
import { nanoCoinsText } from './nano-coins.js';

describe('nano-coins as text', () => {
  it.each([
    [0n, '0'],
    [1n, '0.000000001'],
    [12_500_000_001n, '12.500000001'],
    [-500_000_000n, '-0.5'],
    [10_000_000_000_000_000n, '10000000'],
    [9_007_199_254_740_993n, '9007199.254740993'],
  ])('writes %s as %s', (amount, text) => {
    expect(nanoCoinsText(amount)).toBe(text);
  });
});
