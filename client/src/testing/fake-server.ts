import { vi } from 'vitest';

/** What reached the server. */
export interface SeenRequest {
  method: string;
  path: string;
  headers: Headers;
  body: unknown;
  signal: AbortSignal | null;
}

export type Handler = (request: SeenRequest) => Response | Promise<Response>;

/** Stands in for the network: answers `fetch` by method and path, and remembers what was asked. */
export class FakeServer {
  readonly seen: SeenRequest[] = [];
  private readonly handlers = new Map<string, Handler>();

  constructor() {
    vi.stubGlobal('fetch', (path: string, init: RequestInit) => this.answer(path, init));
  }

  /** `route` is a method and a path, such as `GET /api/keys`. */
  on(route: string, handler: Handler): this {
    this.handlers.set(route, handler);
    return this;
  }

  private async answer(path: string, init: RequestInit): Promise<Response> {
    const request: SeenRequest = {
      method: init.method ?? 'GET',
      path,
      headers: new Headers(init.headers),
      body: typeof init.body === 'string' ? JSON.parse(init.body) : null,
      signal: init.signal ?? null,
    };
    this.seen.push(request);
    const handler = this.handlers.get(`${request.method} ${path}`);
    if (handler === undefined) throw new TypeError(`Nobody answers ${request.method} ${path}`);
    return handler(request);
  }
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(status === 204 ? null : JSON.stringify(body), { status, headers });
}

export function refusal(
  status: number,
  code: string,
  headers: Record<string, string> = {},
): Response {
  return json({ error: { code, message: `refused: ${code}`, requestId: 'r-1' } }, status, headers);
}

/** A streamed answer whose frames the test sends one by one. */
export class StreamedAnswer {
  private controller!: ReadableStreamDefaultController<Uint8Array>;
  private readonly encoder = new TextEncoder();
  readonly response: Response;

  constructor(signal: AbortSignal | null = null) {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.controller = controller;
      },
    });
    this.response = new Response(body, { headers: { 'x-request-id': 'r-stream' } });
    signal?.addEventListener('abort', () => this.controller.error(signal.reason));
  }

  raw(text: string): this {
    this.controller.enqueue(this.encoder.encode(text));
    return this;
  }

  say(content: string): this {
    return this.frame({ choices: [{ delta: { content } }] });
  }

  frame(frame: unknown): this {
    return this.raw(`data: ${JSON.stringify(frame)}\n\n`);
  }

  finish(): void {
    this.frame({ choices: [{ delta: {}, finish_reason: 'stop' }] });
    this.frame({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 4 } });
    this.raw('data: [DONE]\n\n');
    this.controller.close();
  }

  close(): void {
    this.controller.close();
  }

  fail(): void {
    this.controller.error(new TypeError('network'));
  }
}
