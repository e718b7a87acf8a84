import { type AnswerFailure } from '../../proxy/index.js';
import { type Message } from '../messages/message.entity.js';
import { type AnswerDraft } from './answer-draft.js';
import { type TextPiece } from './followed-text.js';

const LONGEST_MESSAGE = 1000;

/** How an answer ended, as its message says it. */
export type AnswerOutcome = Pick<Message, 'state' | 'errorCode' | 'errorMessage'> &
  Partial<Pick<Message, 'finishReason'>>;

/** The code of answers that broke off because Lumen ended; they go on when somebody follows them. */
export const LOST_CODE = 'replica_lost';

/** What stands as the reason of its end while an answer goes on that broke off because Lumen ended. */
export const RESUMED = 'resumed';

/** What an answer says whose process ended; that it had gone on once before stays as it stands. */
export const LOST: AnswerOutcome = {
  state: 'interrupted',
  errorCode: LOST_CODE,
  errorMessage: 'Lumen was restarted while this answer was written.',
};

/** What an answer says that a person ended. */
export const STOPPED: AnswerOutcome = {
  state: 'stopped',
  finishReason: null,
  errorCode: null,
  errorMessage: null,
};

const EMPTY: AnswerFailure = {
  code: 'upstream_error',
  message: 'The model ended without an answer. Ask again, or choose another model.',
};

/** What came of an answer that its model, or somebody, has ended. */
export function outcomeOf(
  draft: Pick<AnswerDraft, 'stopReason' | 'finishReason'>,
  failure: AnswerFailure | null,
  { content, reasoning }: TextPiece,
): AnswerOutcome {
  const { stopReason, finishReason } = draft;
  if (stopReason === 'too_long') return complete('length');
  if (stopReason === 'restart' || failure?.code === 'shutting_down') return LOST;
  if (stopReason !== null) return STOPPED;
  const isEmpty = content === '' && reasoning === '';
  if (failure) return broken(isEmpty ? 'failed' : 'interrupted', failure);
  return isEmpty ? broken('failed', EMPTY) : complete(finishReason);
}

function complete(finishReason: string | null): AnswerOutcome {
  return {
    state: 'complete',
    finishReason: finishReason?.slice(0, 32) ?? null,
    errorCode: null,
    errorMessage: null,
  };
}

function broken(state: 'failed' | 'interrupted', { code, message }: AnswerFailure): AnswerOutcome {
  const errorMessage = message.slice(0, LONGEST_MESSAGE).toWellFormed();
  return { state, finishReason: null, errorCode: code, errorMessage };
}

/** Broke off because Lumen ended, and goes on by itself; but once, lest it be what ends Lumen. */
export function isToGoOn({
  state,
  errorCode,
  finishReason,
}: Pick<Message, 'state' | 'errorCode' | 'finishReason'>): boolean {
  return state === 'interrupted' && errorCode === LOST_CODE && finishReason !== RESUMED;
}
