import type BetterSqlite3 from 'better-sqlite3';
import { type DataSource } from 'typeorm';
import { type Batch } from './group-commit-batch.js';
import { isDatabaseAtFault } from './group-commit-failures.js';
import { sqliteGate } from './sqlite-isolation.js';

// Lanes of every kind share a turn; what is in a batch matters to its own lane only.
type AnyBatch = Batch<unknown, unknown>;

export interface SqliteLane {
  /** What is to be written now; null: nothing. */
  take(): AnyBatch | null;
}

const turns = new WeakMap<DataSource, SqliteTurn>();

/** The one turn of a database, which all its lanes share. */
export function sqliteTurn(dataSource: DataSource): SqliteTurn {
  const known = turns.get(dataSource);
  if (known) return known;
  const turn = new SqliteTurn(dataSource);
  turns.set(dataSource, turn);
  return turn;
}

/** Writes what all lanes were given in one event-loop turn in one transaction. */
export class SqliteTurn {
  private readonly lanes = new Set<SqliteLane>();
  private readonly database: BetterSqlite3.Database;
  private readonly begin: BetterSqlite3.Statement;
  private readonly commit: BetterSqlite3.Statement;

  constructor(private readonly dataSource: DataSource) {
    this.database = (
      dataSource.driver as unknown as { databaseConnection: BetterSqlite3.Database }
    ).databaseConnection;
    this.begin = this.database.prepare('BEGIN IMMEDIATE');
    this.commit = this.database.prepare('COMMIT');
  }

  /** The lane has something to write in this turn. */
  enlist(lane: SqliteLane): void {
    if (this.lanes.size === 0) setImmediate(this.start);
    this.lanes.add(lane);
  }

  private readonly start = (): void => {
    void sqliteGate(this.dataSource)!.run(this.write);
  };

  private readonly write = (): void => {
    const batches: AnyBatch[] = [];
    for (const lane of this.lanes) {
      const batch = lane.take();
      if (batch) batches.push(batch);
    }
    this.lanes.clear();
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
