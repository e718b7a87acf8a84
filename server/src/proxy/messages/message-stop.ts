import { type Fields } from './messages-body.js';
import { type MessageStop } from './message-events.js';

/** What is known when the answer of a chat completion ends. */
export interface ChatEnd {
  /** The choice, or the last chunk of it. */
  readonly choice: Fields;
  readonly hasToolCalls: boolean;
  readonly isRefused: boolean;
  /** Those that the caller asked for. */
  readonly stopSequences: readonly string[];
}

/** Why an answer ended, in Anthropic's words. Some backends say at which text they stopped. */
export function messageStopOf(end: ChatEnd): MessageStop {
  const { choice, hasToolCalls, isRefused, stopSequences } = end;
  const { finish_reason: finish, stop_reason: stoppedAt } = choice;
  const stop = (reason: MessageStop['reason']) => ({ reason, sequence: null });
  if (finish === 'length') return stop('max_tokens');
  if (finish === 'content_filter' || isRefused) return stop('refusal');
  if (hasToolCalls) return stop('tool_use');
  if (typeof stoppedAt === 'string' && stopSequences.includes(stoppedAt)) {
    return { reason: 'stop_sequence', sequence: stoppedAt };
  }
  return stop('end_turn');
}
