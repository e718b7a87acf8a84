import { invalid, isObject } from '../requests/json-body.js';
import { type Fields } from './messages-body.js';

export type ReasoningEffort = 'low' | 'medium' | 'high';

/** Up to so many tokens of thinking. */
const LOW_BUDGET = 4_096;
const MEDIUM_BUDGET = 16_384;
const EFFORTS: Readonly<Record<string, ReasoningEffort>> = {
  low: 'low',
  medium: 'medium',
  high: 'high',
  xhigh: 'high',
  max: 'high',
};

/** Whether the caller wants to see the model think. */
export function wantsThinking({ thinking }: Fields): boolean {
  return isObject(thinking) && (thinking['type'] === 'enabled' || thinking['type'] === 'adaptive');
}

/** The tokens that `thinking` may take; null: no number is set. */
export function thinkingBudgetIn({ thinking }: Fields): number | null {
  if (!isObject(thinking) || thinking['type'] !== 'enabled') return null;
  const budget = thinking['budget_tokens'];
  return typeof budget === 'number' ? budget : null;
}

/**
 * `thinking` and `output_config.effort` in the words of chat completions; null: not asked for.
 * @throws AppError invalid_request
 */
export function reasoningEffortOf(values: Fields): ReasoningEffort | null {
  const { thinking, output_config: output } = values;
  if (thinking !== undefined && thinking !== null) assertThinking(thinking);
  const effort = isObject(output) ? output['effort'] : undefined;
  if (typeof effort === 'string' && Object.hasOwn(EFFORTS, effort)) return EFFORTS[effort]!;
  if (!wantsThinking(values)) return null;
  return effortOfBudget(thinkingBudgetIn(values));
}

function effortOfBudget(budget: number | null): ReasoningEffort {
  if (budget === null) return 'medium';
  if (budget <= LOW_BUDGET) return 'low';
  return budget <= MEDIUM_BUDGET ? 'medium' : 'high';
}

function assertThinking(thinking: unknown): void {
  const type = isObject(thinking) ? thinking['type'] : undefined;
  if (type === 'disabled' || type === 'adaptive') return;
  if (type !== 'enabled') {
    throw invalid('thinking.type', '"thinking.type" must be enabled, adaptive or disabled.');
  }
  const budget = (thinking as Fields)['budget_tokens'];
  if (typeof budget === 'number' && Number.isInteger(budget) && budget >= 1) return;
  throw invalid(
    'thinking.budget_tokens',
    '"thinking.budget_tokens" must be a whole number from 1.',
  );
}
