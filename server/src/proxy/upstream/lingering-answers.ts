const PATIENCE_MS = 2_000;
const LOOK_EVERY_MS = 500;

/** An answer that its caller has whole, and its backend has not ended. */
export interface LingeringAnswer {
  /** Cuts the backend off. */
  cutOff(): void;
}

/**
 * Answers whose callers have been served and whose backends go on. The end usually comes at once, and
 * the connection is good for the next request; a backend that never ends loses it. One timer looks,
 * and only while there is something to look at.
 */
export class LingeringAnswers {
  private readonly open = new Map<LingeringAnswer, number>();
  private timer: NodeJS.Timeout | null = null;

  /** `nowMs`: of the monotonic clock. */
  constructor(private readonly nowMs: () => number) {}

  add(answer: LingeringAnswer): void {
    this.open.set(answer, this.nowMs());
    this.timer ??= setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  delete(answer: LingeringAnswer): void {
    this.open.delete(answer);
  }

  private look(): void {
    if (this.open.size === 0) {
      clearInterval(this.timer!);
      this.timer = null;
      return;
    }
    const nowMs = this.nowMs();
    for (const [answer, sinceMs] of this.open) {
      // They are in the order in which they came.
      if (nowMs - sinceMs < PATIENCE_MS) return;
      this.open.delete(answer);
      answer.cutOff();
    }
  }
}
