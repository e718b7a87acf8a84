import { AppError } from '../infrastructure/errors/app-error.js';

const MOST_RETRY_AFTER_S = 600;

/** A caller's own mistakes, which the backend words best. */
const PASSED_THROUGH = new Set([400, 404, 409, 413, 422]);

/** What the caller hears when a backend answered with an error status. */
export function refusedByUpstream(
  model: string,
  status: number,
  retryAfter: string | undefined,
  body: Buffer,
): AppError {
  if (PASSED_THROUGH.has(status)) {
    const message = messageIn(body) ?? `The backend of "${model}" refused the request.`;
    return new AppError('upstream_request_refused', message, { status });
  }
  if (status === 401 || status === 403) {
    return new AppError(
      'upstream_misconfigured',
      `The backend of "${model}" does not accept Lumen's key. This is not your fault: tell your administrator.`,
      { cause: new Error(`upstream status ${status}`) },
    );
  }
  if (status === 429 || status === 503) {
    return new AppError(
      'upstream_overloaded',
      `The backend of "${model}" is overloaded. Try again shortly, or choose another model.`,
      { retryAfterS: secondsOf(retryAfter) },
    );
  }
  return new AppError(
    'upstream_error',
    `The backend of "${model}" failed (status ${status}). Try again, or choose another model.`,
    { cause: new Error(`upstream status ${status}: ${messageIn(body) ?? 'no message'}`) },
  );
}

/** What the caller hears when a backend could not be reached, hung or broke off. */
export function failedUpstream(model: string, error: Error): AppError {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    return new AppError(
      'upstream_timeout',
      `The backend of "${model}" did not answer in time. Try again, or choose another model.`,
      { cause: error },
    );
  }
  if (UNREACHABLE.has(code)) {
    return new AppError(
      'upstream_unreachable',
      `The backend of "${model}" cannot be reached. Try again shortly, or choose another model.`,
      { cause: error },
    );
  }
  return new AppError(
    'upstream_error',
    `The backend of "${model}" broke off its answer. Try again, or choose another model.`,
    { cause: error },
  );
}

const UNREACHABLE = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
]);

/** `{"error":{"message"}}` as OpenAI words it, `{"error":"…"}` as Ollama does, `{"message"}` as vLLM did. */
function messageIn(body: Buffer): string | null {
  try {
    const parsed = JSON.parse(body.toString('utf8')) as Record<string, unknown> | null;
    const error = parsed?.['error'];
    const message =
      typeof error === 'object' && error !== null
        ? (error as Record<string, unknown>)['message']
        : (error ?? parsed?.['message'] ?? parsed?.['detail']);
    return typeof message === 'string' && message !== '' ? message.slice(0, 2_000) : null;
  } catch {
    return null;
  }
}

function secondsOf(retryAfter: string | undefined): number | undefined {
  const seconds = Number(retryAfter);
  if (retryAfter === undefined || !Number.isFinite(seconds) || seconds < 0) return undefined;
  return Math.min(Math.ceil(seconds), MOST_RETRY_AFTER_S);
}
