import { type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { beginStream, chatPieces, status, stream, streamWith } from './answers.js';
import { completionText, DONE, errorText, eventText } from './openai-texts.js';
import { type Behaviour, type Piece, singleBytes, writePieces } from './pieces.js';
import { type RecordedRequest } from './recorded-request.js';

const CALM_BYTES = 64 * 1024;

/** Takes the request and never answers. */
export const hang: Behaviour = () => undefined;

/** Sends the head and these pieces, and then nothing, for ever. */
export function hangAfter(...pieces: Piece[]): Behaviour {
  return async (request, response) => {
    beginStream(response);
    await writePieces(response, request, pieces);
  };
}

/** Breaks the connection off instead of answering. */
export const reset: Behaviour = (request) => request.reset();

/** Sends the head and these pieces, and breaks the connection off. */
export function resetAfter(...pieces: Piece[]): Behaviour {
  return async (request, response) => {
    beginStream(response);
    if (await writePieces(response, request, pieces)) request.reset();
  };
}

/** The same, but politely: the connection is closed, the last chunk of HTTP is missing. */
export function closeAfter(...pieces: Piece[]): Behaviour {
  return async (request, response) => {
    beginStream(response);
    if (await writePieces(response, request, pieces)) request.hangUp();
  };
}

/** Announces the length of `text`, sends its first `bytes`, and closes the connection, or hangs. */
export function cutShort(
  bytes: number,
  text = completionText('Hello'),
  then: 'closes' | 'hangs' = 'closes',
): Behaviour {
  const whole = Buffer.from(text);
  return async (request, response) => {
    const headers = { 'content-type': 'application/json', 'content-length': whole.length };
    response.writeHead(200, headers);
    response.flushHeaders();
    const pieces = bytes > 0 ? [whole.subarray(0, bytes)] : [];
    const isOpen = await writePieces(response, request, pieces);
    if (isOpen && then === 'closes') request.hangUp();
  };
}

/** Streams these pieces and then an event, byte by byte, that never ends. */
export function trickle(pieces: Piece[], everyMs = 50): Behaviour {
  return async (request, response) => {
    beginStream(response);
    if (await writePieces(response, request, [...pieces, 'data: {"x":"'])) {
      await drip(request, response, everyMs);
    }
  };
}

/** Sends JSON byte by byte, without end. */
export function trickleText(everyMs = 50): Behaviour {
  return async (request, response) => {
    beginStream(response, 200, { 'content-type': 'application/json' });
    if (await writePieces(response, request, ['{"x":"'])) await drip(request, response, everyMs);
  };
}

async function drip(
  request: RecordedRequest,
  response: ServerResponse,
  everyMs: number,
): Promise<void> {
  while (await writePieces(response, request, ['x'])) await pause(request, everyMs);
}

/** A proxy's page in place of the API's envelope. */
export function htmlError(code = 502): Behaviour {
  const page = `<html><head><title>${code} Bad Gateway</title></head><body>nginx</body></html>`;
  return status(code, page, { 'content-type': 'text/html' });
}

/** A whole answer of HTTP whose JSON stops in the middle. */
export const truncatedJson: Behaviour = (request, response) => {
  const text = completionText('Hello');
  return status(200, text.slice(0, text.length / 2))(request, response);
};

/** A stream that ends, in good order, in the middle of a line. */
export const halfLine: Behaviour = stream(
  ...chatPieces().slice(0, 2),
  'data: {"id":"chatcmpl-1","cho',
);

/** A stream whose every byte is a chunk of its own. */
export function oneByteAtATime(text: string): Behaviour {
  return stream(...singleBytes(text));
}

/** A stream, or a body, that claims to be something else. */
export function wrongContentType(text: string, contentType = 'text/plain'): Behaviour {
  return streamWith({ headers: { 'content-type': contentType } }, text);
}

/** More after `[DONE]`. */
export function garbageAfterDone(garbage = 'data: {"late":true}\n\nno event at all'): Behaviour {
  return stream(...chatPieces(), DONE, garbage);
}

/** A whole answer, and then bytes on its connection that belong to nothing. */
export function garbageAfterAnswer(text = completionText('Hello')): Behaviour {
  const head = `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n`;
  return raw(`HTTP/1.1 200 OK\r\n${head}\r\n${text}`, 'HTTP/1.1 200 OK\r\nwhat: is this\r\n');
}

/** Success by its status, an error by its body. */
export function errorInside200(message = 'The model has crashed'): Behaviour {
  return status(200, errorText(message));
}

/** A stream that says halfway that it has failed. */
export function errorInsideStream(message = 'The model has crashed'): Behaviour {
  const error = eventText(JSON.parse(errorText(message)));
  return stream(...chatPieces().slice(0, 2), error, DONE);
}

/** These pieces as they are on the connection, which stays open: HTTP is the test's own affair. */
export function raw(...pieces: Piece[]): Behaviour {
  return async (request, response) => {
    await writePieces(response.socket!, request, pieces);
  };
}

/** Something that is not HTTP. */
export const notHttp: Behaviour = raw('SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n');

/**
 * A head that never ends: as fast as it is read, or a line every `everyMs`, which keeps far below
 * any limit of size.
 */
export function endlessHeaders({ everyMs }: { everyMs?: number } = {}): Behaviour {
  return async (request, response) => {
    const socket = response.socket!;
    let isOpen = await writePieces(socket, request, ['HTTP/1.1 200 OK\r\n']);
    for (let line = 0; isOpen; line += 1) {
      isOpen = await writePieces(socket, request, [`x-line-${line}: ${'x'.repeat(64)}\r\n`]);
      if (everyMs !== undefined) await pause(request, everyMs);
    }
  };
}

/** A body that never ends, as fast as it is read. */
export function endlessBody(contentType = 'application/json'): Behaviour {
  return async (request, response) => {
    beginStream(response, 200, { 'content-type': contentType });
    const filling = Buffer.alloc(CALM_BYTES, 'x');
    for (let isOpen = true; isOpen;) isOpen = await writePieces(response, request, [filling]);
  };
}

async function pause(request: RecordedRequest, ms: number): Promise<void> {
  const over = new AbortController();
  await Promise.race([
    sleep(ms, undefined, { signal: over.signal }).catch(() => undefined),
    request.closed,
  ]);
  over.abort();
}
