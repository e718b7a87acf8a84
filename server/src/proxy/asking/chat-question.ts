import { type Principal } from '../../infrastructure/http/principal.js';
import { type RequestRecord } from '../../usage/index.js';
import { type ChatDelta } from './chat-delta.js';
import { type AnswerFailure } from './delta-sink.js';

/** A request for a chat completion that Lumen makes for somebody, without HTTP between. */
export interface ChatQuestion {
  readonly principal: Principal;
  readonly requestId: string;
  /** As `/v1/chat/completions` takes it. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Takes each piece as it comes. Must be quick, and must not throw. */
  readonly take: (delta: ChatDelta) => void;
  /** Aborted when the answer is not wanted any more: the backend is stopped, what came is charged. */
  readonly signal: AbortSignal;
}

/** What came of it, once it is settled. */
export interface AskedAnswer {
  readonly record: Readonly<RequestRecord>;
  /** Null: the answer came to its end, or was not wanted any more. */
  readonly failure: AnswerFailure | null;
}
