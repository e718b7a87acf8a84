import { type FastifyInstance } from 'fastify';
import {
  API_DOCUMENTATION_POLICY,
  SECURITY_HEADERS,
  STRICT_TRANSPORT_SECURITY,
} from './security-headers.js';

/** What every request carries and every answer says, before any route sees it. */
export function prepareRequests(fastify: FastifyInstance, options: { isSecure: boolean }): void {
  fastify.decorateRequest('principal', null);
  fastify.decorateRequest('rawBody', null);
  fastify.decorateRequest('failure', null);
  fastify.decorateRequest('logFields', null);
  const headers: Record<string, string> = {
    ...SECURITY_HEADERS,
    ...(options.isSecure ? { 'strict-transport-security': STRICT_TRANSPORT_SECURITY } : {}),
  };
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers);
    reply.header('x-request-id', request.id);
    if (request.url.startsWith('/docs')) {
      reply.header('content-security-policy', API_DOCUMENTATION_POLICY);
    }
    done();
  });
}
