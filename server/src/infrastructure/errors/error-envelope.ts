import { type AppError } from './app-error.js';
import { ERROR_CODES } from './error-codes.js';

/** OpenAI's shape, for everything under `/v1`. */
export function openAiEnvelope(error: AppError): object {
  return {
    error: {
      message: error.message,
      type: ERROR_CODES[error.code].type,
      param: error.param ?? null,
      code: error.code,
    },
  };
}

/** Lumen's own shape, for everything else. */
export function lumenEnvelope(error: AppError, requestId: string): object {
  return {
    error: {
      code: error.code,
      message: error.message,
      ...(error.details ? { details: error.details } : {}),
      requestId,
    },
  };
}

/** The envelope that callers of `path` expect. */
export function envelopeFor(path: string, error: AppError, requestId: string): object {
  return isOpenAiPath(path) ? openAiEnvelope(error) : lumenEnvelope(error, requestId);
}

export function isOpenAiPath(path: string): boolean {
  return path === '/v1' || path.startsWith('/v1/') || path.startsWith('/v1?');
}
