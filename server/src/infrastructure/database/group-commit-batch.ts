import { type BatchWriter } from './batch-writer.js';

/** One item of a lane, and who waits for it. */
export interface Waiter<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
  /** By the monotonic clock. */
  sinceMs: number;
  /** An earlier try failed, or ended nobody knows how. */
  isRepeat: boolean;
}

/** Where the items of a batch go when they are done with, or have to be tried again. */
export interface Lane<Item, Result> {
  readonly writer: BatchWriter<Item, Result>;
  done(count: number): void;
  tryAgain(waiters: Waiter<Item, Result>[], error: unknown): void;
}

/** Items of one lane that are written in one transaction. */
export class Batch<Item, Result> {
  readonly items: Item[];
  results: Result[] = [];

  constructor(
    readonly lane: Lane<Item, Result>,
    private readonly waiters: Waiter<Item, Result>[],
  ) {
    this.items = waiters.map((waiter) => waiter.item);
  }

  get isRepeat(): boolean {
    return this.waiters.some((waiter) => waiter.isRepeat);
  }

  /** What is tried again from here on is tried with care. */
  markRepeat(): void {
    for (const waiter of this.waiters) waiter.isRepeat = true;
  }

  /** To find an item at fault; null when it is found. */
  halves(): [Batch<Item, Result>, Batch<Item, Result>] | null {
    const { length } = this.waiters;
    if (length < 2) return null;
    const middle = length >> 1;
    return [
      new Batch(this.lane, this.waiters.slice(0, middle)),
      new Batch(this.lane, this.waiters.slice(middle)),
    ];
  }

  resolve(): void {
    this.lane.done(this.waiters.length);
    for (let index = 0; index < this.waiters.length; index += 1) {
      this.waiters[index]!.resolve(this.results[index]!);
    }
  }

  reject(error: unknown): void {
    this.lane.done(this.waiters.length);
    for (const waiter of this.waiters) waiter.reject(error);
  }

  tryAgain(error: unknown): void {
    this.lane.tryAgain(this.waiters, error);
  }
}
