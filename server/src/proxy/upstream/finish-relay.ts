import { AppError } from '../../infrastructure/errors/app-error.js';
import { type SettledAnswer } from '../answers/answer.js';
import { type MeteredRequest } from '../metering/metered-request.js';
import { type RelayOutcome } from './relay.js';
import { type ResponseSink } from '../answers/response-sink.js';
import { failedUpstream, refusedByUpstream } from './upstream-errors.js';

/** The last thing that happens to a sink, once the request is settled. */
export type Ending = (sink: ResponseSink, settled: SettledAnswer) => void;

/**
 * Turns what came of a relay into what the record keeps, what is charged and how the caller's answer
 * ends. The ending is the caller's to run, after the request is settled.
 * @throws AppError when nothing has gone to the caller yet, so that the answer can be a proper error
 */
export function finishRelay(outcome: RelayOutcome, metered: MeteredRequest): Ending {
  switch (outcome.kind) {
    case 'completed': {
      const { answer } = outcome;
      metered.record.completed();
      metered.useWhole(answer);
      return (sink, settled) => answer.release(sink, settled);
    }
    case 'cancelled':
      metered.record.cancelled();
      if (outcome.answer) metered.usePart(outcome.answer);
      return () => undefined;
    case 'refused': {
      const { status, headers, body } = outcome;
      const refusal = { status, retryAfter: headers['retry-after'], body };
      throw refusedByUpstream(metered.backend, refusal);
    }
    case 'failed':
      return finishFailed(outcome, metered);
  }
}

function finishFailed(
  { error: thrown, answer }: Extract<RelayOutcome, { kind: 'failed' }>,
  metered: MeteredRequest,
): Ending {
  const error = thrown instanceof AppError ? thrown : failedUpstream(metered.backend, thrown);
  if (!answer?.isStarted) throw error;
  metered.record.brokeOff(error);
  metered.usePart(answer);
  return (sink) => answer.breakOff(sink, error, true);
}
