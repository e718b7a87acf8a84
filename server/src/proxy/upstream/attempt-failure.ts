import { type IncomingHttpHeaders } from 'node:http';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { isOwnShortage } from '../../infrastructure/upstream/connection-failure.js';
import { type TurnOutcome } from '../../models/index.js';
import { oneOf } from './answer-head.js';
import { TimeLimitError } from './answer-watch.js';
import { type RelayOutcome } from './relay.js';
import { retryAfterMs } from './retry-after.js';
import { type FaultKind } from './retry-decision.js';
import {
  type Backend,
  BackendErrorEvent,
  failedUpstream,
  isPassedThrough,
  refusedByUpstream,
  statusIn,
} from './upstream-errors.js';

/** One attempt that did not serve: what it means for the next, the endpoint and the caller. */
export interface AttemptFailure {
  readonly fault: FaultKind;
  /** The backend's; null: it did not answer. */
  readonly status: number | null;
  readonly retryAfterMs: number | null;
  /** What the caller hears if nothing comes after it. */
  readonly error: AppError;
  /** What it says of the endpoint. */
  readonly health: TurnOutcome;
}

type Refused = Extract<RelayOutcome, { kind: 'refused' }>;
type Failed = Extract<RelayOutcome, { kind: 'failed' }>;

/** `nowMs`: of the wall clock. */
export function failureOf(
  outcome: Refused | Failed,
  backend: Backend,
  nowMs: number,
): AttemptFailure {
  if (outcome.kind === 'refused') return refusalOf(outcome, backend, nowMs);
  const { error, answer } = outcome;
  if (error instanceof BackendErrorEvent && !answer?.isStarted) {
    // As if it had been said by the status, which is what other backends do.
    const status = statusIn(error.body);
    if (status !== null)
      return refusalOf({ status, headers: {}, body: error.body }, backend, nowMs);
  }
  const told = error instanceof AppError ? error : failedUpstream(backend, error);
  return { ...judge(error), status: null, retryAfterMs: null, error: told };
}

function refusalOf(
  { status, headers, body }: { status: number; headers: IncomingHttpHeaders; body: Buffer },
  backend: Backend,
  nowMs: number,
): AttemptFailure {
  const retryAfter = oneOf(headers['retry-after']);
  const waitMs = retryAfterMs(retryAfter, nowMs);
  const error = refusedByUpstream(backend, { status, retryAfter, body });
  const fault = faultOfStatus(status, waitMs !== null);
  return { fault, status, retryAfterMs: waitMs, error, health: healthOf(fault) };
}

function faultOfStatus(status: number, hasRetryAfter: boolean): FaultKind {
  if (isPassedThrough(status)) return 'callers';
  if (status === 429 || (status === 503 && hasRetryAfter)) return 'busy';
  return status === 408 || status >= 500 ? 'broken' : 'endpoints';
}

/** That a request is wrong may be said by a backend, or by a proxy that has lost it. */
function healthOf(fault: FaultKind): TurnOutcome {
  return fault === 'callers' || fault === 'busy' ? 'neither' : 'failed';
}

/** Errors of Lumen's own, such as that it stops, and of its machine are no fault of the endpoint. */
function judge(error: Error): Pick<AttemptFailure, 'fault' | 'health'> {
  if (error instanceof AppError) return { fault: 'over', health: 'neither' };
  if (error instanceof TimeLimitError && error.limit === 'total') {
    return { fault: 'over', health: error.hasAnswered ? 'neither' : 'failed' };
  }
  if (isOwnShortage(error)) return { fault: 'broken', health: 'neither' };
  const isRefusedAddress = 'code' in error && error.code === 'LUMEN_ADDRESS_REFUSED';
  return { fault: isRefusedAddress ? 'endpoints' : 'broken', health: 'failed' };
}
