import { type Socket } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import {
  beginStream,
  chatPieces,
  completion,
  compressed,
  status,
  stream,
  streamWith,
} from './answers.js';
import {
  closeAfter,
  cutShort,
  endlessHeaders,
  errorInside200,
  errorInsideStream,
  garbageAfterAnswer,
  garbageAfterDone,
  halfLine,
  hangAfter,
  htmlError,
  notHttp,
  raw,
  reset,
  truncatedJson,
} from './faults.js';
import { chunkText, completionText, DONE, errorText, USAGE, usageText } from './openai-texts.js';
import { type Behaviour, type Piece, singleBytes, writePieces } from './pieces.js';
import { type RecordedRequest } from './recorded-request.js';

/** What comes of a lie, for the caller, in the log and for what is charged. */
export type Verdict =
  /** The caller gets this; tokens of output are charged. */
  | { kind: 'served'; text: string; tokens: number; contentType?: string; isExact?: boolean }
  /** An error of Lumen's instead of an answer; nothing is charged. */
  | { kind: 'refused'; status: number; code: string; says?: string }
  /** An error event and `[DONE]` after what came before; `text` comes first. */
  | { kind: 'broken'; text: string; tokens: number };

export interface HostileLie {
  readonly what: string;
  readonly behaviour: Behaviour;
  /** For who asked for a stream, and for who did not. Missing: does not apply. */
  readonly streamed?: Verdict;
  readonly whole?: Verdict;
  /** The backend's connection must not be used again. */
  readonly closes?: boolean;
}

export const WORDS = ['Grüße', ' 世界', ' 🦙', ' end'];
const CHUNKS = WORDS.map((word) => chunkText(word));
const PIECES: readonly string[] = [...CHUNKS, usageText(USAGE)];
/** As a caller sees a stream who did not ask for its usage. */
export const STREAM = CHUNKS.join('') + DONE;
const SENT = PIECES.join('') + DONE;
export const WHOLE = completionText(WORDS.join(''));
const PAGE = '<!DOCTYPE html><html><body><h1>Sign in</h1></body></html>';
const JSON_TYPE = { 'content-type': 'application/json' };
const PAGE_TYPE = { 'content-type': 'text/html; charset=utf-8' };

const UNREADABLE = refused(502, 'upstream_error', 'sent what Lumen cannot read');
const BROKE_OFF = refused(502, 'upstream_error', 'broke off its answer');
const GARBLED = refused(502, 'upstream_error');
const LATE = refused(504, 'upstream_timeout');

function refused(code: number, errorCode: string, says?: string): Verdict {
  return { kind: 'refused', status: code, code: errorCode, ...(says && { says }) };
}

function both(verdict: Verdict): Pick<HostileLie, 'streamed' | 'whole'> {
  return { streamed: verdict, whole: verdict };
}

const served = (text: string, contentType?: string): Verdict => ({
  kind: 'served',
  text,
  tokens: USAGE.completion_tokens,
  isExact: true,
  ...(contentType && { contentType }),
});

const broken = (...words: string[]): Verdict => ({
  kind: 'broken',
  text: words.map((word) => chunkText(word)).join(''),
  tokens: words.length,
});

/** These bytes as they are on the connection, which the backend then closes. */
function rawAndClose(...pieces: Piece[]): Behaviour {
  return async (request, response) => {
    const socket = response.socket as Socket;
    if (await writePieces(socket, request, pieces)) request.hangUp();
  };
}

const head = (...lines: string[]) => ['HTTP/1.1 200 OK', ...lines, '', ''].join('\r\n');
const chunked = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const length = (text: string) => `content-length: ${Buffer.byteLength(text)}`;
const json = 'content-type: application/json';
const either =
  (streamed: Behaviour, whole: Behaviour): Behaviour =>
  (request: RecordedRequest, response) =>
    (request.json?.['stream'] === true ? streamed : whole)(request, response);

/** A body that is right, under another name. */
const named = (contentType: string | undefined, text: string): Behaviour =>
  streamWith({ headers: contentType === undefined ? {} : { 'content-type': contentType } }, text);

