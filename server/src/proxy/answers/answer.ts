import { type AppError } from '../../infrastructure/errors/app-error.js';
import { type TokenUsage } from '../../usage/index.js';
import { type ReportedUsage } from './reported-usage.js';
import { type ResponseSink } from './response-sink.js';

/** What an answer was worth, as far as it came. */
export interface AnswerUsage {
  /** The backend's own figures, as far as they can be believed; null: none. */
  readonly reported: ReportedUsage | null;
  /** The report is of the whole answer. */
  readonly isReportFinal: boolean;
  /** Output tokens that Lumen counted. */
  readonly producedTokens: number;
}

/** One answer on its way from a backend to a caller. */
export interface Answer {
  /** Something of it has gone to the caller, so that its status stands. */
  readonly isStarted: boolean;
  /** The backend has said something of it, be it that it failed; that it lives is nothing of it. */
  readonly hasBegun: boolean;
  /** Ended by Lumen, because nothing more could be held. */
  readonly isCutShort: boolean;
  readonly usage: AnswerUsage;
  /** The caller has had whole events of it, so that a comment may follow them. */
  readonly isBetweenEvents: boolean;
  /** Takes what came. False: no more until `AnswerControl.resume`. */
  take(chunk: Buffer): boolean;
  /** No more comes. */
  end(): void;
  /** Writes what was kept back until the request is settled, and ends the caller's answer. */
  release(sink: ResponseSink, settled: SettledAnswer): void;
  /** Ends the caller's answer, which has begun, where the rest of it will not come. */
  breakOff(sink: ResponseSink, error: AppError, isSettled: boolean): void;
}

/** What the caller is told of the settlement. */
export interface SettledAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly usage: TokenUsage;
}

/** What an answer asks of the exchange it is part of. */
export interface AnswerControl {
  /** The exchange has ended, be it without this answer; nothing may be written for it any more. */
  readonly isOver: boolean;
  /** The backend may send again. */
  resume(): void;
  /** All that the caller gets has come. */
  complete(): void;
  fail(error: Error): void;
}

/** How much output may still come. */
export interface OutputAllowance {
  /** Tokens; Infinity where nothing limits them. */
  readonly tokens: number;
  /** Asks for more. Resolves with how much came; null where none can come. */
  more(): Promise<number> | null;
}
