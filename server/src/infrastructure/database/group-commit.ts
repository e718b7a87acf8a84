import { Logger } from '@nestjs/common';
import { type DataSource } from 'typeorm';
import { type BatchWriter } from './batch-writer.js';
import { Batch, type Lane, type Waiter } from './group-commit-batch.js';
import {
  isDatabaseAtFault,
  laneFull,
  NotSentError,
  OutOfReachError,
} from './group-commit-failures.js';
import { enlistLane } from './group-commit-lanes.js';
import { lanePool } from './group-commit-pool.js';
import { writeInPostgres } from './group-commit-postgres.js';
import { type SqliteLane, sqliteTurn } from './group-commit-sqlite.js';

export interface GroupCommitOptions {
  /** What waits in it, for messages: "holds". */
  name: string;
  /** Most items that wait or are being written. */
  maxWaiting: () => number;
  /** Tries until the database is back, and takes what it is given even when it is full. */
  isPersistent?: boolean;
  mostInBatch?: number;
  /** Batches under way at a time on PostgreSQL. */
  mostInFlight?: number;
}

const MOST_IN_BATCH = 500;
const MOST_IN_FLIGHT = 2;
/** How long an item of a lane that is not persistent waits for a database that is away. */
const PATIENCE_MS = 2_000;
/** A connection that died is replaced at once; a database that is away is asked ever more seldom. */
const BACKOFF_MS = [0, 20, 100, 500, 1_000, 2_000];

/**
 * A lane in which the work of many requests is committed together: what arrives in an event-loop
 * turn, or while earlier work is on its way, shares a transaction. On SQLite all lanes share one.
 */
export class GroupCommit<Item, Result> implements Lane<Item, Result>, SqliteLane {
  private readonly logger = new Logger(GroupCommit.name);
  private readonly isPostgres: boolean;
  private queue: Waiter<Item, Result>[] = [];
  private count = 0;
  private inFlight = 0;
  private isScheduled = false;
  private failures = 0;
  private whenIdle: (() => void)[] = [];

  constructor(
    private readonly dataSource: DataSource,
    readonly writer: BatchWriter<Item, Result>,
    private readonly options: GroupCommitOptions,
  ) {
    this.isPostgres = dataSource.options.type === 'postgres';
    enlistLane(dataSource, this);
  }

  get name(): string {
    return this.options.name;
  }

  /** Items that are not committed yet. */
  get waiting(): number {
    return this.count;
  }

  /**
   * Refuses when the lane is full. A persistent lane is asked before work begins that will end in it.
   * @throws AppError overloaded
   */
  assertRoom(): void {
    if (this.count >= this.options.maxWaiting()) throw laneFull(this.options.name, this.count);
  }

  /**
   * Resolves when the item is committed.
   * @throws AppError overloaded (not a persistent lane), database_unavailable (not a persistent lane);
   * whatever the item itself makes the database refuse
   */
  submit(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (!this.options.isPersistent) this.assertRoom();
      this.count += 1;
      this.queue.push({ item, resolve, reject, sinceMs: performance.now(), isRepeat: false });
      if (!this.isScheduled) this.schedule();
    });
  }

  /** Resolves when nothing waits any more, or the time is up; tells whether nothing waits. */
  async idle(withinMs: number): Promise<boolean> {
    if (this.count > 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.whenIdle.push(resolve);
      const timer = setTimeout(resolve, withinMs);
      await promise;
      clearTimeout(timer);
    }
    return this.count === 0;
  }

  /** Those of them that no transaction has taken up. */
  get queued(): number {
    return this.queue.length;
  }

  take(): Batch<unknown, unknown> | null {
    this.isScheduled = false;
    return this.nextBatch() as Batch<unknown, unknown> | null;
  }

  done(count: number): void {
    this.count -= count;
    if (this.failures > 0) this.isBack();
    if (this.isScheduled || this.isPostgres) return this.wakeIdle();
    if (this.queue.length > 0) this.schedule();
    this.wakeIdle();
  }

  tryAgain(waiters: Waiter<Item, Result>[], error: unknown): void {
    const again: Waiter<Item, Result>[] = [];
    const nowMs = performance.now();
    const isUnknown = this.isPostgres && !(error instanceof NotSentError);
    for (const waiter of waiters) {
      waiter.isRepeat ||= isUnknown;
      if (this.options.isPersistent || nowMs - waiter.sinceMs < PATIENCE_MS) again.push(waiter);
      else this.giveUp(waiter, error);
    }
    this.queue = again.concat(this.queue);
    this.pause(error);
    this.wakeIdle();
  }

  private giveUp(waiter: Waiter<Item, Result>, error: unknown): void {
    this.count -= 1;
    waiter.reject(new OutOfReachError(error, waiter.isRepeat));
  }

  private nextBatch(): Batch<Item, Result> | null {
    const most = this.options.mostInBatch ?? MOST_IN_BATCH;
    if (this.queue.length === 0) return null;
    if (this.queue.length > most) return new Batch(this, this.queue.splice(0, most));
    const waiters = this.queue;
    this.queue = [];
    return new Batch(this, waiters);
  }

  private schedule(): void {
    this.isScheduled = true;
    if (this.isPostgres) setImmediate(this.pump);
    else sqliteTurn(this.dataSource).enlist(this);
  }

  private readonly pump = (): void => {
    this.isScheduled = false;
    const most = this.options.mostInFlight ?? MOST_IN_FLIGHT;
    while (this.inFlight < most) {
      const batch = this.nextBatch();
      if (!batch) return;
      void this.send(batch);
    }
  };

  private async send(batch: Batch<Item, Result>): Promise<void> {
    this.inFlight += 1;
    await this.write(batch);
    this.inFlight -= 1;
    if (!this.isScheduled) this.pump();
  }

  /** Either all have to wait, or what is at fault is looked for until it stands alone. */
  private async write(batch: Batch<Item, Result>): Promise<void> {
    const pool = lanePool(this.dataSource);
    try {
      batch.results = await writeInPostgres(pool, this.writer, batch.items, batch.isRepeat);
    } catch (error) {
      if (isDatabaseAtFault(error)) return batch.tryAgain(error);
      if (this.writer.isOptimistic && !batch.isRepeat) {
        batch.markRepeat();
        return this.write(batch);
      }
      const halves = batch.halves();
      if (!halves) return batch.reject(error);
      for (const half of halves) await this.write(half);
      return;
    }
    batch.resolve();
  }

  /** `isScheduled` stands until the pause is over, so that nothing is sent meanwhile. */
  private pause(error: unknown): void {
    const delayMs = BACKOFF_MS[Math.min(this.failures, BACKOFF_MS.length - 1)]!;
    this.failures += 1;
    if (this.count === 0) return;
    if (delayMs > 0) this.logger.warn(this.describe(error));
    if (this.isScheduled) return;
    this.isScheduled = true;
    setTimeout(() => this.schedule(), delayMs).unref();
  }

  private describe(error: unknown): string {
    const reason = error instanceof Error ? error.message : String(error);
    return `${this.count} ${this.options.name} wait for the database, which fails (${reason}).`;
  }

  private isBack(): void {
    if (this.failures > 1) this.logger.log(`The ${this.options.name} are written again.`);
    this.failures = 0;
  }

  private wakeIdle(): void {
    if (this.count > 0 || this.whenIdle.length === 0) return;
    for (const wake of this.whenIdle) wake();
    this.whenIdle = [];
  }
}
