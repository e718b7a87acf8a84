import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type Logger } from 'pino';
import { type AppError } from '../errors/app-error.js';
import { ERROR_CODES } from '../errors/error-codes.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Why the request failed, for its log line. */
    failure: AppError | null;
    /** What else its log line says; set by the pipeline (model, endpoint, tokens). Never a body. */
    logFields: Record<string, unknown> | null;
  }
}

/** Routes that machines ask every few seconds; logged only when they fail. */
const QUIET = new Set(['/health', '/health/live', '/health/ready', '/metrics']);

/** Writes the one line of each request, at its end; of those that succeed only where `isWanted`. */
export function logRequests(
  fastify: FastifyInstance,
  logger: Logger,
  isWanted: () => boolean,
): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const { failure } = request;
    const path = pathOf(request);
    if (failure || (isWanted() && !QUIET.has(path))) {
      const level = failure ? ERROR_CODES[failure.code].logLevel : 'info';
      logger[level](
        {
          requestId: request.id,
          method: request.method,
          path,
          status: reply.statusCode,
          durationMs: Math.round(reply.elapsedTime * 10) / 10,
          ownerId: request.principal?.ownerId,
          credentialId: request.principal?.credentialId,
          ...request.logFields,
          ...failureFields(failure),
        },
        'request',
      );
    }
    done();
  });
}

function failureFields(failure: AppError | null): Record<string, unknown> | undefined {
  if (!failure) return undefined;
  return { error: failure.code, reason: failure.message, cause: causeOf(failure) };
}

/** A stack only for what is a defect of ours; the rest of the causes in one line. */
function causeOf(failure: AppError): string | undefined {
  if (!(failure.cause instanceof Error)) return undefined;
  return failure.code === 'internal_error' ? failure.cause.stack : failure.cause.message;
}

function pathOf(request: FastifyRequest): string {
  const end = request.url.indexOf('?');
  return end === -1 ? request.url : request.url.slice(0, end);
}
