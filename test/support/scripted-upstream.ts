import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

/** One request as the upstream saw it. */
export interface SeenRequest {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  bytes: Buffer;
  /** Resolves when the caller has left before the answer was complete. */
  aborted: Promise<void>;
}

export type Behaviour = (request: SeenRequest, response: ServerResponse) => void | Promise<void>;

/**
 * An OpenAI-compatible backend that does what a test says, on a free port of 127.0.0.1. Each request
 * takes the next behaviour given to `next`, else `usual`.
 */
export class ScriptedUpstream implements AsyncDisposable {
  readonly requests: SeenRequest[] = [];
  usual: Behaviour = completion('Hello');
  private readonly planned: Behaviour[] = [];
  private readonly waiting: ((request: SeenRequest) => void)[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ScriptedUpstream> {
    const server = createServer();
    const upstream = new ScriptedUpstream(server);
    server.on('request', (request, response) => void upstream.handle(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return upstream;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  /** Behaviours of the requests to come, in order. */
  next(...behaviours: Behaviour[]): void {
    this.planned.push(...behaviours);
  }

  /** Leaves out what was planned and has not been asked for. */
  forgetPlans(): void {
    this.planned.length = 0;
  }

  /** Is again as at its start. */
  forget(): void {
    this.forgetPlans();
    this.requests.length = 0;
    this.usual = completion('Hello');
  }

  /** The next request to arrive from now on. */
  nextRequest(): Promise<SeenRequest> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  get lastRequest(): SeenRequest {
    return this.requests.at(-1)!;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const aborted = new Promise<void>((resolve) => {
      response.once('close', () => {
        if (!response.writableEnded) resolve();
      });
    });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const seen: SeenRequest = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      bytes: Buffer.concat(chunks),
      aborted,
    };
    this.requests.push(seen);
    const behaviour = this.planned.shift() ?? this.usual;
    for (const resolve of this.waiting.splice(0)) resolve(seen);
    await behaviour(seen, response);
  }
}

export const USAGE = { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 };

/** The text of a chat completion that is not streamed; `usage` may be a lie, or undefined: none. */
export function completionText(content: string, usage: unknown = USAGE): string {
  return JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'upstream-name',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage,
  });
}

/** The text of one chunk of a streamed completion, as a server-sent event. */
export function chunkText(content: string): string {
  return deltaText({ content });
}

/** The same for whatever else a model may write. */
export function deltaText(delta: object): string {
  return `data: ${JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'upstream-name',
    choices: [{ index: 0, delta, finish_reason: null }],
  })}\n\n`;
}

/** The chunk that reports the usage: these figures, or whatever else stands there. */
export function usageText(usage: unknown): string {
  return `data: ${JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'upstream-name',
    choices: [],
    usage,
  })}\n\n`;
}

export const USAGE_CHUNK = usageText(USAGE);

export const DONE = 'data: [DONE]\n\n';

export function completion(content: string): Behaviour {
  return status(200, completionText(content));
}

/** Any status with any body. */
export function status(
  code: number,
  body: string,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Behaviour {
  return (_request, response) => void response.writeHead(code, headers).end(body);
}

/** Streams these pieces of bytes, each when the promise before it (if any) has resolved. */
export function stream(...pieces: (string | Buffer | Promise<unknown>)[]): Behaviour {
  return async (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    for (const piece of pieces) {
      if (piece instanceof Promise) await piece;
      else response.write(piece);
    }
    response.end();
  };
}

/** Streams these pieces and breaks the connection off once the last has gone out. */
export function cutAfter(...pieces: string[]): Behaviour {
  return async (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const piece of pieces) {
      await new Promise<void>((resolve) => response.write(piece, () => resolve()));
    }
    response.socket?.end();
  };
}

/** Takes the request and never answers. */
export const hang: Behaviour = () => undefined;

/** Cuts the connection instead of answering. */
export const reset: Behaviour = (_request, response) => void response.socket?.resetAndDestroy();
