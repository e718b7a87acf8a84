/** What a pool counts: coins, kept as nano-coins, or tokens. */
export type Unit = 'coins' | 'tokens';

/** Nano-coins in a coin. Money is whole numbers: see docs/decisions/integer-amounts.md. */
export const NANO = 1_000_000_000n;

/** The scope of a pool for every model. */
export const ALL_MODELS = '';

/** Amounts of the configuration (coins, or tokens) as a pool counts them: nano-coins, or tokens. */
export function configuredAmount(unit: Unit, value: number): bigint {
  return unit === 'coins' ? nanoCoins(value) : BigInt(Math.trunc(value));
}

/**
 * Exact for what people write: 100000000.1 has no exact double, but the shortest text that means the
 * double is what was written. What is finer than a nano-coin is dropped.
 */
function nanoCoins(coins: number): bigint {
  const [digits = '0', exponent = '0'] = String(Math.abs(coins)).split('e');
  const [whole = '0', fraction = ''] = digits.split('.');
  const shift = 9 + Number(exponent) - fraction.length;
  const all = BigInt(whole + fraction);
  const amount = shift >= 0 ? all * 10n ** BigInt(shift) : all / 10n ** BigInt(-shift);
  return coins < 0 ? -amount : amount;
}
