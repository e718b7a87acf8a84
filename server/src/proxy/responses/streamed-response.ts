import { AppError } from '../../infrastructure/errors/app-error.js';
import { jsonObject } from '../answers/json-object.js';
import { type ResponseSink } from '../answers/response-sink.js';
import { dataOf, endOfEvent, StreamFrames } from '../answers/stream-frames.js';
import { isObject } from '../requests/json-body.js';
import { type ResponseDraft, type ToldError } from './response-draft.js';
import { unreadable } from './unreadable.js';

const DONE = '[DONE]';

/** The events of a response, made of those of a chat completion as they come. */
export class StreamedResponse implements Pick<ResponseSink, 'write' | 'end' | 'cut'> {
  private readonly frames = new StreamFrames();
  private isDone = false;
  /** What is there to be told at the end. Nothing that comes after it is read. */
  private failure: ToldError | null = null;

  constructor(
    private readonly inner: ResponseSink,
    private readonly draft: ResponseDraft,
  ) {}

  write(chunk: Buffer): boolean {
    const events = this.frames.push(chunk);
    if (events === null) return true;
    if (this.frames.isFragment) this.failure ??= unreadable('An event of it is too long.');
    return this.send(this.translated(events));
  }

  end(): void {
    this.send(this.translated(this.frames.rest()) + this.ending());
    this.inner.end();
  }

  cut(): void {
    this.inner.cut();
  }

  /** A failure that Lumen ends with `[DONE]` is in the books. */
  private ending(): string {
    const { draft, failure, isDone } = this;
    if (failure !== null) return isDone ? draft.fail(failure) : draft.error(failure);
    if (isDone || draft.isFinished) return draft.finish();
    return draft.fail(unreadable('It ended before it was complete.'));
  }

  private send(text: string): boolean {
    return text === '' || this.inner.write(Buffer.from(text));
  }

  private translated(events: Buffer): string {
    let text = '';
    let at = 0;
    while (at < events.length && this.failure === null) {
      const end = endOfEvent(events, at);
      text += this.event(events.toString('utf8', at, end));
      at = end;
    }
    // What ends a stream may stand behind a failure.
    if (this.failure !== null) this.isDone ||= events.includes(`data: ${DONE}`);
    return text;
  }

  private event(event: string): string {
    const data = dataOf(event);
    if (data === '') return event.startsWith(':') ? event : '';
    if (data === DONE) this.isDone = true;
    const chunk = jsonObject(data);
    if (chunk === null) return '';
    if (chunk['error']) this.failure = toldIn(chunk['error']);
    return this.failure ? '' : this.taken(chunk);
  }

  private taken(chunk: Readonly<Record<string, unknown>>): string {
    try {
      return this.draft.take(chunk);
    } catch (error) {
      // Whatever a backend sends, the stream comes to its end.
      this.failure = error instanceof AppError ? error : unreadable('It makes no sense.');
      return '';
    }
  }
}

function toldIn(error: unknown): ToldError {
  const { code, message } = isObject(error) ? error : {};
  return { code: textOr(code, 'upstream_error'), message: textOr(message, 'The backend failed.') };
}

const textOr = (value: unknown, other: string) => (typeof value === 'string' ? value : other);
