import { HttpException } from '@nestjs/common';
import { AppError } from './app-error.js';
import { isDatabaseUnavailable, isUnstorableText } from '../database/database-errors.js';
import { type ErrorCode } from './error-codes.js';

const FASTIFY_CODES: Record<string, { code: ErrorCode; message: string }> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'unsupported_media_type',
    message:
      'This address does not take that content type. Send the body as JSON, with "content-type: application/json".',
  },
  FST_ERR_CTP_EMPTY_TYPE: {
    code: 'unsupported_media_type',
    message:
      'The body has no content type. Send it as JSON, with "content-type: application/json".',
  },
  FST_ERR_CTP_BODY_TOO_LARGE: {
    code: 'body_too_large',
    message: 'The body is larger than this server accepts. Send a shorter one.',
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    code: 'invalid_json',
    message: 'The body is empty, but JSON was announced. Send a JSON object.',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'invalid_request',
    message: 'The body is not as long as its content-length says. Send it again.',
  },
};

const STATUS_CODES: Record<number, ErrorCode> = {
  400: 'invalid_request',
  401: 'login_required',
  403: 'permission_denied',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  413: 'body_too_large',
  415: 'unsupported_media_type',
  429: 'rate_limit_exceeded',
  431: 'headers_too_large',
};

const INTERNAL_MESSAGE =
  'Something went wrong inside Lumen. Try again; if it stays, tell your administrator the request id.';

/** Turns whatever was thrown into one `AppError`. What is not understood becomes `internal_error`. */
export function normaliseError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof HttpException) return fromHttpException(thrown);
  if (isDatabaseUnavailable(thrown)) return databaseUnavailable(thrown);
  if (isUnstorableText(thrown)) {
    return new AppError('invalid_request', 'A text has a NUL character in it. Send it without.');
  }
  if (isFastifyError(thrown)) return fromFastifyError(thrown);
  return new AppError('internal_error', INTERNAL_MESSAGE, { cause: thrown });
}

function databaseUnavailable(cause: unknown): AppError {
  return new AppError(
    'database_unavailable',
    'The database does not answer or has no free connection. Try again in a few seconds.',
    { cause, retryAfterS: 5 },
  );
}

function fromHttpException(exception: HttpException): AppError {
  const status = exception.getStatus();
  const code = STATUS_CODES[status];
  if (!code) return new AppError('internal_error', INTERNAL_MESSAGE, { cause: exception });
  const body = exception.getResponse();
  const messages = typeof body === 'object' && 'message' in body ? body.message : exception.message;
  const message = Array.isArray(messages) ? messages.join('; ') : String(messages);
  return new AppError(code, message, { cause: exception.cause });
}

function isFastifyError(thrown: unknown): thrown is Error & { code: string; statusCode?: number } {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string';
}

function fromFastifyError(error: Error & { code: string; statusCode?: number }): AppError {
  const known = FASTIFY_CODES[error.code];
  if (known) return new AppError(known.code, known.message);
  const code = error.statusCode === undefined ? undefined : STATUS_CODES[error.statusCode];
  if (code) return new AppError(code, error.message);
  return new AppError('internal_error', INTERNAL_MESSAGE, { cause: error });
}
