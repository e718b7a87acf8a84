import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { startPostgres } from '../../scripts/postgres.mjs';
import { atTheEnd } from '../../scripts/shutdown.mjs';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';

export type Dialect = 'sqlite' | 'postgres';

const COUNT = 'SELECT count(*) AS count FROM request_log';

/** An empty database for one run of Lumen, removed at the end. */
export interface BenchDatabase {
  url: string;
  /** What the reader of the figures should know of it. */
  description: string;
  /** Rows of the request log; `directory` is that of the server, which has stopped. */
  countRequests: (directory: string) => Promise<number>;
}

/** Makes a database; PostgreSQL's cluster is that of TEST_POSTGRES_URL, or one for this run. */
export function openDatabase(dialect: Dialect): Promise<BenchDatabase> {
  return dialect === 'sqlite' ? Promise.resolve(sqlite()) : postgres();
}

function sqlite(): BenchDatabase {
  return {
    url: 'sqlite:///lumen.db',
    description: 'SQLite',
    countRequests: (directory) => {
      const database = new Database(join(directory, 'lumen.db'), { readonly: true });
      const { count } = database.prepare<[], { count: number }>(COUNT).get()!;
      database.close();
      return Promise.resolve(count);
    },
  };
}

async function postgres(): Promise<BenchDatabase> {
  const { url } = await createDatabaseOfRun();
  const query = async (text: string): Promise<Record<string, unknown>> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(text);
      return rows[0]!;
    } finally {
      await client.end();
    }
  };
  const settings = await query(
    `SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync,
       current_setting('synchronous_commit') AS commit`,
  );
  return {
    url,
    description: `PostgreSQL ${String(settings['version'])}, fsync=${String(settings['fsync'])}, synchronous_commit=${String(settings['commit'])}`,
    countRequests: async () => Number((await query(COUNT))['count']),
  };
}

/** A cluster of this run's own goes with all that is in it, so only a borrowed one is tidied up. */
async function createDatabaseOfRun(): Promise<TestDatabase> {
  const isBorrowed = process.env['TEST_POSTGRES_URL'] !== undefined;
  if (!isBorrowed) process.env['TEST_POSTGRES_URL'] = await startPostgres();
  const database = await createDatabase();
  if (isBorrowed) atTheEnd(database.drop);
  return database;
}
