import { type ResponseSink } from '../answers/response-sink.js';
import { type ResponseDraft } from './response-draft.js';
import { StreamedResponse } from './streamed-response.js';
import { WholeResponse } from './whole-response.js';

const EVENT_STREAM = 'text/event-stream';

/**
 * Takes a chat completion and writes the response that it is: a stream as its events come, an answer
 * in one piece when it is there. What ends a response is written when the completion ends, which is
 * after the request was settled.
 */
export class ResponsesSink implements ResponseSink {
  private answer: Pick<ResponseSink, 'write' | 'end' | 'cut'>;

  constructor(
    private readonly inner: ResponseSink,
    private readonly draft: ResponseDraft,
  ) {
    this.answer = inner;
  }

  start(status: number, headers: Readonly<Record<string, string>>): void {
    const { inner, draft } = this;
    const isStream = headers['content-type']?.startsWith(EVENT_STREAM) ?? false;
    const isReadable = headers['content-encoding'] === undefined;
    if (isStream && isReadable) {
      inner.start(status, headers);
      this.answer = new StreamedResponse(inner, draft);
    } else this.answer = new WholeResponse(inner, draft, headers);
  }

  write(chunk: Buffer): boolean {
    return this.answer.write(chunk);
  }

  /** @throws AppError upstream_error for an answer that cannot be read; nothing has gone out then */
  end(): void {
    this.answer.end();
  }

  cut(): void {
    this.answer.cut();
  }

  onDrain(listener: () => void): void {
    this.inner.onDrain(listener);
  }

  onGone(listener: () => void): void {
    this.inner.onGone(listener);
  }
}
