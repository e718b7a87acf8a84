import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { RemovalJobsService } from '../../infrastructure/leases/removal-jobs.service.js';
import { type EndpointProbe } from '../routing/route.js';
import { CHECK_SPANS, type CheckSpan, keptStarts, startOfSpan } from './check-spans.js';
import { type CheckSum, EndpointChecksRepository } from './endpoint-checks.repository.js';

/** One bar of the strip: an hour or a day of one endpoint. */
export type CheckBar = Pick<CheckSum, 'startsAt' | 'ok' | 'failed' | 'lastError'>;

const WRITE_EVERY_MS = 10_000;
const SWEEP_EVERY_MS = 3_600_000;
const LONGEST_ERROR = 500;

/**
 * Remembers how the health checks of endpoints ended, for 90 hours by hour and for 90 days by day.
 * Each replica counts what it checked and adds that to the rows now and then; what a process that
 * dies had not yet written is lost.
 */
@Injectable()
export class EndpointChecksService implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Checks');
  private counted = new Map<string, CheckSum>();
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly repository: EndpointChecksRepository,
    private readonly clock: ClockService,
    private readonly jobs: RemovalJobsService,
  ) {}

  /** A health check has ended. */
  count(endpointId: string, { at, isOk, detail }: EndpointProbe): void {
    const lastError = isOk ? null : (detail ?? 'failed').slice(0, LONGEST_ERROR);
    for (const span of CHECK_SPANS) {
      const startsAt = startOfSpan(span, at.getTime());
      const check = { endpointId, span, startsAt, ok: 0, failed: 0, lastError: null };
      addTo(this.counted, { ...check, [isOk ? 'ok' : 'failed']: 1, lastError });
    }
  }

  /** The bars of these endpoints, oldest first, 90 of each; what was counted here is in them. */
  async history(
    ids: readonly string[],
    span: CheckSpan,
  ): Promise<ReadonlyMap<string, readonly CheckBar[]>> {
    await this.write();
    const starts = keptStarts(span, this.clock.nowMs());
    const sums = await this.repository.since(span, starts[0]!, ids);
    const found = new Map(sums.map((sum) => [`${sum.endpointId} ${sum.startsAt}`, sum]));
    const barsOf = (id: string) =>
      starts.map((startsAt): CheckBar => {
        const known = found.get(`${id} ${startsAt}`);
        return known ?? { startsAt, ok: 0, failed: 0, lastError: null };
      });
    return new Map(ids.map((id) => [id, barsOf(id)]));
  }

  /** Settles when what was counted so far is in the database, or could not be put there. */
  @Interval(WRITE_EVERY_MS)
  write(): Promise<void> {
    this.writing = this.writing.then(() => this.writeOnce());
    return this.writing;
  }

  @Interval(SWEEP_EVERY_MS)
  sweepInBackground(): Promise<void> {
    return this.jobs.removeOld({
      name: 'old-endpoint-checks',
      what: 'old sums of health checks',
      remove: () => this.sweep(),
    });
  }

  /** Removes what no strip shows any more; answers how many rows. */
  async sweep(): Promise<number> {
    let removed = 0;
    for (const span of CHECK_SPANS) {
      const [first] = keptStarts(span, this.clock.nowMs());
      removed += await this.repository.removeBefore(span, first!);
    }
    return removed;
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.write();
  }

  /** What could not be written is counted on, so that nothing grows beyond a row an endpoint. */
  private async writeOnce(): Promise<void> {
    if (this.counted.size === 0) return;
    const sums = this.counted;
    this.counted = new Map();
    try {
      await this.repository.add([...sums.values()]);
    } catch (error) {
      for (const sum of sums.values()) addTo(this.counted, sum);
      this.logger.warn(`Results of health checks were not written yet: ${String(error)}`);
    }
  }
}

function addTo(sums: Map<string, CheckSum>, sum: CheckSum): void {
  const key = `${sum.endpointId} ${sum.span} ${sum.startsAt}`;
  const known = sums.get(key);
  if (!known) return void sums.set(key, { ...sum });
  known.ok += sum.ok;
  known.failed += sum.failed;
  known.lastError = sum.lastError ?? known.lastError;
}
