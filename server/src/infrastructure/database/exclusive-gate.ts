/**
 * Lets one holder at a time through, in the order of asking. A holder that asks again passes at once.
 */
export class ExclusiveGate {
  private holder: object | null = null;
  private readonly waiting: { holder: object; admit: () => void }[] = [];

  /** Resolves when `holder` has the gate to itself; give it back with `leave`. */
  enter(holder: object): Promise<void> | undefined {
    if (this.holder === null) {
      this.holder = holder;
      return undefined;
    }
    return new Promise((resolve) => this.waiting.push({ holder, admit: resolve }));
  }

  isHeldBy(holder: object): boolean {
    return this.holder === holder;
  }

  leave(holder: object): void {
    if (this.holder !== holder) return;
    const next = this.waiting.shift();
    this.holder = next?.holder ?? null;
    next?.admit();
  }

  /** Runs `work` alone. */
  async run<T>(work: () => T | Promise<T>): Promise<T> {
    const holder = {};
    const turn = this.enter(holder);
    if (turn) await turn;
    try {
      return await work();
    } finally {
      this.leave(holder);
    }
  }
}
