import { EventSourceParserStream } from 'eventsource-parser/stream';

import { ApiError, errorFields } from '../../core/api/api-error';

/** What an answer cost in tokens, as the model's server counted. */
export interface Usage {
  input: number;
  output: number;
  cached: number;
  reasoning: number;
}

/** One frame of a streamed chat completion, in the fields the client uses. */
export interface CompletionPiece {
  content: string;
  reasoning: string;
  finishReason: string | null;
  usage: Usage | null;
}

/** The stream ended before the model said it was done. */
export const STREAM_BROKEN = 'stream_broken';

/**
 * Reads an OpenAI-style event stream. Throws an ApiError if the server reports one in the stream,
 * with code STREAM_BROKEN if the stream just ends, and whatever the body throws (an abort, a lost
 * connection).
 */
export async function* readCompletion(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<CompletionPiece> {
  let isFinished = false;
  for await (const event of events(body)) {
    if (event === '[DONE]') return;
    const piece = parsePiece(event);
    if (piece === null) continue;
    isFinished ||= piece.finishReason !== null;
    yield piece;
  }
  if (!isFinished) throw new ApiError(0, STREAM_BROKEN, '');
}

/** The data of each event; leaving the loop cancels the stream, also where it cannot be iterated. */
async function* events(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      yield next.value.data;
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

/** A frame that is no JSON is skipped: some servers send comments or keep-alives as data. */
function parsePiece(data: string): CompletionPiece | null {
  const frame = parseJson(data);
  if (frame === null) return null;
  const error = errorFields(frame);
  if (Object.keys(error).length > 0) throw reported(error);
  const choice = record(list(frame['choices'])[0]);
  const delta = record(choice['delta']);
  return {
    content: text(delta['content']),
    reasoning: text(delta['reasoning_content']) || text(delta['reasoning']),
    finishReason: text(choice['finish_reason']) || null,
    usage: parseUsage(frame['usage']),
  };
}

function reported(error: Record<string, unknown>): ApiError {
  const status = Number(error['status'] ?? error['code']) || 502;
  const code = text(error['code']) || text(error['type']) || 'upstream_error';
  return new ApiError(status, code, text(error['message']), text(error['requestId']) || null);
}

function parseUsage(value: unknown): Usage | null {
  if (typeof value !== 'object' || value === null) return null;
  const usage = record(value);
  return {
    input: count(usage['prompt_tokens']),
    output: count(usage['completion_tokens']),
    cached: count(record(usage['prompt_tokens_details'])['cached_tokens']),
    reasoning: count(record(usage['completion_tokens_details'])['reasoning_tokens']),
  };
}

function parseJson(data: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null ? record(value) : null;
  } catch {
    return null;
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function count(value: unknown): number {
  return typeof value === 'number' && value > 0 ? value : 0;
}
