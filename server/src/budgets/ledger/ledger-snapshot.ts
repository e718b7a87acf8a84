import type BetterSqlite3 from 'better-sqlite3';
import { type Pool, type PoolClient } from 'pg';
import { type DataSource } from 'typeorm';
import { sqliteGate } from '../../infrastructure/database/sqlite-isolation.js';

/** Asks the database as it was at one moment. Every value that is answered is text, or null. */
export type SnapshotQuery = (sql: string, after?: string) => Promise<SnapshotRow[]>;
export type SnapshotRow = Record<string, string | null>;

/** Sorting what is grouped, in memory rather than in files. */
const WORK_MEMORY = '128MB';

/**
 * Runs `work` on one consistent state of the database. Nobody who writes waits for it, whatever else
 * is connected; on SQLite this process's own statements do, so it is for commands, not for requests.
 */
export async function withSnapshot<T>(
  dataSource: DataSource,
  work: (query: SnapshotQuery) => Promise<T>,
): Promise<T> {
  const gate = sqliteGate(dataSource);
  if (gate) return gate.run(() => inSqlite(dataSource, work));
  const { master } = dataSource.driver as unknown as { master: Pool };
  const client = await master.connect();
  let failure: Error | undefined;
  try {
    return await inPostgres(client, work);
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(failure);
  }
}

async function inSqlite<T>(
  dataSource: DataSource,
  work: (query: SnapshotQuery) => Promise<T>,
): Promise<T> {
  const { databaseConnection: database } = dataSource.driver as unknown as {
    databaseConnection: BetterSqlite3.Database;
  };
  database.exec('BEGIN');
  try {
    return await work((sql, ...parameters) =>
      Promise.resolve(database.prepare(sql).all(...parameters) as SnapshotRow[]),
    );
  } finally {
    database.exec('ROLLBACK');
  }
}

async function inPostgres<T>(
  client: PoolClient,
  work: (query: SnapshotQuery) => Promise<T>,
): Promise<T> {
  await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
  await client.query(`SET LOCAL work_mem = '${WORK_MEMORY}'`);
  const answer = await work(async (sql, ...parameters) => {
    const numbered = sql.replace('?', '$1');
    return (await client.query<SnapshotRow>(numbered, parameters)).rows;
  });
  await client.query('ROLLBACK');
  return answer;
}
