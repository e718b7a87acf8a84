import { type FastifyReply, type FastifyRequest } from 'fastify';
import { AppError } from '../errors/app-error.js';
import { envelopeFor } from '../errors/error-envelope.js';
import { SECURITY_HEADERS } from './security-headers.js';

/** Answers addresses that no route can be found for because they cannot be read, such as `/%zz`. */
export function answerFrameworkErrors(
  _error: Error,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const failure = new AppError(
    'invalid_request',
    'The address of the request cannot be read. Write special characters in it as %XX of UTF-8.',
  );
  reply.headers({ ...SECURITY_HEADERS, 'x-request-id': request.id });
  void reply.status(failure.status).send(envelopeFor(request.url, failure, request.id));
}
