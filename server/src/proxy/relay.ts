import { type IncomingHttpHeaders } from 'node:http';
import { type Dispatcher } from 'undici';
import { type TokenUsage } from '../usage/index.js';
import { type ResponseSink } from './response-sink.js';
import { NO_USAGE, JsonUsageReader, StreamUsageReader, type UsageReader } from './usage-reader.js';

const MOST_ERROR_BYTES = 64 * 1024;
const EVENT_STREAM = 'text/event-stream';

/** What came of asking one endpoint. */
export type RelayOutcome =
  /** The whole answer was handed to the sink, whose end is left to whoever asked. */
  | { kind: 'completed'; usage: TokenUsage }
  /** The backend answered with an error; nothing has gone to the caller. */
  | { kind: 'refused'; status: number; headers: IncomingHttpHeaders; body: Buffer }
  /** The backend failed; `isStarted` tells whether part of its answer has gone to the caller. */
  | { kind: 'failed'; error: Error; isStarted: boolean; isEventStream: boolean; usage: TokenUsage }
  /** The caller left; the backend was told to stop. */
  | { kind: 'cancelled'; usage: TokenUsage };

class CallerGone extends Error {}

/**
 * Passes one backend's answer to one caller: bytes untouched, at the caller's speed, with the usage
 * read beside them. When the caller leaves, the backend is cut off at once.
 */
export class Relay implements Dispatcher.DispatchHandler {
  /** Settles once, never rejects. */
  readonly outcome: Promise<RelayOutcome>;
  /** Milliseconds of the monotonic clock when the first byte of the answer arrived. */
  firstByteAtMs: number | null = null;

  private readonly settle: (outcome: RelayOutcome) => void;
  private controller: Dispatcher.DispatchController | null = null;
  private usageReader: UsageReader | null = null;
  private refusal: {
    status: number;
    headers: IncomingHttpHeaders;
    chunks: Buffer[];
    length: number;
  } | null = null;
  private isEventStream = false;
  private isGone = false;

  constructor(
    private readonly sink: ResponseSink,
    private readonly monotonicMs: () => number,
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
    this.firstByteAtMs = this.monotonicMs();
    if (status !== 200) {
      this.refusal = { status, headers, chunks: [], length: 0 };
      return;
    }
    const contentType = headers['content-type'] ?? 'application/json';
    this.isEventStream = contentType.startsWith(EVENT_STREAM);
    this.usageReader = this.isEventStream ? new StreamUsageReader() : new JsonUsageReader();
    this.sink.onDrain(() => controller.resume());
    this.sink.start(status, answerHeaders(headers, contentType, this.isEventStream));
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.refusal) {
      this.keepRefusal(chunk);
      return;
    }
    this.usageReader?.observe(chunk);
    if (!this.sink.write(chunk)) controller.pause();
  }

  onResponseEnd(): void {
    if (this.refusal) {
      const { status, headers, chunks } = this.refusal;
      this.settle({ kind: 'refused', status, headers, body: Buffer.concat(chunks) });
      return;
    }
    this.settle({ kind: 'completed', usage: this.usage });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.isGone || error instanceof CallerGone) {
      this.settle({ kind: 'cancelled', usage: this.usage });
      return;
    }
    this.settle({
      kind: 'failed',
      error,
      isStarted: this.usageReader !== null,
      isEventStream: this.isEventStream,
      usage: this.usage,
    });
  }

  private get usage(): TokenUsage {
    return this.usageReader?.result() ?? NO_USAGE;
  }

  private leave(): void {
    this.isGone = true;
    this.controller?.abort(new CallerGone());
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

/** The few headers of a backend that are the caller's business. */
function answerHeaders(
  headers: IncomingHttpHeaders,
  contentType: string,
  isEventStream: boolean,
): Record<string, string> {
  const answer: Record<string, string> = { 'content-type': contentType };
  if (isEventStream) {
    answer['cache-control'] = 'no-cache';
    answer['x-accel-buffering'] = 'no';
  } else {
    answer['cache-control'] = 'no-store';
    if (headers['content-length']) answer['content-length'] = headers['content-length'];
  }
  if (headers['content-encoding']) answer['content-encoding'] = headers['content-encoding'];
  return answer;
}
