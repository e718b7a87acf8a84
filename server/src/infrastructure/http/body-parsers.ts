import { isUtf8 } from 'node:buffer';
import { type IncomingMessage } from 'node:http';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { AppError } from '../errors/app-error.js';
import { isOpenAiPath } from '../errors/error-envelope.js';
import { jsonExcess } from './json-scan.js';

const FORM = /^multipart\/form-data\b/i;
/** Where forms are taken; whoever answers there reads them. */
const FORM_ROUTES: ReadonlySet<string | undefined> = new Set([
  '/v1/audio/transcriptions',
  '/v1/audio/translations',
  '/chat/attachments',
  '/chat/imports',
]);
/**
 * Dropped of a body beyond what is wanted of it: a form's fields, and what comes before its sender
 * has noticed that nobody wants the rest. Those who never notice are cut off.
 */
const BEYOND_BYTES = 32 * 2 ** 20;
const JSON_TYPES = /^application\/([\w.-]+\+)?json\b/i;
/** What says of a body that it is as it is. */
const NO_ENCODING = /^\s*(identity)?\s*$/i;

type Done = (error: Error | null, body?: unknown) => void;

/**
 * JSON, up to the server's body limit; forms with a file of up to `uploadBytes` where a route takes
 * them, and there unread. Under `/v1` the bytes are kept beside the parsed value,
 * so that what nobody changes reaches the upstream exactly as it was sent; elsewhere keys that could
 * reach a prototype are refused.
 */
export function parseBodies(fastify: FastifyInstance, limits: { uploadBytes: () => number }): void {
  const strictParser = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    JSON_TYPES,
    { parseAs: 'buffer' },
    (request: FastifyRequest, bytes: string | Buffer, done: Done) => {
      const body = bytes as Buffer;
      const refusal = refusalOf(request, body);
      if (refusal !== null) {
        done(refusal);
      } else if (isOpenAiPath(request.url) || request.routeOptions.url === '/chat/completions') {
        parseKeepingBytes(request, body, done);
      } else if (body.length === 0) {
        done(null, undefined);
      } else {
        void strictParser(request, body.toString('utf8'), (error, value) =>
          done(error ? invalidJson(error) : null, value),
        );
      }
    },
  );
  fastify.addContentTypeParser(FORM, (request, body, done) => {
    cutBeyond(body, limits.uploadBytes() + BEYOND_BYTES);
    if (!FORM_ROUTES.has(request.routeOptions.url)) done(notHere());
    else done(isEncoded(request) ? encoded() : null);
  });
  answerBeforeClosing(fastify);
}

/**
 * A body that is refused while it is on its way goes on being taken, and dropped: closing at once
 * would reset the connection, and most callers would then see that instead of the answer.
 */
function answerBeforeClosing(fastify: FastifyInstance): void {
  fastify.addHook('onError', (request, reply, _error, done) => {
    const { raw } = request;
    if (!raw.complete) {
      reply.removeHeader('connection');
      cutBeyond(raw, BEYOND_BYTES);
      raw.resume();
    }
    done();
  });
}

/** Whoever reads it, or whether it is dropped: so much is taken of a body, and no more. */
function cutBeyond(body: IncomingMessage, most: number): void {
  let received = 0;
  // Listening alone would make it flow.
  body.pause();
  body.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received > most) body.destroy();
  });
}

function notHere(): AppError {
  return new AppError(
    'unsupported_media_type',
    'This address takes no forms. Send the body as JSON, with "content-type: application/json".',
  );
}

/** A small compressed body may become one beyond every limit, so that none is taken. */
function isEncoded({ headers }: FastifyRequest): boolean {
  return !NO_ENCODING.test(headers['content-encoding'] ?? '');
}

function encoded(): AppError {
  return new AppError(
    'unsupported_media_type',
    'The body has a content-encoding, and bodies are only taken as they are. Send it uncompressed, without that header.',
  );
}

/** Why these bytes are not even parsed; null if they are. */
function refusalOf(request: FastifyRequest, body: Buffer): AppError | null {
  if (isEncoded(request)) return encoded();
  if (!isUtf8(body)) return notJson('The body is not valid UTF-8. Send JSON as UTF-8.');
  const excess = jsonExcess(body);
  return excess === null ? null : notJson(`The body is not taken: ${excess}. Send a simpler one.`);
}

const notJson = (message: string) => new AppError('invalid_json', message);

function parseKeepingBytes(request: FastifyRequest, body: Buffer, done: Done): void {
  request.rawBody = body;
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch (error) {
    done(invalidJson(error));
    return;
  }
  done(null, value);
}

function invalidJson(error: unknown): AppError {
  const reason = error instanceof Error ? error.message : 'it could not be parsed';
  return notJson(`The body is not valid JSON: ${reason.slice(0, 200)}.`);
}
