import { AppError } from '../../infrastructure/errors/app-error.js';
import { parseAmount } from '../amount-text.js';
import { type Unit } from '../amounts.js';
import { amountText } from '../amount-text.js';
import { MOST_IN_POOL } from './adjustment-refusals.js';

/**
 * How much to add, or to take if it begins with "-". Nano-coins or tokens, not 0.
 * @throws AppError invalid_request naming the field `amount`
 */
export function readChange(unit: Unit, text: string): bigint {
  const most = MOST_IN_POOL[unit];
  const amount = read(unit, text);
  if (amount === 0n) throw badAmount('The amount is 0, which changes nothing.');
  if (amount > most || amount < -most) {
    throw badAmount(`The amount is at most ${amountText(unit, most)} ${unit}, up or down.`);
  }
  return amount;
}

/** The same for what is given, which is above 0. */
export function readGift(unit: Unit, text: string): bigint {
  const amount = readChange(unit, text);
  if (amount < 0n) throw badAmount('A gift is above 0. Use an adjustment to take something away.');
  return amount;
}

function read(unit: Unit, text: string): bigint {
  try {
    return parseAmount(unit, text);
  } catch (error) {
    throw error instanceof AppError ? badAmount(error.message) : error;
  }
}

function badAmount(problem: string): AppError {
  return new AppError('invalid_request', problem, { details: { fields: { amount: [problem] } } });
}
