import { isUtf8 } from 'node:buffer';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { AppError } from '../errors/app-error.js';
import { isOpenAiPath } from '../errors/error-envelope.js';

const JSON_TYPES = /^application\/([\w.-]+\+)?json\b/i;

type Done = (error: Error | null, body?: unknown) => void;

/**
 * JSON only, up to the server's body limit. Under `/v1` the bytes are kept beside the parsed value,
 * so that what nobody changes reaches the upstream exactly as it was sent; elsewhere keys that could
 * reach a prototype are refused.
 */
export function parseBodies(fastify: FastifyInstance): void {
  const strictParser = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    JSON_TYPES,
    { parseAs: 'buffer' },
    (request: FastifyRequest, bytes: string | Buffer, done: Done) => {
      const body = bytes as Buffer;
      if (!isUtf8(body)) {
        done(new AppError('invalid_json', 'The body is not valid UTF-8. Send JSON as UTF-8.'));
      } else if (isOpenAiPath(request.url) || request.url.startsWith('/chat/')) {
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
}

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
  return new AppError('invalid_json', `The body is not valid JSON: ${reason.slice(0, 200)}.`);
}
