import { type ModelRouting } from '../../models/index.js';

/**
 * Whose fault a failed attempt is, as far as trying again goes. `callers`: the request is wrong, and
 * would be anywhere. `endpoints`: wrong at this endpoint until somebody mends it, such as its key.
 * `busy`: the backend asks to come back later. `broken`: it failed, and may not the next time. `over`:
 * no time is left, or Lumen itself stops.
 */
export type FaultKind = 'callers' | 'endpoints' | 'busy' | 'broken' | 'over';

/** One failed attempt of which nothing has gone to the caller, and what could come after it. */
export interface RetrySituation {
  readonly fault: FaultKind;
  /** Attempts made so far, this one included. */
  readonly attempts: number;
  readonly retries: Pick<ModelRouting['retries'], 'attempts' | 'backoffMs'>;
  /** An endpoint is left that works, as far as is known, and was not tried. */
  readonly hasUntried: boolean;
  /** Until one of the tried endpoints may be asked again; null: none may. */
  readonly readyInMs: number | null;
  /** What is left of the request's time. */
  readonly leftMs: number;
}

export type RetryDecision =
  /** Another endpoint, at once. */
  | { readonly kind: 'fail_over' }
  /** One that was tried already, after a while. */
  | { readonly kind: 'repeat'; readonly afterMs: number }
  | { readonly kind: 'give_up'; readonly canFallBack: boolean };

const FAIL_OVER: RetryDecision = Object.freeze({ kind: 'fail_over' });
const END: RetryDecision = Object.freeze({ kind: 'give_up', canFallBack: false });
/** Of this model; another may serve instead. */
const END_HERE: RetryDecision = Object.freeze({ kind: 'give_up', canFallBack: true });

/** What is done after a failed attempt. The n-th repetition waits n times the back-off. */
export function decideRetry(situation: RetrySituation): RetryDecision {
  const { fault, attempts, retries, hasUntried, readyInMs, leftMs } = situation;
  if (fault === 'callers' || fault === 'over') return END;
  if (attempts > retries.attempts) return END_HERE;
  if (hasUntried) return FAIL_OVER;
  if (readyInMs === null) return END_HERE;
  const afterMs = Math.max(readyInMs, attempts * retries.backoffMs);
  return afterMs < leftMs ? { kind: 'repeat', afterMs } : END_HERE;
}
