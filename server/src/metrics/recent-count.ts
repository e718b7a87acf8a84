import { type ClockService } from '../infrastructure/clock/clock.service.js';

const FRESH_MS = 10_000;
/** A database that says nothing for so long has failed. */
const LONGEST_SILENCE_MS = 30_000;
/** A look at the page waits no longer for a database that is slow. */
const LONGEST_WAIT_MS = 50;

/** A figure that is asked of the database, at most every ten seconds and once at a time. */
export class RecentCount {
  private value: number | null = null;
  private askedAtMs = -Infinity;
  private beganAtMs = -Infinity;
  private asking: Promise<void> | null = null;

  constructor(
    private readonly clock: Pick<ClockService, 'monotonicMs'>,
    private readonly ask: () => Promise<number>,
  ) {}

  /** The last that is known; null: nothing is, or the database has failed or gone silent since. Never rejects. */
  async read(): Promise<number | null> {
    const isFresh = this.clock.monotonicMs() - this.askedAtMs < FRESH_MS;
    if (!isFresh) this.asking ??= this.refresh();
    if (this.asking) await this.atMost(this.asking);
    const isSilent = this.clock.monotonicMs() - this.beganAtMs > LONGEST_SILENCE_MS;
    return this.asking && isSilent ? null : this.value;
  }

  private async refresh(): Promise<void> {
    this.beganAtMs = this.clock.monotonicMs();
    try {
      this.value = await this.ask();
    } catch {
      this.value = null;
    }
    this.askedAtMs = this.clock.monotonicMs();
    this.asking = null;
  }

  private async atMost(asking: Promise<void>): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, LONGEST_WAIT_MS);
    await Promise.race([asking, promise]);
    clearTimeout(timer);
  }
}
