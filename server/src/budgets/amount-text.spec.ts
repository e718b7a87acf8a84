import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { amountText, parseAmount } from './amount-text.js';
import { configuredAmount, type Unit } from './amounts.js';

const WRITTEN: [Unit, bigint, string][] = [
  ['coins', 0n, '0'],
  ['coins', 1n, '0.000000001'],
  ['coins', 12_500_000_001n, '12.500000001'],
  ['coins', 500_000_000n, '0.5'],
  ['coins', -1_500_000_000n, '-1.5'],
  ['coins', -1n, '-0.000000001'],
  ['coins', 10_000_000_000_000_000n, '10000000'],
  ['coins', 1_000_000_000_000_000_000n, '1000000000'],
  ['coins', 999_999_999_999_999_999n, '999999999.999999999'],
  ['tokens', 0n, '0'],
  ['tokens', 1_000_000_000_000_000n, '1000000000000000'],
  ['tokens', -7n, '-7'],
];

describe('amountText and parseAmount', () => {
  it.each(WRITTEN)('write and read %s %s as %s', (unit, amount, text) => {
    expect(amountText(unit, amount)).toBe(text);
    expect(parseAmount(unit, text)).toBe(amount);
  });

  it('agree on every amount there can be', () => {
    const amounts = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(parseAmount('coins', amountText('coins', amount))).toBe(amount);
        const tokens = amount / 1000n;
        expect(parseAmount('tokens', amountText('tokens', tokens))).toBe(tokens);
      }),
    );
  });

  it.each([
    ['coins', '', 'nothing'],
    ['coins', '1.0000000001', 'ten decimals'],
    ['coins', '1e3', 'an exponent'],
    ['coins', '.5', 'no whole part'],
    ['coins', '1,5', 'a comma'],
    ['coins', ' 1', 'a space'],
    ['coins', '12345678901', 'too many coins'],
    ['coins', 'NaN', 'no number'],
    ['tokens', '1.5', 'half a token'],
    ['tokens', '12345678901234567', 'too many tokens'],
  ] as [Unit, string, string][])('refuse %s "%s": %s', (unit, text) => {
    expect(() => parseAmount(unit, text)).toThrow(/is not an amount of/);
  });
});

describe('configuredAmount', () => {
  it.each<[Unit, number, bigint]>([
    ['coins', 0, 0n],
    ['coins', 0.07, 70_000_000n],
    ['coins', 0.1 + 0.2, 300_000_000n],
    ['coins', 1e-9, 1n],
    ['coins', 1.5e-7, 150n],
    ['coins', 1e-10, 0n],
    ['coins', 20, 20_000_000_000n],
    ['coins', 100_000_000.1, 100_000_000_100_000_000n],
    ['coins', 10_000_000, 10_000_000_000_000_000n],
    ['coins', 1e9, 1_000_000_000_000_000_000n],
    ['coins', 999_999_999.5, 999_999_999_500_000_000n],
    ['tokens', 1e15, 1_000_000_000_000_000n],
    ['tokens', 7, 7n],
  ])('makes %s %s of the configuration %s', (unit, value, amount) => {
    expect(configuredAmount(unit, value)).toBe(amount);
  });

  it('means what was written, for every number of coins with few enough digits', () => {
    const written = fc.tuple(fc.nat(999_999_999), fc.nat(999_999));
    fc.assert(
      fc.property(written, ([whole, fraction]) => {
        const text = `${whole}.${fraction.toString().padStart(6, '0')}`;
        expect(configuredAmount('coins', Number(text))).toBe(parseAmount('coins', text));
      }),
    );
  });
});
