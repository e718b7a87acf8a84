const NANO = 1_000_000_000n;
const DECIMALS = 9;

/** Nano-coins as decimal coins, exactly: 12_500_000_001n is "12.500000001". */
export function nanoCoinsText(amount: bigint): string {
  const size = amount < 0n ? -amount : amount;
  const fraction = (size % NANO).toString().padStart(DECIMALS, '0').replace(/0+$/, '');
  return `${amount < 0n ? '-' : ''}${size / NANO}${fraction && `.${fraction}`}`;
}
