import { addCoins, coinsBetween, coinsText } from './coins';

describe('coins', () => {
  it.each([
    ['0.1', '0.2', '0.3'],
    ['0.000000001', '0.000000002', '0.000000003'],
    ['999999', '0.5', '999999.5'],
    [null, '2', '2'],
  ])('adds %s and %s without losing a nano-coin', (a, b, sum) => {
    expect(addCoins(a, b)).toBe(sum);
    expect(coinsBetween(a, sum)).toBe(b);
  });

  it.each([
    ['0', '0'],
    ['0.00612345', '0.0061'],
    ['12.3456', '12.35'],
    ['1234', '1,234'],
  ])('shows %s as %s', (coins, text) => {
    expect(coinsText(coins, 'en')).toBe(text);
  });
});
