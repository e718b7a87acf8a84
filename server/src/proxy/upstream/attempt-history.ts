import { type ModelRouting } from '../../models/index.js';
import { type FaultKind } from './retry-decision.js';

const SECOND = 1000;
const NONE: ReadonlySet<string> = new Set();

/** As far as it says when the endpoint may be asked again. */
export interface NotedFailure {
  readonly fault: FaultKind;
  /** What the backend asked for; null: nothing. */
  readonly retryAfterMs: number | null;
}

/** Which endpoints of a model one request has asked in vain, and when each may be asked again. */
export class AttemptHistory {
  attempts = 0;
  /** Times of the monotonic clock, by the endpoint's id; Infinity: not again. */
  private readonly readyAtMs = new Map<string, number>();

  constructor(private readonly retries: ModelRouting['retries']) {}

  failed(endpointId: string, { fault, retryAfterMs }: NotedFailure, nowMs: number): void {
    this.attempts += 1;
    const waitMs = retryAfterMs ?? 0;
    const isTooLong = waitMs > this.retries.retryAfterCapS * SECOND;
    const mayRepeat = fault !== 'endpoints' && !isTooLong;
    this.readyAtMs.set(endpointId, mayRepeat ? nowMs + waitMs : Infinity);
  }

  hasTried(endpointId: string): boolean {
    return this.readyAtMs.has(endpointId);
  }

  get tried(): ReadonlySet<string> {
    return new Set(this.readyAtMs.keys());
  }

  /** Until the first of the tried endpoints may be asked again; null: none may. */
  readyInMs(nowMs: number): number | null {
    const soonestMs = Math.min(...this.readyAtMs.values());
    return soonestMs === Infinity ? null : Math.max(0, soonestMs - nowMs);
  }

  /** Whether an endpoint may be asked now. */
  isReady(endpointId: string, nowMs: number): boolean {
    return (this.readyAtMs.get(endpointId) ?? 0) <= nowMs;
  }

  /** The tried endpoints that may not be asked now. */
  notReady(nowMs: number): ReadonlySet<string> {
    const ids = [...this.readyAtMs.keys()].filter((id) => !this.isReady(id, nowMs));
    return ids.length === 0 ? NONE : new Set(ids);
  }
}
