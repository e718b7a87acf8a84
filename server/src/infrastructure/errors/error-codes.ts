/**
 * The closed list of error codes and the one place that maps them to HTTP. A code that is not here
 * does not compile. `type` is OpenAI's word for the same failure, used in the `/v1` envelope.
 */
export interface ErrorClass {
  readonly status: number;
  readonly type: string;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}

const request = (status: number): ErrorClass => ({
  status,
  type: 'invalid_request_error',
  logLevel: 'info',
});
const server = (status: number): ErrorClass => ({ status, type: 'api_error', logLevel: 'error' });
const upstream = (status: number): ErrorClass => ({
  status,
  type: 'api_error',
  logLevel: 'warn',
});

export const ERROR_CODES = {
  invalid_json: request(400),
  invalid_request: request(400),
  missing_field: request(400),
  unsupported_media_type: request(415),
  body_too_large: request(413),
  headers_too_large: request(431),
  method_not_allowed: request(405),
  not_found: request(404),
  model_not_found: request(404),
  api_key_missing: { status: 401, type: 'authentication_error', logLevel: 'info' },
  api_key_invalid: { status: 401, type: 'authentication_error', logLevel: 'info' },
  login_required: { status: 401, type: 'authentication_error', logLevel: 'info' },
  login_failed: { status: 401, type: 'authentication_error', logLevel: 'warn' },
  login_not_configured: server(503),
  csrf_token_invalid: { status: 403, type: 'permission_error', logLevel: 'warn' },
  permission_denied: { status: 403, type: 'permission_error', logLevel: 'info' },
  acknowledgement_required: { status: 403, type: 'permission_error', logLevel: 'info' },
  terms_not_accepted: { status: 403, type: 'permission_error', logLevel: 'info' },
  user_deactivated: { status: 403, type: 'permission_error', logLevel: 'info' },
  conflict: request(409),
  rate_limit_exceeded: { status: 429, type: 'rate_limit_error', logLevel: 'info' },
  budget_missing: { status: 403, type: 'permission_error', logLevel: 'info' },
  budget_blocked: { status: 403, type: 'permission_error', logLevel: 'info' },
  budget_exceeded: { status: 429, type: 'insufficient_quota', logLevel: 'info' },
  overloaded: server(503),
  upstream_request_refused: request(400),
  upstream_error: upstream(502),
  upstream_misconfigured: upstream(502),
  upstream_unreachable: upstream(502),
  upstream_overloaded: upstream(503),
  upstream_timeout: upstream(504),
  model_unavailable: upstream(503),
  /** Spelled as callers know it: nothing is there to answer a request that names no model. */
  LLM_API_ERROR: upstream(503),
  database_unavailable: server(503),
  shutting_down: upstream(503),
  replica_lost: server(503),
  internal_error: server(500),
} as const satisfies Record<string, ErrorClass>;

export type ErrorCode = keyof typeof ERROR_CODES;
