import { type ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { type Gate } from './gate.js';
import {
  chunkText,
  completionText,
  DONE,
  embeddingsText,
  errorText,
  finishText,
  modelsText,
  USAGE,
  type Usage,
  usageText,
} from './openai-texts.js';
import { type Behaviour, type Piece, writePieces } from './pieces.js';
import { type RecordedRequest } from './recorded-request.js';

export type Headers = Record<string, string>;

const JSON_HEADERS: Headers = { 'content-type': 'application/json' };
const STREAM_HEADERS: Headers = { 'content-type': 'text/event-stream' };
const DEFAULT_WORDS = ['Hello', ' from', ' the', ' upstream'];

/** Any status with any body. */
export function status(code: number, body = '', headers = JSON_HEADERS): Behaviour {
  return (_request, response) => void response.writeHead(code, headers).end(body);
}

export function json(value: unknown, code = 200): Behaviour {
  return status(code, JSON.stringify(value));
}

/**
 * A chat completion that is not streamed. Truly worth `tokens`, else a token a word; the usage says
 * what it is told to say, and null leaves it out.
 */
export function completion(
  content = DEFAULT_WORDS.join(''),
  { usage = USAGE, tokens }: { usage?: Usage | null; tokens?: number } = {},
): Behaviour {
  const truth = tokens ?? content.split(/\s+/).filter(Boolean).length;
  return async (request, response) => {
    const bytes = Buffer.from(completionText(content, usage));
    response.writeHead(200, { ...JSON_HEADERS, 'content-length': bytes.length });
    if (await writePieces(response, request, [{ bytes, tokens: truth }])) response.end();
  };
}

/** Streams these pieces, waiting at the gates among them, and ends. */
export function stream(...pieces: Piece[]): Behaviour {
  return streamWith({}, ...pieces);
}

/** The same with another status or other headers. */
export function streamWith(
  { code = 200, headers = STREAM_HEADERS }: { code?: number; headers?: Headers },
  ...pieces: Piece[]
): Behaviour {
  return async (request, response) => {
    beginStream(response, code, headers);
    if (await writePieces(response, request, pieces)) response.end();
  };
}

/** Sends the head at once, as backends do that begin to think. */
export function beginStream(response: ServerResponse, code = 200, headers = STREAM_HEADERS): void {
  response.writeHead(code, headers);
  response.flushHeaders();
}

export interface ChatStreamOptions {
  /** One chunk and one token each. */
  words?: readonly string[];
  /** What the last chunk says; null sends no such chunk. */
  usage?: Usage | null;
  finishReason?: string;
  /** Waited for before each word but the first: the test lets them through one by one. */
  gates?: readonly Gate[];
}

/** A streamed chat completion from its first word to `[DONE]`. */
export function chatStream(options: ChatStreamOptions = {}): Behaviour {
  return stream(...chatPieces(options), DONE);
}

/** The pieces of such a stream without `[DONE]`, to be broken off or followed by something else. */
export function chatPieces({
  words = DEFAULT_WORDS,
  usage = USAGE,
  finishReason = 'stop',
  gates = [],
}: ChatStreamOptions = {}): Piece[] {
  return [
    ...words.flatMap((word, index): Piece[] => {
      const gate = index > 0 ? gates[index - 1] : undefined;
      const chunk = { bytes: chunkText(word), tokens: 1 };
      return gate ? [gate, chunk] : [chunk];
    }),
    finishText(finishReason),
    ...(usage ? [usageText(usage)] : []),
  ];
}

/** Too many requests; `retryAfter` in seconds, or a date. */
export function rateLimited(retryAfter: number | string): Behaviour {
  const headers = { ...JSON_HEADERS, 'retry-after': String(retryAfter) };
  return status(429, errorText('Too many requests', 'rate_limit_exceeded'), headers);
}

export function listOfModels(...ids: string[]): Behaviour {
  return status(200, modelsText(ids));
}

const ENCODERS = {
  gzip: gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
  zstd: zstdCompressSync,
};

/** A body that is compressed, whether or not the caller said that it could read that. */
export function compressed(
  encoding: keyof typeof ENCODERS,
  text = completionText(DEFAULT_WORDS.join('')),
): Behaviour {
  return (_request, response) => {
    response.writeHead(200, { ...JSON_HEADERS, 'content-encoding': encoding });
    response.end(ENCODERS[encoding](text));
  };
}

/** What a friendly backend does: streams if asked to, embeds, lists its models, completes. */
export const asAsked: Behaviour = (request, response) => friendly(request)(request, response);

function friendly(request: RecordedRequest): Behaviour {
  if (request.path.endsWith('/models')) return listOfModels('upstream-name');
  if (request.path.endsWith('/embeddings')) return status(200, embeddingsText());
  return request.json?.['stream'] === true ? chatStream() : completion();
}
