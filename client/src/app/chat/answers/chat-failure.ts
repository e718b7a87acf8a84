import { type ApiError, NETWORK_ERROR } from '../../core/api/api-error';
import { type Message } from '../../core/api/schema';

/** Why there is no answer, by what the person can do about it. */
export type FailureKind =
  | 'budget'
  | 'rateLimit'
  | 'forbidden'
  | 'acknowledgement'
  | 'notFound'
  | 'tooLong'
  | 'refused'
  | 'unavailable'
  | 'network'
  | 'signedOut'
  | 'server';

export interface ChatFailure {
  kind: FailureKind;
  /** The server's own sentence: who refused, why, and what to do. May be empty. */
  message: string;
  requestId: string | null;
  /** Before then trying again is pointless; milliseconds as of Date.now(), null if unknown. */
  retryAt: number | null;
}

const BY_CODE: Record<string, FailureKind> = {
  budget_exceeded: 'budget',
  budget_missing: 'budget',
  budget_blocked: 'budget',
  acknowledgement_required: 'acknowledgement',
  model_not_found: 'notFound',
  rate_limit_exceeded: 'rateLimit',
  upstream_request_refused: 'refused',
  overloaded: 'unavailable',
  upstream_error: 'unavailable',
  upstream_misconfigured: 'unavailable',
  upstream_unreachable: 'unavailable',
  upstream_overloaded: 'unavailable',
  upstream_timeout: 'unavailable',
  model_unavailable: 'unavailable',
  LLM_API_ERROR: 'unavailable',
  shutting_down: 'unavailable',
  replica_lost: 'unavailable',
  internal_error: 'server',
  insufficient_quota: 'budget',
  context_length_exceeded: 'tooLong',
  [NETWORK_ERROR]: 'network',
};

const BY_STATUS: Record<number, FailureKind> = {
  0: 'network',
  400: 'refused',
  401: 'signedOut',
  402: 'budget',
  403: 'forbidden',
  404: 'notFound',
  413: 'tooLong',
  422: 'refused',
  429: 'rateLimit',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

/** Trying the same again may help. */
export const RETRYABLE: readonly FailureKind[] = ['rateLimit', 'unavailable', 'network', 'server'];
/** Another model may do it. */
export const SWITCHABLE: readonly FailureKind[] = [
  'budget',
  'forbidden',
  'notFound',
  'tooLong',
  'unavailable',
  'refused',
];

export function chatFailure(error: ApiError, now = Date.now()): ChatFailure {
  const { status, code, message, requestId, retryAfterSeconds } = error;
  const kind = BY_CODE[code] ?? BY_STATUS[status] ?? (status >= 500 ? 'server' : 'refused');
  const retryAt = retryAfterSeconds === null ? null : now + retryAfterSeconds * 1000;
  return { kind, message, requestId, retryAt };
}

/** Why a message the server keeps has no answer, or none to the end; null if nothing is wrong. */
export function failureOf({ state, error, metrics }: Message): ChatFailure | null {
  if (state !== 'failed' && state !== 'interrupted') return null;
  const kind = BY_CODE[error?.code ?? ''] ?? 'server';
  const requestId = metrics?.requestId ?? null;
  return { kind, message: error?.message ?? '', requestId, retryAt: null };
}
