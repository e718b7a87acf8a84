import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { ClockStepsService } from '../clock/clock-steps.service.js';
import { LeaseService } from './lease.service.js';

const LEASE_MS = 60_000;

/** What is removed for good in the background, again and again. */
export interface RemovalJob {
  /** Whoever has the lease of this name does it. */
  name: string;
  /** What goes, as the log is to call it. */
  what: string;
  /** Answers how many went; begins nothing more once the signal is aborted. */
  remove: (signal: AbortSignal) => Promise<number>;
}

/**
 * Calls `removeSome`, which removes at most so many in a small transaction and answers how many, until
 * there are none left or the signal is aborted; others get their turn in between. Answers how many went.
 */
export async function removeInParts(
  removeSome: () => Promise<number>,
  most: number,
  signal?: AbortSignal,
): Promise<number> {
  for (let removed = 0; ;) {
    const count = await removeSome();
    removed += count;
    if (count < most || signal?.aborted) return removed;
    await nextTurn();
  }
}

/**
 * Removes for good, in the background: one replica at a time does a job, and what went is logged.
 * Never rejects: what fails is logged, too, and left for the next time. As the lease rests on wall
 * clocks, a job must bear to be done twice.
 */
@Injectable()
export class RemovalJobsService {
  private readonly logger = new Logger('Removal');

  constructor(
    private readonly leases: LeaseService,
    private readonly clockSteps: ClockStepsService,
  ) {}

  /** For what goes because it is old; not for a day after the clock was set by more than an hour. */
  async removeOld(job: RemovalJob): Promise<void> {
    if (this.clockSteps.mayRemoveOld()) await this.remove(job);
  }

  /** For what somebody decided about: whatever the clock says, that goes. */
  async remove({ name, what, remove }: RemovalJob): Promise<void> {
    try {
      const removed = await this.leases.runAlone(name, LEASE_MS, remove);
      if (removed) this.logger.log(`Removed for good: ${removed} ${what}.`);
    } catch (error) {
      this.logger.warn(`The ${what} were not removed, and will be later: ${String(error)}`);
    }
  }
}