const floods =
  (line: string): Behaviour =>
  async (request, response) => {
    const socket = response.socket as Socket;
    const block = line.repeat(200);
    while (await writePieces(socket, request, [block])) await new Promise(setImmediate);
  };

const CONTENT: HostileLie[] = [
  { what: 'a page', behaviour: status(200, PAGE, PAGE_TYPE), ...both(UNREADABLE) },
  { what: 'a page called JSON', behaviour: status(200, PAGE), ...both(UNREADABLE) },
  {
    what: 'a page called a stream',
    behaviour: status(200, PAGE, { 'content-type': 'text/event-stream' }),
    ...both(UNREADABLE),
  },
  {
    what: 'a page of 5 MiB',
    behaviour: status(200, PAGE + ' '.repeat(5 * 1024 * 1024), PAGE_TYPE),
    ...both(UNREADABLE),
  },
  { what: 'nothing', behaviour: status(200, ''), ...both(UNREADABLE) },
  { what: 'null', behaviour: status(200, 'null'), ...both(UNREADABLE) },
  { what: 'JSON that stops', behaviour: truncatedJson, ...both(UNREADABLE) },
  { what: 'JSON that is cut', behaviour: cutShort(40), ...both(BROKE_OFF), closes: true },
  {
    what: 'JSON and garbage',
    behaviour: status(200, `${WHOLE}{"late":true}`),
    ...both(UNREADABLE),
  },
  {
    what: 'JSON called HTML',
    behaviour: named('text/html', WHOLE),
    whole: served(WHOLE, 'application/json'),
  },
  {
    what: 'JSON without a name',
    behaviour: named(undefined, WHOLE),
    whole: served(WHOLE, 'application/json'),
  },
  {
    what: 'JSON called UTF-16',
    behaviour: named('application/json; charset=utf-16', WHOLE),
    whole: served(WHOLE, 'application/json'),
  },
  {
    what: 'JSON in UTF-16',
    behaviour: (_request, response) =>
      void response.writeHead(200, JSON_TYPE).end(Buffer.from(WHOLE, 'utf16le')),
    ...both(UNREADABLE),
  },
  {
    what: 'JSON with names that no header may have',
    behaviour: rawAndClose(
      head('content-type: application/json; x=\xff\xfe☃', length(WHOLE)),
      WHOLE,
    ),
    whole: served(WHOLE, 'application/json'),
  },
  {
    what: 'JSON under two names',
    behaviour: rawAndClose(head(json, 'content-type: text/html', length(WHOLE)), WHOLE),
    whole: served(WHOLE, 'application/json'),
  },
  {
    what: 'JSON called a stream',
    behaviour: named('text/event-stream', WHOLE),
    ...both(UNREADABLE),
  },
  {
    what: 'a stream called JSON',
    behaviour: named('application/json', SENT),
    streamed: served(STREAM),
  },
  { what: 'a stream called text', behaviour: named('text/plain', SENT), streamed: served(STREAM) },
  { what: 'a stream without a name', behaviour: named(undefined, SENT), streamed: served(STREAM) },
  {
    what: 'a stream in capitals',
    behaviour: named('Text/Event-Stream; Charset=UTF-8', SENT),
    streamed: served(STREAM, 'text/event-stream; Charset=UTF-8'),
  },
  {
    what: 'a stream under two names',
    behaviour: rawAndClose(
      head('content-type: text/event-stream', 'content-type: text/html', length(SENT)),
      SENT,
    ),
    streamed: served(STREAM),
  },
];

