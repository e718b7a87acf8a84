import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

/** What the backend did for one request. */
export interface ServedRequest {
  requestId: string;
  promptTokens: number;
  /** Written so far; one chunk each when streaming. */
  completionTokens: number;
  isStream: boolean;
  isComplete: boolean;
  /** `performance.now()` when the caller had left; null while it has not. */
  leftAtMs: number | null;
}

interface Asked {
  model: string;
  stream?: boolean;
  max_tokens?: number;
  stream_options?: { include_usage?: boolean };
}

/**
 * A backend that keeps its own books: it produces exactly as many tokens as it is asked for, reports
 * them, and remembers what it did for whom (`x-request-id`), to be compared with what was charged.
 */
export class CountingUpstream implements AsyncDisposable {
  readonly served = new Map<string, ServedRequest>();
  promptTokens = 7;
  /** Produced where the request sets no limit. */
  usualTokens = 20;
  /** Milliseconds between two tokens of a stream, and before an answer in one piece. */
  pauseMs = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<CountingUpstream> {
    const server = createServer();
    const upstream = new CountingUpstream(server);
    server.on('request', (request, response) => void upstream.answer(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return upstream;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = (await json(request).catch(() => null)) as Asked | null;
    if (!asked) return;
    const requestId = String(request.headers['x-request-id']);
    const served: ServedRequest = {
      requestId,
      promptTokens: this.promptTokens,
      completionTokens: 0,
      isStream: asked.stream === true,
      isComplete: false,
      leftAtMs: null,
    };
    this.served.set(requestId, served);
    response.once('close', () => {
      if (!served.isComplete) served.leftAtMs = performance.now();
    });
    const tokens = asked.max_tokens ?? this.usualTokens;
    if (served.isStream) await this.stream(served, response, { ...asked, max_tokens: tokens });
    else await this.complete(served, response, { ...asked, max_tokens: tokens });
  }

  private async complete(
    served: ServedRequest,
    response: ServerResponse,
    asked: Asked,
  ): Promise<void> {
    if (this.pauseMs > 0) await delay(this.pauseMs);
    if (served.leftAtMs !== null) return;
    served.completionTokens = asked.max_tokens!;
    served.isComplete = true;
    const message = { role: 'assistant', content: 'word '.repeat(asked.max_tokens!) };
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        ...head(served, 'chat.completion', asked.model),
        choices: [{ index: 0, message, finish_reason: 'length' }],
        usage: usageOf(served),
      }),
    );
  }

  private async stream(
    served: ServedRequest,
    response: ServerResponse,
    asked: Asked,
  ): Promise<void> {
    const chunk = (rest: object) =>
      `data: ${JSON.stringify({ ...head(served, 'chat.completion.chunk', asked.model), ...rest })}\n\n`;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    while (served.completionTokens < asked.max_tokens!) {
      if (this.pauseMs > 0) await delay(this.pauseMs);
      if (served.leftAtMs !== null || response.destroyed) return;
      served.completionTokens += 1;
      const delta = { content: `w${served.completionTokens} ` };
      response.write(chunk({ choices: [{ index: 0, delta, finish_reason: null }] }));
    }
    response.write(chunk({ choices: [{ index: 0, delta: {}, finish_reason: 'length' }] }));
    if (asked.stream_options?.include_usage) {
      response.write(chunk({ choices: [], usage: usageOf(served) }));
    }
    served.isComplete = true;
    response.end('data: [DONE]\n\n');
  }
}

const head = ({ requestId }: ServedRequest, object: string, model: string) => ({
  id: `chatcmpl-${requestId}`,
  object,
  created: 1_750_000_000,
  model,
});

const usageOf = ({ promptTokens, completionTokens }: ServedRequest) => ({
  prompt_tokens: promptTokens,
  completion_tokens: completionTokens,
  total_tokens: promptTokens + completionTokens,
});
