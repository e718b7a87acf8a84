import { AppError } from '../infrastructure/errors/app-error.js';
import { openAiEnvelope } from '../infrastructure/errors/error-envelope.js';
import { type RelayOutcome } from './relay.js';
import { type RequestRecorder } from './request-recorder.service.js';
import { type ResponseSink } from './response-sink.js';
import { failedUpstream, refusedByUpstream } from './upstream-errors.js';

const DONE = 'data: [DONE]\n\n';

/** The last thing that happens to a sink. */
export type Ending = (sink: ResponseSink) => void;

const complete: Ending = (sink) => sink.end();
const cut: Ending = (sink) => sink.cut();
const nothing: Ending = () => undefined;

/**
 * Turns what came of a relay into what the record keeps and how the caller's answer ends. The ending
 * is the caller's to run, after the record is closed.
 * @throws AppError when nothing has gone to the caller yet, so that the answer can be a proper error
 */
export function finishRelay(outcome: RelayOutcome, model: string, record: RequestRecorder): Ending {
  switch (outcome.kind) {
    case 'completed':
      record.completed(outcome.usage);
      return complete;
    case 'cancelled':
      record.cancelled(outcome.usage);
      return nothing;
    case 'refused': {
      const { status, headers, body } = outcome;
      throw refusedByUpstream(model, status, headers['retry-after'], body);
    }
    case 'failed':
      return finishFailed(outcome, model, record);
  }
}

function finishFailed(
  outcome: Extract<RelayOutcome, { kind: 'failed' }>,
  model: string,
  record: RequestRecorder,
): Ending {
  const error =
    outcome.error instanceof AppError ? outcome.error : failedUpstream(model, outcome.error);
  if (!outcome.isStarted) throw error;
  record.brokeOff(error, outcome.usage);
  return outcome.isEventStream ? endWithErrorEvent(error) : cut;
}

function endWithErrorEvent(error: AppError): Ending {
  return (sink) => {
    sink.write(Buffer.from(`data: ${JSON.stringify(openAiEnvelope(error))}\n\n${DONE}`));
    sink.end();
  };
}
