/**
 * A window is counted in this many slots. The slot a request falls into counts until it has left the
 * window as a whole, so a request is remembered for the window and up to one slot (2.5 %) more.
 */
export const SLOTS = 40;
const RING = SLOTS + 1;

/**
 * How many requests of one caller were admitted lately, in constant memory and time.
 *
 * Promise: as long as nobody is admitted while `used` is at the limit, no window of the promised
 * length, wherever it begins, has more than the limit in it. Times never go back.
 */
export class SlidingWindow {
  private readonly counts = new Uint32Array(RING);
  private readonly slotMs: number;
  private newest = 0;
  private total = 0;

  constructor(windowMs: number) {
    this.slotMs = windowMs / SLOTS;
  }

  /** How many of the requests counted so far still count. */
  used(nowMs: number): number {
    this.advance(nowMs);
    return this.total;
  }

  add(nowMs: number): void {
    this.advance(nowMs);
    const at = this.newest % RING;
    this.counts[at] = this.counts[at]! + 1;
    this.total += 1;
  }

  /** Takes the newest request back, as if it had not been. */
  takeBack(nowMs: number): void {
    this.advance(nowMs);
    for (let age = 0; age < RING && this.total > 0; age += 1) {
      const at = indexOf(this.newest - age);
      if (this.counts[at]! > 0) {
        this.counts[at] = this.counts[at]! - 1;
        this.total -= 1;
        return;
      }
    }
  }

  /** Milliseconds until fewer than `limit` requests count; 0 if that is so now. */
  freeInMs(limit: number, nowMs: number): number {
    this.advance(nowMs);
    let left = this.total;
    if (left < limit) return 0;
    for (let age = SLOTS; age >= 0; age -= 1) {
      left -= this.counts[indexOf(this.newest - age)]!;
      if (left < limit) return (this.newest - age + RING) * this.slotMs - nowMs;
    }
    return 0;
  }

  private advance(nowMs: number): void {
    const slot = Math.floor(nowMs / this.slotMs);
    if (slot <= this.newest) return;
    if (slot - this.newest >= RING) {
      this.counts.fill(0);
      this.total = 0;
    } else {
      for (let next = this.newest + 1; next <= slot; next += 1) this.leave(next % RING);
    }
    this.newest = slot;
  }

  private leave(at: number): void {
    this.total -= this.counts[at]!;
    this.counts[at] = 0;
  }
}

/** Of a slot that may lie before the first one. */
function indexOf(slot: number): number {
  return ((slot % RING) + RING) % RING;
}
