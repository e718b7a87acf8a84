import { type AppError } from '../../infrastructure/errors/app-error.js';
import { type TokenUsage } from '../../usage/index.js';

/** What one event of a stream says to Lumen, beside what it says to the caller. */
export type StreamEvent =
  | { readonly kind: 'plain' }
  /** A report of usage, in the words of OpenAI's chat completions (`prompt_tokens` …). */
  | {
      readonly kind: 'usage';
      readonly usage: unknown;
      /** There is nothing else in it, and it is of the whole answer. */
      readonly isOnly: boolean;
    }
  /** The last event. It waits until the request is settled. `usage`: null where it reports none. */
  | { readonly kind: 'end'; readonly usage: unknown }
  /** The backend failed in the middle of it; what it says of that. */
  | { readonly kind: 'failure'; readonly body: string };

export const PLAIN: StreamEvent = Object.freeze({ kind: 'plain' });

/**
 * How the answers of one API are read while they pass. Texts are decoded as latin1, which costs next
 * to nothing: their lengths are in bytes.
 */
export interface AnswerDialect {
  /** The longest event that is read whole; missing: what is usual. */
  readonly mostEventBytes?: number;
  /** About how many tokens the model wrote in these events, or in this whole answer. */
  count(json: string): number;
  /** Whether one of these events may have to be read by itself. Cheap; may err towards yes. */
  isSpecial(events: string): boolean;
  /** Reads one whole event. */
  read(event: string): StreamEvent;
  /**
   * Whether one of these events says why the model ended: a stream without that and without a last event
   * was cut, however orderly it ended. Cheap. Missing: a stream may end anywhere.
   */
  saysWhy?(events: string): boolean;
  /** The usage of a whole answer, in the words of OpenAI's chat completions; null: none. */
  usageIn(body: Readonly<Record<string, unknown>>): unknown;
  /** The same of an answer, or of the end of a long one, that is not JSON; missing: it says nothing. */
  usageOfText?(text: string): unknown;
  /**
   * For answers that the caller gets in other words: whether one in one piece can be said in them.
   * `body` is null if it is no JSON object. Missing: answers pass as they are, compressed ones, too.
   */
  isReadable?(body: Readonly<Record<string, unknown>> | null): boolean;
  /** Whether a whole answer that is no JSON object is one all the same. Missing: it is none. */
  isText?(text: string, contentType: string): boolean;
  /**
   * Whether a whole answer says that the backend failed, though its status was a success. Missing: it
   * does where there is an `error` in it.
   */
  isFailure?(body: Readonly<Record<string, unknown>>): boolean;
  /**
   * What ends a stream that nothing more could be held for. `event` is one of the same stream;
   * `usage` is null where the caller did not ask for it.
   */
  lengthEnding(event: Buffer, choices: number, usage: TokenUsage | null): Buffer;
  /** What ends a stream that broke off. An end that says so means that the books are closed. */
  failure(error: AppError, isSettled: boolean): string;
}
