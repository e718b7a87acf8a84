import { amountText, type Available } from '../../budgets/index.js';
import { type ModelPrices } from '../../models/index.js';

const MILLION = 1_000_000n;

/** What a request cost, in coins. */
export function costHeader(nanoCoins: bigint | null): Record<string, string> {
  return nanoCoins === null ? {} : { 'x-lumen-cost': amountText('coins', nanoCoins) };
}

/** What the pool has left that will be empty first, if more is asked of this model. */
export function balanceHeader(available: Available, prices: ModelPrices): Record<string, string> {
  const { coins, tokens } = available;
  const isCoins = coins !== null && (tokens === null || isTighter(coins, tokens, prices));
  const amount = isCoins ? coins : tokens;
  if (amount === null) return {};
  const unit = isCoins ? 'coins' : 'tokens';
  return { 'x-lumen-balance': `${amountText(unit, amount < 0n ? 0n : amount)} ${unit}` };
}

/** Compared by what both still pay of the model's output. */
function isTighter(coins: bigint, tokens: bigint, { outputPerMillion }: ModelPrices): boolean {
  return outputPerMillion > 0n && coins * MILLION < tokens * outputPerMillion;
}
