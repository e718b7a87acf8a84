import { type TurnOutcome } from './route.js';

/** When an endpoint is left out, and for how long. */
export interface EjectionTerms {
  /** In a row. */
  readonly failures: number;
  readonly cooldownMs: number;
  readonly maxCooldownMs: number;
}

/** Looked at only when it comes to that. */
interface Terms {
  readonly ejection: EjectionTerms;
}

/** What a step changed for the outside. */
export type HealthChange = 'ejected' | 'recovered' | null;

/** More doublings than any configured longest cool-down has room for. */
const MOST_DOUBLINGS = 30;

/**
 * Whether an endpoint is used: until it has failed so many times in a row, then not for a while, then
 * by one request that tries. Times are those of the monotonic clock.
 */
export class EndpointHealth {
  private requestFailures = 0;
  private probeFailures = 0;
  /** Ejections since it last worked. */
  private ejections = 0;
  private untilMs: number | null = null;
  private isTried = false;

  get consecutiveFailures(): number {
    return this.requestFailures + this.probeFailures;
  }

  /** When its cool-down is over, or was; null: it is not left out. */
  get ejectedUntilMs(): number | null {
    return this.untilMs;
  }

  /** One request is under way to see whether it works again. */
  get isOnTrial(): boolean {
    return this.isTried;
  }

  /** Whether a request may be sent to it now, be it as a trial. */
  isUsable(nowMs: number): boolean {
    return this.untilMs === null || (!this.isTried && nowMs >= this.untilMs);
  }

  statusAt(nowMs: number): 'healthy' | 'ejected' | 'trial' {
    if (this.untilMs === null) return 'healthy';
    return this.isTried || nowMs >= this.untilMs ? 'trial' : 'ejected';
  }

  /** A request is sent to it. Answers whether that is a trial. */
  use(): boolean {
    if (this.untilMs === null) return false;
    this.isTried = true;
    return true;
  }

  /** A request has ended. What was under way before an ejection says nothing about what is now. */
  ended(outcome: TurnOutcome, isTrial: boolean, nowMs: number, terms: Terms): HealthChange {
    if (isTrial) this.isTried = false;
    const isOut = this.untilMs !== null;
    if (outcome === 'neither' || (isOut && !isTrial)) return null;
    if (outcome === 'served') return this.recover();
    this.requestFailures += 1;
    return this.judge(nowMs, terms);
  }

  /**
   * A health check has ended. One that succeeds is news only after one that failed: a backend may well
   * list its models and fail at every request.
   */
  probed(isOk: boolean, nowMs: number, terms: Terms): HealthChange {
    if (isOk) return this.probedWell(nowMs);
    this.probeFailures += 1;
    return this.isUsable(nowMs) ? this.judge(nowMs, terms) : null;
  }

  private probedWell(nowMs: number): HealthChange {
    const isNews = this.probeFailures > 0;
    this.probeFailures = 0;
    if (!isNews || this.untilMs === null || this.isTried) return null;
    if (this.requestFailures === 0) return this.recover();
    this.untilMs = Math.min(this.untilMs, nowMs);
    return null;
  }

  private recover(): HealthChange {
    const wasOut = this.untilMs !== null;
    this.requestFailures = 0;
    this.probeFailures = 0;
    this.ejections = 0;
    this.untilMs = null;
    return wasOut ? 'recovered' : null;
  }

  private judge(nowMs: number, terms: Terms): HealthChange {
    const isFirst = this.untilMs === null;
    const { failures, cooldownMs, maxCooldownMs } = terms.ejection;
    if (isFirst && this.consecutiveFailures < failures) return null;
    const doubled = cooldownMs * 2 ** Math.min(this.ejections, MOST_DOUBLINGS);
    this.untilMs = nowMs + Math.min(doubled, Math.max(cooldownMs, maxCooldownMs));
    this.ejections += 1;
    return isFirst ? 'ejected' : null;
  }
}
