import { type ChatModel } from '../../core/api/schema';

/** What an answer has on average, where nothing limits it. */
export const USUAL_ANSWER_TOKENS = 500;
/** Less of what is left is not worth a line. */
const WORTH_SAYING = 0.01;
/** From here on each question carries more history than anything else. */
const LONG_HISTORY_TOKENS = 8_000;
/** From here on the model may soon forget how it began. */
const NEARLY_FULL = 0.9;

export interface Reckoning {
  /** The history, the question and all that goes with it. */
  inputTokens: number;
  /** A limit of the answer; null: none is set. */
  maxOutputTokens: number | null;
}

/** About what a question costs when each of these models answers it; coins. */
export function estimateCost(models: readonly ChatModel[], reckoning: Reckoning): number {
  const { inputTokens, maxOutputTokens } = reckoning;
  return models.reduce((sum, model) => {
    const limits = [maxOutputTokens, model.maxOutputTokens].filter((limit) => limit !== null);
    const outputTokens = Math.min(USUAL_ANSWER_TOKENS, ...limits);
    const { inputCostPerMillion: input, outputCostPerMillion: output } = model;
    return sum + (inputTokens * input + outputTokens * output) / 1e6;
  }, 0);
}

/** Whether an amount is more than a hundredth of what is left; null: there is no limit. */
export function isWorthSaying(cost: number, available: number | null): boolean {
  return available !== null && cost > 0 && cost > available * WORTH_SAYING;
}

/** What is to be said of a history: that it is dear, that it is nearly too long, or nothing. */
export function historyWarning(
  models: readonly ChatModel[],
  contextTokens: number,
  available: number | null,
): 'cost' | 'full' | null {
  const isFull = models.some(
    ({ contextWindow }) => contextWindow !== null && contextTokens > contextWindow * NEARLY_FULL,
  );
  if (isFull) return 'full';
  if (contextTokens < LONG_HISTORY_TOKENS) return null;
  const cost = estimateCost(models, { inputTokens: contextTokens, maxOutputTokens: 0 });
  return isWorthSaying(cost, available) ? 'cost' : null;
}

/** How much of the smallest memory among the models is used, in whole percent; null: unknown. */
export function contextPercent(models: readonly ChatModel[], contextTokens: number | null) {
  const windows = models.flatMap(({ contextWindow }) => contextWindow ?? []);
  const smallest = Math.min(...windows);
  if (contextTokens === null || windows.length === 0 || smallest <= 0) return null;
  return Math.max(1, Math.round((100 * contextTokens) / smallest));
}
