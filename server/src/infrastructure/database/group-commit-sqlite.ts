import type BetterSqlite3 from 'better-sqlite3';
import { type DataSource } from 'typeorm';
import { type Batch } from './group-commit-batch.js';
import { isDatabaseAtFault } from './group-commit-failures.js';
import { sqliteGate } from './sqlite-isolation.js';

// Lanes of every kind share a turn; what is in a batch matters to its own lane only.
type AnyBatch = Batch<unknown, unknown>;

export interface SqliteLane {
  /** Items that wait to be written. */
  readonly queued: number;
  /** What is to be written now; null: nothing. */
  take(): AnyBatch | null;
}

/** From so many items in the last transaction on, the next one waits for more to share it. */
const BUSY_FROM = 4;
/** Event-loop turns that a transaction waits for at the most, while each brings more to write. */
const MOST_TURNS = 3;

const turns = new WeakMap<DataSource, SqliteTurn>();

/** The one turn of a database, which all its lanes share. */
export function sqliteTurn(dataSource: DataSource): SqliteTurn {
  const known = turns.get(dataSource);
  if (known) return known;
  const turn = new SqliteTurn(dataSource);
  turns.set(dataSource, turn);
  return turn;
}

/**
 * Writes what all lanes were given in one event-loop turn in one transaction. A transaction costs by
 * the pages it touches, which the items of many requests share: when there is much to write, it waits
 * a few turns for as long as more arrives.
 */
export class SqliteTurn {
  /** A handful; a `Set` that is emptied with each transaction would leave its tables behind. */
  private lanes: SqliteLane[] = [];
  private readonly database: BetterSqlite3.Database;
  private readonly begin: BetterSqlite3.Statement;
  private readonly commit: BetterSqlite3.Statement;
  private turns = 0;
  private lastQueued = 0;
  private lastWritten = 0;

  constructor(private readonly dataSource: DataSource) {
    this.database = (
      dataSource.driver as unknown as { databaseConnection: BetterSqlite3.Database }
    ).databaseConnection;
    this.begin = this.database.prepare('BEGIN IMMEDIATE');
    this.commit = this.database.prepare('COMMIT');
  }

  /** The lane has something to write in this turn. */
  enlist(lane: SqliteLane): void {
    if (this.lanes.length === 0) setImmediate(this.start);
    if (!this.lanes.includes(lane)) this.lanes.push(lane);
  }

  private readonly start = (): void => {
    if (this.isWorthWaiting()) setImmediate(this.start);
    else void sqliteGate(this.dataSource)!.run(this.write);
  };

  private isWorthWaiting(): boolean {
    if (this.lastWritten < BUSY_FROM) return false;
    let queued = 0;
    for (const lane of this.lanes) queued += lane.queued;
    const isGrowing = queued > this.lastQueued;
    this.lastQueued = queued;
    this.turns += 1;
    return isGrowing && this.turns <= MOST_TURNS;
  }

  private readonly write = (): void => {
    const batches: AnyBatch[] = [];
    this.turns = 0;
    this.lastQueued = 0;
    this.lastWritten = 0;
    for (const lane of this.lanes) {
      const batch = lane.take();
      if (!batch) continue;
      batches.push(batch);
      this.lastWritten += batch.items.length;
    }
    this.lanes = [];
    if (batches.length > 0) this.writeTogether(batches);
  };

  private writeTogether(batches: AnyBatch[]): void {
    try {
      this.begin.run();
      for (const batch of batches) {
        batch.results = batch.lane.writer.inSqlite(this.database, batch.items);
      }
      this.commit.run();
    } catch (error) {
      this.rollBack();
      this.recover(batches, error);
      return;
    }
    for (const batch of batches) batch.resolve();
  }

  /** Either all have to wait, or what is at fault is looked for until it stands alone. */
  private recover(batches: AnyBatch[], error: unknown): void {
    if (isDatabaseAtFault(error)) {
      for (const batch of batches) batch.tryAgain(error);
      return;
    }
    const parts = batches.length > 1 ? batches : batches[0]!.halves();
    if (!parts) batches[0]!.reject(error);
    else for (const part of parts) this.writeTogether([part]);
  }

  private rollBack(): void {
    try {
      if (this.database.inTransaction) this.database.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself, or is closed.
    }
  }
}
