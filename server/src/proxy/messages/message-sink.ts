import { AppError } from '../../infrastructure/errors/app-error.js';
import { type ResponseSink } from '../answers/response-sink.js';
import { endOfEvent, StreamFrames } from '../answers/stream-frames.js';
import { MessageStream } from './message-stream.js';
import { messageOf, type MessageTerms } from './whole-message.js';

/** More than any answer in one piece has. */
const MOST_KEPT_BYTES = 16 * 1024 * 1024;

/**
 * Takes what the caller of a chat completion would get, and writes to the caller's sink what one of
 * Anthropic's API expects: a stream event by event, an answer in one piece at its end.
 */
export class MessageSink implements ResponseSink {
  private answer: StreamTranslation | WholeTranslation | null = null;

  constructor(
    private readonly sink: ResponseSink,
    private readonly terms: MessageTerms,
  ) {}

  /** @throws AppError upstream_error for an answer that cannot be read */
  start(status: number, headers: Readonly<Record<string, string>>): void {
    if (headers['content-encoding'] !== undefined) throw unreadable('is compressed');
    const { sink, terms } = this;
    const isStream = headers['content-type']?.startsWith('text/event-stream') === true;
    this.answer = isStream
      ? new StreamTranslation(sink, terms)
      : new WholeTranslation(sink, terms, { status, headers });
    if (isStream) sink.start(status, headers);
  }

  write(chunk: Buffer): boolean {
    return this.answer?.write(chunk) ?? true;
  }

  /** @throws AppError upstream_error for an answer in one piece that is none */
  end(): void {
    this.answer?.end();
  }

  cut(): void {
    this.sink.cut();
  }

  onDrain(listener: () => void): void {
    this.sink.onDrain(listener);
  }

  onGone(listener: () => void): void {
    this.sink.onGone(listener);
  }
}

class StreamTranslation {
  private readonly frames = new StreamFrames();
  private readonly stream: MessageStream;

  constructor(
    private readonly sink: ResponseSink,
    terms: MessageTerms,
  ) {
    this.stream = new MessageStream(terms);
  }

  write(chunk: Buffer): boolean {
    const events = this.frames.push(chunk);
    return events === null || this.pass(events);
  }

  end(): void {
    const rest = this.frames.rest();
    if (rest.length > 0) this.pass(rest);
    this.say(this.stream.end());
    this.sink.end();
  }

  private pass(events: Buffer): boolean {
    if (this.frames.isFragment) {
      const message = 'The backend sent an event that is too long to be translated.';
      return this.say(this.stream.fail('upstream_error', message));
    }
    let text = '';
    for (let at = 0; at < events.length;) {
      const end = endOfEvent(events, at);
      text += this.stream.take(events.toString('utf8', at, end));
      at = end;
    }
    return this.say(text);
  }

  private say(text: string): boolean {
    return text === '' || this.sink.write(Buffer.from(text));
  }
}

class WholeTranslation {
  private chunks: Buffer[] = [];
  private length = 0;

  constructor(
    private readonly sink: ResponseSink,
    private readonly terms: MessageTerms,
    private readonly head: { status: number; headers: Readonly<Record<string, string>> },
  ) {}

  write(chunk: Buffer): boolean {
    this.length += chunk.length;
    if (this.length <= MOST_KEPT_BYTES) this.chunks.push(chunk);
    else this.chunks = [];
    return true;
  }

  end(): void {
    if (this.length > MOST_KEPT_BYTES) throw unreadable('is too long');
    const message = messageOf(Buffer.concat(this.chunks).toString('utf8'), this.terms);
    if (message === null) throw unreadable('is no chat completion');
    const body = Buffer.from(JSON.stringify(message));
    const { status, headers } = this.head;
    this.sink.start(status, {
      ...headers,
      'content-type': 'application/json',
      'content-length': String(body.length),
    });
    this.sink.write(body);
    this.sink.end();
  }
}

function unreadable(why: string): AppError {
  return new AppError(
    'upstream_error',
    `The answer of the backend ${why}, so that it cannot be translated. Try again, or choose another model.`,
  );
}