const ERRORS: HostileLie[] = [
  {
    what: 'an error in a success',
    behaviour: errorInside200('The model has crashed'),
    ...both(refused(502, 'upstream_error')),
  },
  {
    what: 'an error in a success, as vLLM says it',
    behaviour: status(
      200,
      '{"object":"error","message":"too long","type":"BadRequest","code":400}',
    ),
    ...both(refused(400, 'upstream_request_refused', 'too long')),
  },
  {
    what: 'a caller’s mistake in a success',
    behaviour: status(200, '{"error":{"message":"no such tool","code":422}}'),
    ...both(refused(422, 'upstream_request_refused', 'no such tool')),
  },
  {
    what: 'an overload in a success',
    behaviour: status(200, '{"error":{"message":"busy","code":503}}'),
    ...both(refused(503, 'upstream_overloaded')),
  },
  {
    what: 'an error called a stream',
    behaviour: named('text/event-stream', errorText('The model has crashed')),
    ...both(refused(502, 'upstream_error')),
  },
  {
    what: 'an error beside the data',
    behaviour: stream('error: {"code":400,"message":"too many slots"}\n\n'),
    streamed: refused(400, 'upstream_request_refused', 'too many slots'),
  },
  {
    what: 'an error in a stream',
    behaviour: errorInsideStream(),
    streamed: broken('Hello', ' from'),
  },
  ...[500, 502, 504].map((code): HostileLie => ({
    what: `a page with status ${code}`,
    behaviour: htmlError(code),
    ...both(refused(502, 'upstream_error', `status ${code}`)),
  })),
  {
    what: 'a page with status 503',
    behaviour: htmlError(503),
    ...both(refused(503, 'upstream_overloaded')),
  },
  ...[400, 404, 413, 422].map((code): HostileLie => ({
    what: `a page with status ${code}`,
    behaviour: htmlError(code),
    ...both(refused(code, 'upstream_request_refused', 'refused the request')),
  })),
  {
    what: 'a redirect',
    behaviour: status(302, '', { location: 'http://169.254.169.254/latest' }),
    ...both(refused(502, 'upstream_error', 'status 302')),
  },
  ...[204, 205, 304].map((code): HostileLie => ({
    what: `status ${code}`,
    behaviour: (_request, response) => void response.writeHead(code).end(),
    ...both(refused(502, 'upstream_error', `status ${code}`)),
  })),
  {
    what: 'an overload with two dates',
    behaviour: rawAndClose(
      'HTTP/1.1 503 No\r\nretry-after: x\r\nretry-after: 99999999999\r\ncontent-length: 0\r\n\r\n',
    ),
    ...both(refused(503, 'upstream_overloaded')),
  },
];

