import { SLOTS, SlidingWindow } from './sliding-window.js';

/**
 * The windows of many callers, all of one length, in bounded memory and without timers: two
 * generations, of which the older is dropped as a whole. What is dropped by age was not asked for
 * during a whole window, so that nothing in it counts any more. Only a flood of callers, more than
 * `most` in one window, makes it forget somebody early.
 */
export class WindowTable {
  private current = new Map<string, SlidingWindow>();
  private previous = new Map<string, SlidingWindow>();
  private turnedMs = 0;
  private readonly spanMs: number;

  constructor(
    private readonly windowMs: number,
    private readonly most: number,
  ) {
    this.spanMs = windowMs + windowMs / SLOTS;
  }

  get size(): number {
    return this.current.size + this.previous.size;
  }

  windowOf(key: string, nowMs: number): SlidingWindow {
    if (nowMs - this.turnedMs > this.spanMs) this.turn(nowMs);
    const known = this.current.get(key);
    if (known) return known;
    if (this.current.size >= this.most) this.turn(nowMs);
    const window = this.previous.get(key) ?? new SlidingWindow(this.windowMs);
    this.previous.delete(key);
    this.current.set(key, window);
    return window;
  }

  private turn(nowMs: number): void {
    this.previous = this.current;
    this.current = new Map();
    this.turnedMs = nowMs;
  }
}
