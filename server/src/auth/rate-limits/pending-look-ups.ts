interface Pending {
  count: number;
  readonly waiting: (() => void)[];
}

/** Look-ups of keys that are under way, by address, and who waits for one of them to end. */
export class PendingLookUps {
  /** Grows with each one that ends, of any address. */
  ended = 0;
  private readonly pending = new Map<string, Pending>();

  begin(address: string): void {
    const known = this.pending.get(address);
    if (known) known.count += 1;
    else this.pending.set(address, { count: 1, waiting: [] });
  }

  /** Each end lets one go on who waits; the last one all. */
  end(address: string): void {
    const pending = this.pending.get(address)!;
    this.ended += 1;
    pending.count -= 1;
    if (pending.count > 0) return pending.waiting.shift()?.();
    this.pending.delete(address);
    for (const goOn of pending.waiting) goOn();
  }

  /** Resolves when one of the address ends; null where none is under way. */
  next(address: string): Promise<void> | null {
    const pending = this.pending.get(address);
    return pending ? new Promise((resolve) => pending.waiting.push(resolve)) : null;
  }
}
