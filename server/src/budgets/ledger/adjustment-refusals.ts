import { AppError } from '../../infrastructure/errors/app-error.js';
import { amountText } from '../amount-text.js';
import { NANO, type Unit } from '../amounts.js';
import { type OwnedPool } from '../pools/pool-search.repository.js';

/** The most that anybody may bring a pool to by hand; what the configuration may give, too. */
export const MOST_IN_POOL: Readonly<Record<Unit, bigint>> = {
  coins: 1_000_000_000n * NANO,
  tokens: 1_000_000_000_000_000n,
};

/** Why a pool cannot be changed by this much, with the facts. */
export function refusedChange(pool: OwnedPool, change: bigint): AppError {
  const { unit, balance, held } = pool;
  const text = (amount: bigint) => amountText(unit, amount);
  const details = { unit, balance: text(balance), held: text(held), change: text(change) };
  if (change > 0n) {
    const most = text(MOST_IN_POOL[unit]);
    return new AppError(
      'conflict',
      `The balance is ${text(balance)} ${unit}; with ${text(change)} more it would be above ${most}, the most a pool can have.`,
      { details: { ...details, most } },
    );
  }
  const most = balance > held ? balance - held : 0n;
  return new AppError(
    'conflict',
    `The balance is ${text(balance)} ${unit}, of which open requests hold ${text(held)}: at most ${text(most)} can be taken away now.`,
    { details: { ...details, takeable: text(most) } },
  );
}
