import { type IncomingHttpHeaders } from 'node:http';
import { Client } from 'undici';
import { guardedConnector } from './guarded-connector.js';

const MOST_HEADER_BYTES = 32 * 1024;

export interface BoundedCall {
  url: URL;
  headers: Record<string, string>;
  body: string;
  /** From the first step to the last byte, name lookup included. */
  timeoutMs: number;
  mostBytes: number;
  allowsPrivate: boolean;
  /** Told of each piece of the answer's body as it comes. */
  onData?: (chunk: Buffer) => void;
  /** Ends the call early; it then rejects. */
  signal?: AbortSignal;
}

export interface BoundedAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export class CallTimedOutError extends Error {}

/** The answer is larger than was allowed; `status` is the one it began with. */
export class AnswerTooLargeError extends Error {
  constructor(readonly status: number) {
    super('The answer is too large.');
  }
}

/**
 * Posts once to a backend on a connection of its own, within a time and a size. Redirects are not
 * followed. Rejects with AddressRefusedError, CallTimedOutError, AnswerTooLargeError or what the
 * connection failed with.
 */
export function postBounded(call: BoundedCall): Promise<BoundedAnswer> {
  return callBounded('POST', call);
}

/** Gets something from a backend, otherwise like `postBounded`. */
export function getBounded(call: Omit<BoundedCall, 'body'>): Promise<BoundedAnswer> {
  return callBounded('GET', { ...call, body: null });
}

type Method = 'GET' | 'POST';
type AnyCall = Omit<BoundedCall, 'body'> & { body: string | null };

async function callBounded(method: Method, call: AnyCall): Promise<BoundedAnswer> {
  const { timeoutMs, allowsPrivate } = call;
  const client = new Client(call.url.origin, {
    connect: guardedConnector({ timeoutMs, allowsPrivate }),
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: MOST_HEADER_BYTES,
    allowH2: false,
  });
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new CallTimedOutError('timed out')), timeoutMs);
  const answer = exchange(client, method, call);
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
    answer.catch(() => undefined);
    await client.destroy();
  }
}

async function exchange(client: Client, method: Method, call: AnyCall): Promise<BoundedAnswer> {
  const { url, headers, body, signal = null } = call;
  const path = `${url.pathname}${url.search}`;
  const response = await client.request({ method, path, headers, body, signal });
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > call.mostBytes) throw new AnswerTooLargeError(response.statusCode);
    chunks.push(chunk);
    call.onData?.(chunk);
  }
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
}