const PROTOCOL: HostileLie[] = [
  { what: 'a reset', behaviour: reset, ...both(BROKE_OFF), closes: true },
  { what: 'no HTTP', behaviour: notHttp, ...both(BROKE_OFF), closes: true },
  { what: 'HTTP/0.9', behaviour: rawAndClose(PAGE), ...both(BROKE_OFF), closes: true },
  {
    what: 'status 999',
    behaviour: rawAndClose('HTTP/1.1 999 Odd\r\ncontent-length: 0\r\n\r\n'),
    ...both(GARBLED),
  },
  {
    what: 'status 99',
    behaviour: rawAndClose('HTTP/1.1 99 Odd\r\n\r\n'),
    ...both(GARBLED),
    closes: true,
  },
  { what: 'status x', behaviour: raw('HTTP/1.1 OK\r\n\r\n'), ...both(BROKE_OFF), closes: true },
  {
    what: 'a negative length',
    behaviour: raw(head(json, 'content-length: -1'), WHOLE),
    ...both(BROKE_OFF),
    closes: true,
  },
  {
    what: 'two lengths',
    behaviour: raw(head(json, 'content-length: 5', length(WHOLE)), WHOLE),
    ...both(BROKE_OFF),
    closes: true,
  },
  {
    what: 'a length beyond numbers',
    behaviour: raw(head(json, `content-length: ${'9'.repeat(40)}`), WHOLE),
    ...both(GARBLED),
    closes: true,
  },
  {
    what: 'a length and chunks',
    behaviour: raw(head(json, length(WHOLE), 'transfer-encoding: chunked'), chunked(WHOLE)),
    ...both(BROKE_OFF),
    closes: true,
  },
  {
    what: 'chunks of no size',
    behaviour: raw(head(json, 'transfer-encoding: chunked'), `zz\r\n${WHOLE}`),
    ...both(BROKE_OFF),
    closes: true,
  },
  {
    what: 'chunks that stop',
    behaviour: rawAndClose(head(json, 'transfer-encoding: chunked'), chunked(WHOLE)),
    ...both(BROKE_OFF),
    closes: true,
  },
  {
    what: 'a header that is none',
    behaviour: raw('HTTP/1.1 200 OK\r\n:\x00\x01 bad\r\n\r\n'),
    ...both(BROKE_OFF),
    closes: true,
  },
  { what: 'headers without end', behaviour: endlessHeaders(), ...both(BROKE_OFF), closes: true },
  {
    what: 'slow headers without end',
    behaviour: endlessHeaders({ everyMs: 20 }),
    ...both(LATE),
    closes: true,
  },
  {
    what: 'a megabyte of headers',
    behaviour: raw(head(`x: ${'x'.repeat(1_000_000)}`)),
    ...both(BROKE_OFF),
    closes: true,
  },
  {
    what: 'trailers without end',
    behaviour: either(hangAfter(), async (request, response) => {
      const socket = response.socket as Socket;
      await writePieces(socket, request, [
        head(json, 'transfer-encoding: chunked'),
        chunked(WHOLE),
        '0\r\n',
      ]);
      await floods('x-late: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n')(request, response);
    }),
    whole: BROKE_OFF,
    closes: true,
  },
  {
    what: 'a size of a chunk without end',
    behaviour: async (request, response) => {
      const socket = response.socket as Socket;
      await writePieces(socket, request, [head(json, 'transfer-encoding: chunked'), '5;x=']);
      await floods('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx')(request, response);
    },
    ...both(LATE),
    closes: true,
  },
  {
    what: 'interim answers without end',
    behaviour: floods('HTTP/1.1 103 Early\r\nlink: </x>\r\n\r\n'),
    ...both(LATE),
    closes: true,
  },
  {
    what: 'a protocol nobody asked for',
    behaviour: raw('HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    ...both(BROKE_OFF),
    closes: true,
  },
  { what: 'a reset after half of it', behaviour: cutShort(100), ...both(BROKE_OFF), closes: true },
];

const COMPRESSED: HostileLie[] = [
  ...(['gzip', 'br'] as const).map((encoding): HostileLie => ({
    what: `JSON in ${encoding}`,
    behaviour: compressed(encoding, WHOLE),
    whole: { kind: 'served', text: WHOLE, tokens: sizeOf(encoding, WHOLE) },
  })),
  {
    what: 'JSON that is called compressed',
    behaviour: status(200, WHOLE, { ...JSON_TYPE, 'content-encoding': 'gzip' }),
    whole: served(WHOLE, 'application/json'),
  },
  {
    what: 'JSON that is compressed by nothing',
    behaviour: status(200, WHOLE, { ...JSON_TYPE, 'content-encoding': 'identity' }),
    whole: served(WHOLE, 'application/json'),
  },
  {
    what: 'a compressed stream',
    behaviour: (_request, response) => {
      const headers = { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' };
      response.writeHead(200, headers).end(gzipSync(SENT));
    },
    streamed: { kind: 'served', text: SENT, tokens: sizeOf('gzip', SENT) },
  },
  {
    what: 'a stream that is called compressed',
    behaviour: streamWith(
      { headers: { 'content-type': 'text/event-stream', 'content-encoding': 'br' } },
      SENT,
    ),
    streamed: served(STREAM),
  },
];

function sizeOf(encoding: 'gzip' | 'br', text: string): number {
  const bytes = encoding === 'gzip' ? gzipSync(text) : brotliCompressSync(text);
  return Math.ceil(bytes.length / 4);
}

const WITHOUT_SPACE = SENT.replaceAll('data: ', 'data:');
const SHOWN_WITHOUT_SPACE = STREAM.replaceAll('data: ', 'data:');
const inLines = (text: string) => text.replaceAll(',"choices"', ',\ndata: "choices"');

const STREAMS: HostileLie[] = [
  { what: 'byte by byte', behaviour: stream(...singleBytes(SENT)), streamed: served(STREAM) },
  {
    what: 'carriage returns',
    behaviour: stream(SENT.replaceAll('\n', '\r\n')),
    streamed: served(STREAM.replaceAll('\n', '\r\n')),
  },
  {
    what: 'carriage returns alone',
    behaviour: stream(SENT.replaceAll('\n', '\r')),
    streamed: BROKE_OFF,
  },
  { what: 'a byte order mark', behaviour: stream(`\uFEFF${SENT}`), streamed: served(STREAM) },
  {
    what: 'a byte order mark, byte by byte',
    behaviour: stream(...singleBytes(`\uFEFF${SENT}`)),
    streamed: served(STREAM),
  },
  { what: 'no spaces', behaviour: stream(WITHOUT_SPACE), streamed: served(SHOWN_WITHOUT_SPACE) },
  {
    what: 'data in many lines',
    behaviour: stream(inLines(SENT)),
    streamed: served(inLines(STREAM)),
  },
  {
    what: 'a comment of 2 MiB',
    behaviour: stream(`: ${'x'.repeat(2 * 1024 * 1024)}\n\n`, SENT),
    streamed: served(`: ${'x'.repeat(2 * 1024 * 1024)}\n\n${STREAM}`),
  },
  { what: 'half a line at its end', behaviour: halfLine, streamed: broken('Hello', ' from') },
  { what: 'half a line and no more', behaviour: stream('data: {"id":"c'), streamed: BROKE_OFF },
  {
    what: 'a last event without its empty line',
    behaviour: stream(SENT.trimEnd()),
    streamed: served(STREAM.trimEnd()),
  },
  {
    what: 'a cut in an event',
    behaviour: closeAfter(...CHUNKS.slice(0, 2), CHUNKS[2]!.slice(0, 20)),
    streamed: broken(...WORDS.slice(0, 2)),
    closes: true,
  },
  {
    what: 'garbage after [DONE]',
    behaviour: garbageAfterDone(),
    streamed: {
      ...(served('') as Extract<Verdict, { kind: 'served' }>),
      text: chatPieces({ usage: null }).map(textOf).join('') + DONE,
    },
  },
  {
    what: 'no end after [DONE]',
    behaviour: hangAfter(SENT),
    streamed: served(STREAM),
    closes: true,
  },
  {
    what: 'megabytes after [DONE]',
    behaviour: async (request, response) => {
      beginStream(response);
      const filling = Buffer.alloc(65_536, 'x');
      let isOpen = await writePieces(response, request, [SENT]);
      while (isOpen) isOpen = await writePieces(response, request, [filling]);
    },
    streamed: served(STREAM),
    closes: true,
  },
];

function textOf(piece: Piece): string {
  if (typeof piece === 'string') return piece;
  return String((piece as { bytes: string }).bytes);
}

const BODIES: HostileLie[] = [
  {
    what: 'JSON byte by byte',
    behaviour: streamWith({ headers: JSON_TYPE }, ...singleBytes(WHOLE)),
    whole: served(WHOLE),
  },
  {
    what: 'two answers at once',
    behaviour: raw(
      head(json, length(WHOLE)) + WHOLE + head(json, length('{"error":1}')) + '{"error":1}',
    ),
    whole: served(WHOLE),
    closes: true,
  },
  {
    what: 'an answer and garbage',
    behaviour: garbageAfterAnswer(WHOLE),
    whole: served(WHOLE),
    closes: true,
  },
  {
    what: 'headers for somebody else',
    behaviour: status(200, WHOLE, {
      ...JSON_TYPE,
      'set-cookie': 'session=stolen',
      server: 'secret/1.0',
      'x-internal': '10.0.0.7',
      'x-lumen-cost': '0',
      'x-request-id': 'theirs',
      'access-control-allow-origin': '*',
      'strict-transport-security': 'max-age=1',
      location: 'http://internal',
      connection: 'close',
    }),
    whole: served(WHOLE),
  },
];

export const HOSTILE_LIES: readonly HostileLie[] = [
  ...CONTENT,
  ...ERRORS,
  ...PROTOCOL,
  ...COMPRESSED,
  ...STREAMS,
  ...BODIES,
];

/** What an honest backend does, in bytes that tell whose answer it is. */
export function honest(name: string): Behaviour {
  return completion(`honest ${name}`, { usage: USAGE });
}
