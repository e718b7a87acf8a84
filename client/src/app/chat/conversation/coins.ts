export { coinsText } from '../../ui/amount-text';

const DECIMALS = 9;

/** Sum of two amounts in coins as decimal texts, to the nano-coin; floats would drift. */
export function addCoins(a: string | null, b: string | null): string {
  return fromNano(toNano(a) + toNano(b));
}

/** What the second is more than the first. */
export function coinsBetween(before: string | null, after: string | null): string {
  return fromNano(toNano(after) - toNano(before));
}

function toNano(coins: string | null): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,9}))?\d*$/.exec(coins ?? '0');
  if (match === null) return 0n;
  const [, sign, whole = '0', fraction = ''] = match;
  const nano = BigInt(whole + fraction.padEnd(DECIMALS, '0'));
  return sign === '-' ? -nano : nano;
}

function fromNano(nano: bigint): string {
  const digits = (nano < 0n ? -nano : nano).toString().padStart(DECIMALS + 1, '0');
  const whole = digits.slice(0, -DECIMALS);
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, '');
  return `${nano < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
