import { nanoCoinsText } from '../infrastructure/amounts/nano-coins.js';
import { AppError } from '../infrastructure/errors/app-error.js';
import { type Unit } from './amounts.js';

const DECIMALS = 9;
const WRITTEN = { coins: /^-?\d{1,10}(\.\d{1,9})?$/, tokens: /^-?\d{1,16}$/ };

/** An amount as REST and people read it: "12.500000001" coins, "1000" tokens. Exact. */
export function amountText(unit: Unit, amount: bigint): string {
  return unit === 'coins' ? nanoCoinsText(amount) : amount.toString();
}

/**
 * What `amountText` wrote, or a person: coins with up to nine decimals, whole tokens.
 * @throws AppError invalid_request for anything else
 */
export function parseAmount(unit: Unit, text: string): bigint {
  if (!WRITTEN[unit].test(text)) throw notAnAmount(unit, text);
  if (unit === 'tokens') return BigInt(text);
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const size = BigInt(whole + fraction.padEnd(DECIMALS, '0'));
  return text.startsWith('-') ? -size : size;
}

function notAnAmount(unit: Unit, text: string): AppError {
  const form = unit === 'coins' ? 'coins such as "12.5", up to nine decimals' : 'tokens, whole';
  return new AppError('invalid_request', `"${text.slice(0, 40)}" is not an amount of ${form}.`);
}
