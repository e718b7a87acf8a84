import { type IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { type Dispatcher } from 'undici';
import { type ClockService } from '../../infrastructure/clock/clock.service.js';
import { type EndpointTurn } from '../../models/index.js';
import { type AnswerDialect } from '../answers/answer-dialect.js';
import { type Answer, type AnswerControl } from '../answers/answer.js';
import { type ResponseSink } from '../answers/response-sink.js';
import { StreamedAnswer, type StreamTerms } from '../answers/streamed-answer.js';
import { OversizedAnswerError } from '../answers/unreadable-answer.js';
import { WholeAnswer } from '../answers/whole-answer.js';
import { type AnswerHead, answerHead, beginsEvents, EVENT_STREAM } from './answer-head.js';
import { type AnswerWatch, type TimeLimitError } from './answer-watch.js';
import { KeptRefusal, type RefusedOutcome } from './kept-refusal.js';
import {
  type LingeringAnswer,
  type LingeringAnswers,
  type LingeringPlace,
} from './lingering-answers.js';

const MOST_BYTES_AFTER_END = 64 * 1024;

/** What came of asking one endpoint. */
export type RelayOutcome =
  /** All that the caller gets is there; its end is left to whoever asked. */
  | { kind: 'completed'; answer: Answer }
  /** The backend answered with an error; nothing has gone to the caller. */
  | RefusedOutcome
  /** The backend failed; null if before it answered. */
  | { kind: 'failed'; error: Error; answer: Answer | null }
  /** The caller left; the backend was told to stop. */
  | { kind: 'cancelled'; answer: Answer | null };

/** What a relay must know of the request that is answered. */
export interface RelayTerms extends StreamTerms {
  /** The caller asked for a stream. */
  readonly isStream: boolean;
  /** Headers that Lumen adds to a stream. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface RelayParts {
  /** Where the answer goes, in the words of the backend. */
  readonly sink: ResponseSink;
  readonly terms: RelayTerms;
  readonly dialect: AnswerDialect;
  readonly turn: Pick<EndpointTurn, 'answered'>;
  readonly watch: AnswerWatch;
  readonly clock: ClockService;
  /** Of an answer in one piece, and of one event of a stream. */
  readonly mostBytes: number;
  readonly lingering: LingeringAnswers;
  /** What is sent; nobody else reads it. */
  readonly body: Buffer | Readable;
}

class CallerGone extends Error {}
class AnswerOver extends Error {}

/**
 * Passes one backend's answer to one caller, at the caller's speed, and knows at any moment what it
 * was worth so far. Until its first event, or all of an answer in one piece, has come, nothing goes to
 * the caller. When the caller leaves, the backend is cut off at once.
 */
export class Relay implements Dispatcher.DispatchHandler, AnswerControl, LingeringAnswer {
  /** Settles once, never rejects. */
  readonly outcome: Promise<RelayOutcome>;
  /**
   * Milliseconds of the monotonic clock when the first byte of the answer arrived; of a stream, when the
   * first event was there that is no comment.
   */
  firstByteAtMs: number | null = null;
  /** Null until the backend has begun to answer. */
  answer: Answer | null = null;
  isOver = false;

  private readonly settle: (outcome: RelayOutcome) => void;
  private controller: Dispatcher.DispatchController | null = null;
  private refusal: KeptRefusal | null = null;
  /** Why the backend is to stop. */
  private stop: Error | null = null;
  private bytesAfterEnd = 0;
  private head: AnswerHead | null = null;
  private hasEnded = false;
  private lingers: LingeringPlace | null = null;

  constructor(private readonly parts: RelayParts) {
    const { promise, resolve } = Promise.withResolvers<RelayOutcome>();
    this.outcome = promise;
    this.settle = resolve;
  }

  get sink(): ResponseSink {
    return this.parts.sink;
  }

  /** The caller has got whole events of a stream that goes on. */
  get isBetweenEvents(): boolean {
    return !this.isOver && this.answer !== null && this.answer.isBetweenEvents;
  }

  /** The caller has left. */
  leave(): void {
    this.end({ kind: 'cancelled', answer: this.answer }, new CallerGone());
  }

  /** Stops the backend and whatever is under way; for shutdown, when the time to finish is over. */
  abort(reason: Error): void {
    this.fail(reason);
  }

  /** Looked at now and then: whether the answer takes longer than is allowed. */
  look(nowMs: number): void {
    if (this.isOver) return;
    const expired = this.parts.watch.look(nowMs, this.controller?.paused ?? false);
    if (expired) this.expire(expired);
  }

  resume(): void {
    this.controller?.resume();
  }

  complete(): void {
    const answer = this.answer!;
    if (!this.isOver && !this.hasEnded) this.lingers = this.parts.lingering.add(this);
    this.end({ kind: 'completed', answer }, answer.isCutShort ? new AnswerOver() : null);
  }

  cutOff(): void {
    this.controller?.abort(new AnswerOver());
  }

  fail(error: Error): void {
    this.end({ kind: 'failed', error, answer: this.answer }, error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.stop) controller.abort(this.stop);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (status < 200) return;
    if (status === 200) {
      this.parts.sink.onDrain(() => controller.resume());
      this.begin(answerHead(headers));
      return;
    }
    this.refusal = new KeptRefusal(status, headers);
    this.arrived();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.isOver) this.overlook(chunk);
    else if (this.refusal) this.keep(this.refusal, chunk);
    else if (!this.pass(chunk)) controller.pause();
  }

  onResponseEnd(): void {
    this.gone();
    if (this.refusal) this.end(this.refusal.outcome, null);
    else this.answer?.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.gone();
    this.end({ kind: 'failed', error, answer: this.answer }, null);
  }

  /**
   * Comments in front of an answer show that somebody lives, perhaps a proxy before a backend that hangs,
   * so that the wait for the first event goes on; once there is one, they are as good as any event.
   */
  private pass(chunk: Buffer): boolean {
    const answer = this.answerTo(chunk);
    if (!answer) return false;
    const hasRoom = answer.take(chunk);
    if (answer.hasBegun) {
      if (this.firstByteAtMs === null) this.arrived();
      this.parts.watch.hasMoved = true;
    }
    return hasRoom;
  }

  private gone(): void {
    this.hasEnded = true;
    if (this.lingers) this.parts.lingering.forget(this.lingers);
  }

  private begin(head: AnswerHead): void {
    const { mostBytes } = this.parts;
    this.head = head;
    if (head.isStream) this.answer = this.streamed(head);
    else if (head.length > mostBytes) this.fail(new OversizedAnswerError(mostBytes));
    else this.answer = this.inOnePiece(head);
  }

  /**
   * The first bytes may show that the answer is not what its headers say: events for one who asked for
   * events, under another name, or called compressed.
   */
  private answerTo(chunk: Buffer): Answer | null {
    const { head } = this;
    this.head = null;
    const isPlain = head?.isStream && head.encoding === undefined;
    const canBeEvents = head !== null && !isPlain && (head.isStream || this.parts.terms.isStream);
    if (canBeEvents && beginsEvents(chunk)) {
      this.answer = this.streamed({ ...head, contentType: EVENT_STREAM, encoding: undefined });
    }
    return this.answer;
  }

  private inOnePiece({ contentType, encoding }: AnswerHead): Answer {
    const { sink, terms, dialect, mostBytes } = this.parts;
    const headers: Record<string, string> = { 'cache-control': 'no-store' };
    if (contentType !== undefined) headers['content-type'] = contentType;
    if (encoding !== undefined) headers['content-encoding'] = encoding;
    const { bounds } = terms;
    return new WholeAnswer({ sink, headers, bounds, control: this, dialect, mostBytes });
  }

  private streamed({ contentType, encoding }: AnswerHead): Answer {
    const { sink, terms, dialect, mostBytes } = this.parts;
    const headers: Record<string, string> = {
      'content-type': contentType ?? EVENT_STREAM,
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
      ...(encoding !== undefined && { 'content-encoding': encoding }),
      ...terms.headers,
    };
    const isOpaque = encoding !== undefined;
    const options = { sink, headers, terms, control: this, dialect, isOpaque, mostBytes };
    return new StreamedAnswer(options);
  }

  private arrived(): void {
    this.firstByteAtMs = this.parts.clock.monotonicMs();
    this.parts.watch.hasAnswered = true;
    if (this.answer) this.parts.turn.answered();
  }

  /** A refusal that does not come to its end has been understood all the same. */
  private expire(error: TimeLimitError): void {
    if (this.refusal) this.end(this.refusal.outcome, error);
    else this.fail(error);
  }

  private keep(refusal: KeptRefusal, chunk: Buffer): void {
    this.parts.watch.hasMoved = true;
    if (!refusal.take(chunk)) this.end(refusal.outcome, new AnswerOver());
  }

  private end(outcome: RelayOutcome, stop: Error | null): void {
    if (this.isOver) return;
    this.isOver = true;
    this.settle(outcome);
    this.stop = stop;
    if (stop) this.controller?.abort(stop);
    const { body } = this.parts;
    if (body instanceof Readable) body.destroy();
  }

  /** What follows the end of an answer is nobody's; a little of it is the price of the connection. */
  private overlook(chunk: Buffer): void {
    this.bytesAfterEnd += chunk.length;
    if (this.bytesAfterEnd > MOST_BYTES_AFTER_END) this.controller?.abort(new AnswerOver());
  }
}
