import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { AppError } from '../errors/app-error.js';
import { isMessagesPath } from '../errors/error-envelope.js';
import {
  API_DOCUMENTATION_POLICY,
  SECURITY_HEADERS,
  STRICT_TRANSPORT_SECURITY,
} from './security-headers.js';

/** What every request carries and every answer says, before any route sees it. */
export function prepareRequests(
  fastify: FastifyInstance,
  options: { isSecure: boolean; headerCount: number },
): void {
  fastify.decorateRequest('principal', null);
  fastify.decorateRequest('rawBody', null);
  fastify.decorateRequest('failure', null);
  fastify.decorateRequest('logFields', null);
  const headers: Record<string, string> = {
    ...SECURITY_HEADERS,
    ...(options.isSecure ? { 'strict-transport-security': STRICT_TRANSPORT_SECURITY } : {}),
  };
  // Node drops what is beyond its limit in silence; one more than ours is enough to notice.
  fastify.server.maxHeadersCount = options.headerCount + 1;
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers);
    reply.header('x-request-id', request.id);
    // What Anthropic's tools call it.
    if (isMessagesPath(request.url)) reply.header('request-id', request.id);
    if (request.url.startsWith('/docs')) {
      reply.header('content-security-policy', API_DOCUMENTATION_POLICY);
    }
    done(
      hasTooManyHeaders(request, options.headerCount)
        ? tooManyHeaders(options.headerCount)
        : undefined,
    );
  });
}

/** `rawHeaders` has names and values in turn. */
function hasTooManyHeaders(request: FastifyRequest, most: number): boolean {
  return request.raw.rawHeaders.length / 2 > most;
}

function tooManyHeaders(most: number): AppError {
  return new AppError(
    'headers_too_large',
    `The request has more than ${most} headers. Send fewer of them.`,
  );
}
