import { type Place } from '../../infrastructure/collections/linked-list.js';
import { type AppError } from '../../infrastructure/errors/app-error.js';
import { type RouteRequest } from '../../models/index.js';
import { CallerSink } from '../answers/caller-sink.js';
import { type ProxyCall } from '../proxy-call.js';
import { type Relay } from './relay.js';

/** The caller left while something was waited for. */
export class CallerLeft extends Error {}

/** What a call is busy with: an attempt, or waiting for one. */
interface Busy {
  leave(): void;
  abort(reason: AppError): void;
  /** Lumen stops, and what is under way may still finish. */
  drain?(reason: AppError): void;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * One call from its hold to the end of its answer, through all attempts and waits between them. When
 * its caller leaves or Lumen stops, whatever it is busy with ends at once.
 */
export class Exchange implements RouteRequest {
  readonly caller: CallerSink;
  tried: ReadonlySet<string> = NONE;
  affinityKey: string | null = null;
  /** Among all that are under way. */
  place: Place<Exchange> | null = null;
  private busy: Busy | null = null;
  private relay: Relay | null = null;
  private stopped: AppError | null = null;
  private draining: AppError | null = null;

  constructor(readonly call: ProxyCall) {
    this.caller = new CallerSink(call.sink, () => this.busy?.leave());
  }

  get callerId(): string {
    return this.call.principal.ownerId;
  }

  onGone(listener: () => void): void {
    this.caller.onGone(listener);
  }

  /** Another model is asked, or the first one for the first time. */
  begin(affinityKey: string | null): void {
    this.affinityKey = affinityKey;
    this.tried = NONE;
  }

  /** From now on it is this attempt that is under way. */
  relays(relay: Relay): void {
    this.busy = relay;
    this.relay = relay;
    if (this.caller.isGone) relay.leave();
    else if (this.stopped) relay.abort(this.stopped);
  }

  /** No attempt is under way any more. */
  rests(): void {
    this.busy = null;
    this.relay = null;
  }

  /**
   * Waits between attempts, as long as the caller does. `endsAt`: whether the end of Lumen's patience
   * is meant, or already its stop.
   * @throws CallerLeft, AppError shutting_down
   */
  async waits<T>(work: Promise<T>, endsAt: 'grace' | 'stop'): Promise<T> {
    const { promise: interruption, reject } = Promise.withResolvers<never>();
    this.busy = {
      leave: () => reject(new CallerLeft()),
      abort: reject,
      ...(endsAt === 'stop' && { drain: reject }),
    };
    const reason = this.stopped ?? (endsAt === 'stop' ? this.draining : null);
    if (this.caller.isGone) this.busy.leave();
    else if (reason) reject(reason);
    try {
      return await Promise.race([work, interruption]);
    } finally {
      this.busy = null;
    }
  }

  /** Null as long as Lumen does not stop. */
  get stopReason(): AppError | null {
    return this.stopped ?? this.draining;
  }

  /** Lumen stops: nothing new is begun for this call; an attempt under way may finish. */
  drain(reason: AppError): void {
    this.draining = reason;
    this.busy?.drain?.(reason);
  }

  /** Lumen's patience is over. */
  abort(reason: AppError): void {
    this.stopped = reason;
    this.busy?.abort(reason);
  }

  /** Looked at now and then. `pingMs`: 0 for never. */
  look(nowMs: number, pingMs: number): void {
    const { relay } = this;
    relay?.look(nowMs);
    if (pingMs > 0 && relay?.isBetweenEvents) this.caller.pingIfQuiet(nowMs, pingMs);
  }
}
