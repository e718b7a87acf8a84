import { type GroupCommit } from '../../infrastructure/database/group-commit.js';
import { type Settlement, type SettlementOutcome } from './settlement.js';

interface Doubtful {
  readonly coinPoolId: string | null;
  readonly tokenPoolId: string | null;
  readonly sinceMs: number;
}

const LOOK_EVERY_MS = 1_000;
/** No connection carries for longer what was sent on it before it was given up. */
const LONGEST_DOUBT_MS = 20 * 60_000;

/**
 * Holds whose opening failed nobody knows how: the connection died before the answer came. Their
 * requests were refused, so each is released as soon as it turns up, for as long as it still can.
 */
export class DoubtfulHolds {
  private readonly holds = new Map<string, Doubtful>();
  private isWaiting = false;

  constructor(private readonly lane: GroupCommit<Settlement, SettlementOutcome>) {}

  get size(): number {
    return this.holds.size;
  }

  add(hold: { id: string; coinPoolId: string | null; tokenPoolId: string | null }): void {
    const { id, coinPoolId, tokenPoolId } = hold;
    this.holds.set(id, { coinPoolId, tokenPoolId, sinceMs: performance.now() });
    this.wait();
  }

  /** Releases those that are there. */
  async release(): Promise<void> {
    const tries = [...this.holds].map(([id, hold]) => this.releaseOne(id, hold));
    await Promise.allSettled(tries);
  }

  private wait(): void {
    if (this.isWaiting || this.holds.size === 0) return;
    this.isWaiting = true;
    setTimeout(() => {
      void this.release().then(() => {
        this.isWaiting = false;
        this.wait();
      });
    }, LOOK_EVERY_MS).unref();
  }

  private async releaseOne(id: string, hold: Doubtful): Promise<void> {
    const { coinPoolId, tokenPoolId, sinceMs } = hold;
    const isLast = performance.now() - sinceMs > LONGEST_DOUBT_MS;
    // Nothing is charged, so no entry of the ledger asks for the time.
    const nothing = { coins: 0n, tokens: 0n, at: new Date(0), isHeld: true };
    const { isFirst } = await this.lane.submit({ id, coinPoolId, tokenPoolId, ...nothing });
    if (isFirst || isLast) this.holds.delete(id);
  }
}
