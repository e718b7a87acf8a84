import { Injectable } from '@nestjs/common';
import { ClockService } from '../clock/clock.service.js';
import { newId } from '../crypto/identifiers.js';
import { LeasesRepository } from './leases.repository.js';

/** Of the time a lease runs: when it is taken anew for work that goes on. */
const RENEWED_EVERY = 1 / 3;

/** Jobs that one process at a time does. */
@Injectable()
export class LeaseService {
  constructor(
    private readonly leases: LeasesRepository,
    private readonly clock: ClockService,
  ) {}

  /**
   * Does the work unless somebody else is at it; null then. While it goes on the lease is renewed;
   * once it could not be for `ttlMs`, another process takes the work over and `signal` is aborted.
   * The lease saves work: it rests on wall clocks, so the work itself must bear to be done twice.
   * Rejects when the work does, or when the database is away.
   */
  async runAlone<T>(
    name: string,
    ttlMs: number,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T | null> {
    const holderId = newId();
    const take = () => this.leases.take({ name, holderId, ttlMs, nowMs: this.clock.nowMs() });
    if (!(await take())) return null;
    const lost = new AbortController();
    const stopRenewing = this.renew(take, ttlMs, lost);
    try {
      return await work(lost.signal);
    } finally {
      await stopRenewing();
      // One that is not given back runs out by itself.
      await this.leases.giveBack(name, holderId).catch(() => undefined);
    }
  }

  /** Answers what ends it, and waits for a renewal that is under way. */
  private renew(
    take: () => Promise<boolean>,
    ttlMs: number,
    lost: AbortController,
  ): () => Promise<void> {
    let heldMs = this.clock.monotonicMs();
    let renewing = Promise.resolve();
    const again = async () => {
      const askedMs = this.clock.monotonicMs();
      // A database that is away has not given the lease to anybody else.
      const isHeld = await take().catch(() => null);
      if (isHeld) heldMs = askedMs;
      else if (isHeld === false || askedMs - heldMs >= ttlMs) {
        clearInterval(timer);
        lost.abort(new Error('The lease was lost.'));
      }
    };
    const begin = () => {
      renewing = again();
    };
    const timer = setInterval(begin, ttlMs * RENEWED_EVERY).unref();
    return () => {
      clearInterval(timer);
      return renewing;
    };
  }
}
