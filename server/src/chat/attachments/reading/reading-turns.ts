/** Nobody's turn came: too many wait, or the wait was too long. */
export class NoTurnError extends Error {}

interface Waiting {
  readonly userId: string;
  readonly begin: () => void;
}

export interface TurnLimits {
  readonly atOnce: number;
  readonly mostWaiting: number;
  readonly longestWaitMs: number;
}

/**
 * Lets so many at work at a time. Those of a person who has nothing at work come first, so that one
 * who attaches many files holds up nobody else by more than one.
 */
export class ReadingTurns {
  private readonly waiting: Waiting[] = [];
  private readonly working: string[] = [];

  constructor(private readonly limits: TurnLimits) {}

  /** @throws NoTurnError, and what `work` throws; with `signal` aborted while it waits, its reason */
  async take<Result>(
    userId: string,
    signal: AbortSignal,
    work: () => Promise<Result>,
  ): Promise<Result> {
    signal.throwIfAborted();
    if (this.working.length >= this.limits.atOnce) await this.wait(userId, signal);
    else this.working.push(userId);
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      this.working.splice(this.working.indexOf(userId), 1);
      this.beginNext();
    }
  }

  private async wait(userId: string, signal: AbortSignal): Promise<void> {
    if (this.waiting.length >= this.limits.mostWaiting) throw new NoTurnError('Too many wait.');
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const own: Waiting = { userId, begin: resolve };
    const giveUp = (reason: Error) => {
      const at = this.waiting.indexOf(own);
      if (at < 0) return;
      this.waiting.splice(at, 1);
      reject(reason);
    };
    const aborted = () => giveUp(signal.reason as Error);
    const late = () => giveUp(new NoTurnError('The wait was too long.'));
    this.waiting.push(own);
    const overdue = setTimeout(late, this.limits.longestWaitMs).unref();
    signal.addEventListener('abort', aborted, { once: true });
    try {
      await promise;
    } finally {
      clearTimeout(overdue);
      signal.removeEventListener('abort', aborted);
    }
  }

  private beginNext(): void {
    const fair = this.waiting.findIndex(({ userId }) => !this.working.includes(userId));
    const [next] = this.waiting.splice(Math.max(0, fair), 1);
    if (!next) return;
    this.working.push(next.userId);
    next.begin();
  }
}
