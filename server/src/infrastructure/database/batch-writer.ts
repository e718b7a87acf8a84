import type BetterSqlite3 from 'better-sqlite3';
import { type PoolClient } from 'pg';

/** What a writer may know and do while its batch is written on PostgreSQL. */
export interface PostgresRound {
  /** An earlier try failed, or nobody knows how it ended: these items may be in the database already. */
  readonly isRepeat: boolean;
  /**
   * Sends the commit right behind the statements sent so far, instead of after their answers: saves
   * a way to the database and back. To be called when the last statement is sent.
   */
  commit(): void;
}

/**
 * Work of many requests that is written together. Results stand in the order of the items. Both run
 * inside a transaction that somebody else opens and commits, and may run again from the start if it
 * failed: they keep no state of their own.
 */
export interface BatchWriter<Item, Result> {
  /** One statement does it all on PostgreSQL, so that it needs no transaction around it there. */
  readonly isOneStatement?: boolean;
  /**
   * The first try on PostgreSQL takes for granted what nearly always holds, and fails where it does
   * not: the same items are then given to it once more as a repeat, which is careful.
   */
  readonly isOptimistic?: boolean;

  inSqlite(database: BetterSqlite3.Database, items: readonly Item[]): Result[];

  /** Statements may be sent one behind the other without waiting for the answers. */
  inPostgres(client: PoolClient, items: readonly Item[], round: PostgresRound): Promise<Result[]>;
}
