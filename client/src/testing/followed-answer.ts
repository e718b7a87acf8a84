import { type Message } from '../app/core/api/schema';

/** A stream of `/chat/answers/{id}/events`, of which the test says what comes. */
export class FollowedAnswer {
  private controller!: ReadableStreamDefaultController<Uint8Array>;
  private readonly encoder = new TextEncoder();
  readonly response: Response;

  constructor(signal: AbortSignal | null = null) {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.controller = controller;
      },
    });
    this.response = new Response(body);
    signal?.addEventListener('abort', () => this.controller.error(signal.reason));
  }

  say(content: string, reasoning = ''): this {
    return this.event('piece', { content, reasoning });
  }

  /** All that was said, anew. */
  sayAnew(content: string, reasoning = ''): this {
    return this.event('text', { content, reasoning });
  }

  end(message: Message): void {
    this.event('end', message);
    this.controller.close();
  }

  /** The connection breaks. */
  fail(): void {
    this.controller.error(new TypeError('network'));
  }

  private event(event: string, data: unknown): this {
    const frame = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    this.controller.enqueue(this.encoder.encode(frame));
    return this;
  }
}
