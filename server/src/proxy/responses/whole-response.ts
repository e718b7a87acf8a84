import { AppError } from '../../infrastructure/errors/app-error.js';
import { openAiEnvelope } from '../../infrastructure/errors/error-envelope.js';
import { hasMessage } from '../answers/chat-dialect.js';
import { jsonObject } from '../answers/json-object.js';
import { type ResponseSink } from '../answers/response-sink.js';
import { type ResponseDraft } from './response-draft.js';
import { unreadable } from './unreadable.js';

const MOST_BYTES = 64 * 1024 * 1024;

/** A response made of a chat completion in one piece. Nothing goes out before it has come. */
export class WholeResponse implements Pick<ResponseSink, 'write' | 'end' | 'cut'> {
  private chunks: Buffer[] = [];
  private bytes = 0;
  /** Why it cannot be read, as far as is known. */
  private fault: AppError | null;

  constructor(
    private readonly inner: ResponseSink,
    private readonly draft: ResponseDraft,
    private readonly headers: Readonly<Record<string, string>>,
  ) {
    const isCompressed = headers['content-encoding'] !== undefined;
    this.fault = isCompressed ? unreadable('It is compressed.') : null;
  }

  /** What cannot be read is not kept; why is told at the end. */
  write(chunk: Buffer): boolean {
    this.bytes += chunk.length;
    if (this.bytes > MOST_BYTES) this.fault ??= unreadable('It is too long.');
    if (this.fault) this.chunks = [];
    else this.chunks.push(chunk);
    return true;
  }

  /** @throws AppError upstream_error if it is no chat completion */
  end(): void {
    if (this.fault) throw this.fault;
    const completion = jsonObject(Buffer.concat(this.chunks).toString('utf8'));
    if (completion === null || !hasMessage(completion)) {
      throw unreadable('It is not a chat completion.');
    }
    this.send(200, this.responseOf(completion));
  }

  /** Nothing has gone out, so that the caller can be told. */
  cut(): void {
    const error = this.fault ?? unreadable('It broke off.');
    this.send(error.status, openAiEnvelope(error));
  }

  private responseOf(completion: Readonly<Record<string, unknown>>): object {
    try {
      this.draft.take(completion);
      return this.draft.whole();
    } catch (error) {
      throw error instanceof AppError ? error : unreadable('It makes no sense.');
    }
  }

  private send(status: number, body: object): void {
    const { 'content-encoding': _, ...headers } = this.headers;
    const bytes = Buffer.from(JSON.stringify(body));
    const own = { 'content-type': 'application/json', 'content-length': String(bytes.length) };
    this.inner.start(status, { ...headers, ...own });
    this.inner.write(bytes);
    this.inner.end();
  }
}
