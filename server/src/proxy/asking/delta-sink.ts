import { ERROR_CODES, type ErrorCode } from '../../infrastructure/errors/error-codes.js';
import { jsonObject } from '../answers/json-object.js';
import { type ResponseSink } from '../answers/response-sink.js';
import { dataOf, endOfEvent, StreamFrames } from '../answers/stream-frames.js';
import { type ChatDelta, readDelta } from './chat-delta.js';

/** Longer events are passed over; none that a model's server sends are. */
const MOST_EVENT_BYTES = 16 * 1024 * 1024;
const BROKEN_OFF = 'The answer broke off. Ask again.';

/** Why an answer has no end, in the words of the error codes. */
export interface AnswerFailure {
  readonly code: ErrorCode;
  readonly message: string;
}

/** Reads a chat completion as it comes, for somebody in this process. Never full. */
export class DeltaSink implements ResponseSink {
  /** Said within an answer that had begun; null: its end was good, or has not come. */
  failure: AnswerFailure | null = null;
  private readonly frames = new StreamFrames(false, MOST_EVENT_BYTES);
  private readonly whole: Buffer[] = [];
  private isStream = true;

  /** `signal` is aborted when nobody wants the answer any more. */
  constructor(
    private readonly take: (delta: ChatDelta) => void,
    private readonly signal: AbortSignal,
  ) {}

  start(_status: number, headers: Readonly<Record<string, string>>): void {
    this.isStream = /event-stream/i.test(headers['content-type'] ?? '');
  }

  write(chunk: Buffer): boolean {
    if (!this.isStream) this.whole.push(Buffer.from(chunk));
    else this.readEvents(this.frames.push(chunk));
    return true;
  }

  end(): void {
    if (this.isStream) this.readEvents(this.frames.rest());
    else this.read(Buffer.concat(this.whole).toString());
  }

  cut(): void {
    this.failure ??= { code: 'upstream_error', message: BROKEN_OFF };
  }

  onDrain(): void {
    // It is never full.
  }

  onGone(listener: () => void): void {
    if (this.signal.aborted) listener();
    else this.signal.addEventListener('abort', listener, { once: true });
  }

  private readEvents(events: Buffer | null): void {
    if (events === null || this.frames.isFragment) return;
    for (let at = 0; at < events.length;) {
      const end = endOfEvent(events, at);
      this.read(dataOf(events.toString('utf8', at, end)));
      at = end;
    }
  }

  private read(data: string): void {
    const chunk = data.startsWith('{') ? jsonObject(data) : null;
    if (chunk?.['error']) this.failure ??= failureIn(chunk['error']);
    const delta = readDelta(chunk);
    if (delta) this.take(delta);
  }
}

/** As the pipeline wrote it, whose words are those of the error codes. */
function failureIn(error: unknown): AnswerFailure {
  const { code, message } = error as Record<string, unknown>;
  const isKnown = typeof code === 'string' && Object.hasOwn(ERROR_CODES, code);
  return {
    code: isKnown ? (code as ErrorCode) : 'upstream_error',
    message: typeof message === 'string' ? message : BROKEN_OFF,
  };
}
