import { type Budget, type ChatModel } from '../../core/api/schema';
import { isUsedUp } from '../../core/budgets/budgets';
import { isFree } from '../models/chat-models';

/**
 * The budget that keeps a person from asking a model; null: none does. What costs nothing needs no
 * coins left, but an institution that gives none at all means it. Tokens for one model count
 * instead of those for all.
 */
export function emptyBudgetFor(model: ChatModel, budgets: readonly Budget[]): Budget | null {
  const of = (unit: Budget['unit'], name: string | null) =>
    budgets.find((budget) => budget.unit === unit && budget.model === name);
  const coins = of('coins', null);
  const tokens = of('tokens', model.id) ?? of('tokens', null);
  const isCoinsCounted = coins?.kind === 'blocked' || !isFree(model);
  const relevant = [isCoinsCounted ? coins : undefined, tokens];
  return relevant.find((budget) => budget !== undefined && isUsedUp(budget)) ?? null;
}
