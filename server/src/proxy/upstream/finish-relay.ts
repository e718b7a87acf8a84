import { type AppError } from '../../infrastructure/errors/app-error.js';
import { type Answer, type SettledAnswer } from '../answers/answer.js';
import { type ResponseSink } from '../answers/response-sink.js';
import { type MeteredRequest } from '../metering/metered-request.js';

/** What came of a request once something has gone to its caller, or nobody is there to get it. */
export type ServedOutcome =
  /** All that the caller gets is there; its end is left to whoever asked. */
  | { readonly kind: 'completed'; readonly answer: Answer }
  /** The answer had begun, and its rest will not come. */
  | { readonly kind: 'broken'; readonly answer: Answer; readonly error: AppError }
  /** The caller left; null if before a backend answered. */
  | { readonly kind: 'cancelled'; readonly answer: Answer | null };

/** The last thing that happens to a sink, once the request is settled. */
export type Ending = (sink: ResponseSink, settled: SettledAnswer) => void;

/**
 * Turns what came of a request into what the record keeps, what is charged and how the caller's answer
 * ends. The ending is the caller's to run, after the request is settled.
 */
export function finishRelay(outcome: ServedOutcome, metered: MeteredRequest): Ending {
  const { answer } = outcome;
  switch (outcome.kind) {
    case 'completed':
      metered.record.completed();
      metered.useWhole(outcome.answer);
      return (sink, settled) => outcome.answer.release(sink, settled);
    case 'cancelled':
      metered.record.cancelled();
      if (answer) metered.usePart(answer);
      return () => undefined;
    case 'broken':
      metered.record.brokeOff(outcome.error);
      metered.usePart(outcome.answer);
      return (sink) => outcome.answer.breakOff(sink, outcome.error, true);
  }
}
