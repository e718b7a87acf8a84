import { type IncomingHttpHeaders } from 'node:http';
import { type Dispatcher } from 'undici';
import { type ClockService } from '../../infrastructure/clock/clock.service.js';
import { type AnswerDialect } from '../answers/answer-dialect.js';
import { type Answer, type AnswerControl } from '../answers/answer.js';
import { type ResponseSink } from '../answers/response-sink.js';
import { StreamedAnswer, type StreamTerms } from '../answers/streamed-answer.js';
import { WholeAnswer } from '../answers/whole-answer.js';

const MOST_ERROR_BYTES = 64 * 1024;
const MOST_BYTES_AFTER_END = 64 * 1024;
const EVENT_STREAM = 'text/event-stream';

/** What came of asking one endpoint. */
export type RelayOutcome =
  /** All that the caller gets is there; its end is left to whoever asked. */
  | { kind: 'completed'; answer: Answer }
  /** The backend answered with an error; nothing has gone to the caller. */
  | { kind: 'refused'; status: number; headers: IncomingHttpHeaders; body: Buffer }
  /** The backend failed; null if before it answered. */
  | { kind: 'failed'; error: Error; answer: Answer | null }
  /** The caller left; the backend was told to stop. */
  | { kind: 'cancelled'; answer: Answer | null };

/** What a relay must know of the request that is answered. */
export interface RelayTerms extends StreamTerms {
  /** Headers that Lumen adds to a stream. */
  readonly headers: Readonly<Record<string, string>>;
}

class CallerGone extends Error {}
class AnswerOver extends Error {}

/**
 * Passes one backend's answer to one caller, at the caller's speed, and knows at any moment what it
 * was worth so far. When the caller leaves, the backend is cut off at once.
 */
export class Relay implements Dispatcher.DispatchHandler, AnswerControl {
  /** Settles once, never rejects. */
  readonly outcome: Promise<RelayOutcome>;
  /** Milliseconds of the monotonic clock when the first byte of the answer arrived. */
  firstByteAtMs: number | null = null;
  /** Null until the backend has begun to answer. */
  answer: Answer | null = null;

  private readonly settle: (outcome: RelayOutcome) => void;
  private controller: Dispatcher.DispatchController | null = null;
  private refusal: {
    status: number;
    headers: IncomingHttpHeaders;
    chunks: Buffer[];
    length: number;
  } | null = null;
  private isGone = false;
  private isOver = false;
  private bytesAfterEnd = 0;

  constructor(
    private readonly sink: ResponseSink,
    private readonly terms: RelayTerms,
    private readonly dialect: AnswerDialect,
    private readonly clock: ClockService,
  ) {
    const { promise, resolve } = Promise.withResolvers<RelayOutcome>();
    this.outcome = promise;
    this.settle = resolve;
    sink.onGone(() => this.leave());
  }

  /** Stops the backend and whatever is under way; for shutdown, when the time to finish is over. */
  abort(reason: Error): void {
    this.controller?.abort(reason);
  }

  resume(): void {
    this.controller?.resume();
  }

  complete(): void {
    this.isOver = true;
    this.settle({ kind: 'completed', answer: this.answer! });
    if (this.answer!.isCutShort) this.controller?.abort(new AnswerOver());
  }

  fail(error: Error): void {
    this.isOver = true;
    this.settle({ kind: 'failed', error, answer: this.answer });
    this.controller?.abort(error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.isGone) controller.abort(new CallerGone());
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (status < 200) return;
    this.firstByteAtMs = this.clock.monotonicMs();
    if (status !== 200) {
      this.refusal = { status, headers, chunks: [], length: 0 };
      return;
    }
    this.sink.onDrain(() => controller.resume());
    this.answer = this.begin(headers);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.refusal) this.keepRefusal(chunk);
    else if (this.isOver) this.overlook(chunk);
    else if (!this.answer?.take(chunk)) controller.pause();
  }

  onResponseEnd(): void {
    if (!this.refusal) {
      this.answer?.end();
      return;
    }
    const { status, headers, chunks } = this.refusal;
    this.settle({ kind: 'refused', status, headers, body: Buffer.concat(chunks) });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const { answer } = this;
    if (this.isGone || error instanceof CallerGone) this.settle({ kind: 'cancelled', answer });
    else this.settle({ kind: 'failed', error, answer });
  }

  private begin(headers: IncomingHttpHeaders): Answer {
    const { sink, terms, dialect } = this;
    const contentType = headers['content-type'] ?? 'application/json';
    const encoding = headers['content-encoding'];
    const shown: Record<string, string> = { 'content-type': contentType };
    if (encoding) shown['content-encoding'] = encoding;
    if (!contentType.startsWith(EVENT_STREAM)) {
      shown['cache-control'] = 'no-store';
      const { bounds } = terms;
      return new WholeAnswer({ sink, headers: shown, bounds, control: this, dialect });
    }
    shown['cache-control'] = 'no-cache';
    shown['x-accel-buffering'] = 'no';
    sink.start(200, Object.assign(shown, terms.headers));
    return new StreamedAnswer(sink, terms, this, dialect, encoding !== undefined);
  }

  private leave(): void {
    this.isGone = true;
    this.controller?.abort(new CallerGone());
  }

  /** What follows the end of an answer is nobody's; a little of it is the price of the connection. */
  private overlook(chunk: Buffer): void {
    this.bytesAfterEnd += chunk.length;
    if (this.bytesAfterEnd > MOST_BYTES_AFTER_END) this.controller?.abort(new AnswerOver());
  }

  private keepRefusal(chunk: Buffer): void {
    const refusal = this.refusal!;
    const room = MOST_ERROR_BYTES - refusal.length;
    if (room <= 0) return;
    const kept = chunk.subarray(0, room);
    refusal.chunks.push(kept);
    refusal.length += kept.length;
  }
}
