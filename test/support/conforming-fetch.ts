import { type z } from 'zod';
import {
  apiError,
  chatChunk,
  chatCompletion,
  embeddingList,
  model,
  modelList,
  textChunk,
  textCompletion,
} from './openai-shapes.js';
import { LAST_EVENTS, response, responseEvent } from './response-shapes.js';

interface Shapes {
  whole: z.ZodType;
  chunk?: z.ZodType;
}

const SHAPES: Record<string, Shapes> = {
  'chat/completions': { whole: chatCompletion, chunk: chatChunk },
  completions: { whole: textCompletion, chunk: textChunk },
  embeddings: { whole: embeddingList },
  models: { whole: modelList },
  responses: { whole: response, chunk: responseEvent },
};

/** A `fetch` for SDKs that holds every answer, and every chunk of one, against OpenAI's shapes. */
export class ConformingFetch {
  /** What did not fit, in words. */
  readonly violations: string[] = [];
  /** How much was looked at, by address and kind. */
  readonly seen = new Map<string, number>();

  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const answer = await fetch(input, init);
    const url = input instanceof Request ? input.url : String(input);
    const path = new URL(url).pathname.replace('/v1/', '');
    const { status, headers } = answer;
    if (headers.get('content-type')?.startsWith('text/event-stream')) {
      return new Response(this.watched(path, answer.body!), { status, headers });
    }
    const text = await answer.text();
    if (status >= 400) this.hold(path, 'error', apiError, JSON.parse(text));
    else this.hold(path, 'whole', shapesOf(path).whole, JSON.parse(text));
    return new Response(text, { status, headers });
  };

  /** The same bytes. An SDK reads no further than `[DONE]`, so that each event is looked at as it comes. */
  private watched(path: string, body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    const decoder = new TextDecoder();
    let text = '';
    let isDone = false;
    return body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform: (bytes, controller) => {
          const events = (text + decoder.decode(bytes, { stream: true })).split('\n\n');
          text = events.pop()!;
          for (const event of events) isDone = this.checkEvent(path, event) || isDone;
          controller.enqueue(bytes);
        },
        flush: () => {
          if (!isDone || text !== '') this.violations.push(`${path}: the end is missing`);
        },
      }),
    );
  }

  /** Whether it is the last. */
  private checkEvent(path: string, event: string): boolean {
    const data = /^data: (.*)$/m.exec(event)?.[1] ?? '';
    if (data === '[DONE]') return true;
    const chunk = JSON.parse(data) as { type?: string };
    if (path === 'responses') {
      this.hold(path, 'chunk', responseEvent, chunk);
      return LAST_EVENTS.has(chunk.type ?? '');
    }
    if ('error' in chunk) this.hold(path, 'error', apiError, chunk);
    else this.hold(path, 'chunk', shapesOf(path).chunk!, chunk);
    return false;
  }

  private hold(path: string, kind: string, shape: z.ZodType, value: unknown): void {
    const name = `${path} ${kind}`;
    this.seen.set(name, (this.seen.get(name) ?? 0) + 1);
    const { success, error } = shape.safeParse(value);
    if (!success) this.violations.push(`${name}: ${error.message} in ${JSON.stringify(value)}`);
  }
}

function shapesOf(path: string): Shapes {
  return SHAPES[path] ?? { whole: model };
}
