import { type AppError } from './app-error.js';
import { ERROR_CODES, type ErrorCode } from './error-codes.js';

const MESSAGES_PATH = /^\/v1\/messages(?:[/?]|$)/;

/** Anthropic's words for failures, by status. What is not here is the request's fault, or ours. */
const ANTHROPIC_TYPES: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
};
const OVERLOADED: ReadonlySet<ErrorCode> = new Set(['overloaded', 'upstream_overloaded']);

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

/** Anthropic's shape, for `/v1/messages` and what is below it; in a stream there is no id to tell. */
export function anthropicEnvelope(error: AppError, requestId?: string): object {
  return {
    type: 'error',
    error: { type: anthropicTypeOf(error.code, error.status), message: error.message },
    ...(requestId !== undefined && { request_id: requestId }),
  };
}

/** Anthropic's word for a failure. `status`: as it was answered, where that is not the code's own. */
export function anthropicTypeOf(
  code: ErrorCode,
  status: number = ERROR_CODES[code].status,
): string {
  if (OVERLOADED.has(code)) return 'overloaded_error';
  return ANTHROPIC_TYPES[status] ?? (status < 500 ? 'invalid_request_error' : 'api_error');
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

/** Both at once, for callers of whom it is not known what they asked for. */
export function anyEnvelope(error: AppError, requestId: string): object {
  const { type } = ERROR_CODES[error.code];
  return { error: { message: error.message, type, param: null, code: error.code, requestId } };
}

/** The envelope that callers of `path` expect. */
export function envelopeFor(path: string, error: AppError, requestId: string): object {
  if (isMessagesPath(path)) return anthropicEnvelope(error, requestId);
  return isOpenAiPath(path) ? openAiEnvelope(error) : lumenEnvelope(error, requestId);
}

/** Anthropic's API, which stands among OpenAI's. */
export function isMessagesPath(path: string): boolean {
  return MESSAGES_PATH.test(path);
}

export function isOpenAiPath(path: string): boolean {
  return path === '/v1' || path.startsWith('/v1/') || path.startsWith('/v1?');
}
