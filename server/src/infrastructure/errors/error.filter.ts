import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { envelopeFor } from './error-envelope.js';
import { normaliseError } from './normalise-error.js';

/** The one place where a failure becomes an HTTP answer. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const context = host.switchToHttp();
    const request = context.getRequest<FastifyRequest>();
    const reply = context.getResponse<FastifyReply>();
    const error = normaliseError(thrown);
    request.failure = error;
    if (reply.sent) return;
    if (error.retryAfterS !== undefined) reply.header('retry-after', String(error.retryAfterS));
    if (error.status === 401) reply.header('www-authenticate', 'Bearer');
    // A route that answers with a file has said so already.
    reply.header('content-type', 'application/json; charset=utf-8');
    reply.removeHeader('content-disposition');
    void reply.status(error.status).send(envelopeFor(request.url, error, request.id));
  }
}
