import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDatabase } from './postgres.js';
import { createUpgradedDatabase } from './upgraded-database.js';
import { type Dialect } from './lumen/lumen-server.js';

export interface FreshDatabase {
  url: string;
  drop: () => Promise<void>;
}

/** An empty database of one test's own, on the real thing. */
export async function freshDatabase(dialect: Dialect): Promise<FreshDatabase> {
  if (dialect === 'postgres') return createDatabase();
  return sqliteFile();
}

/** The same for those that upgrade it next: PostgreSQL's has been, since that takes a while there. */
export async function databaseToUpgrade(dialect: Dialect): Promise<FreshDatabase> {
  return dialect === 'postgres' ? createUpgradedDatabase() : sqliteFile();
}

async function sqliteFile(): Promise<FreshDatabase> {
  const directory = await mkdtemp(path.join(tmpdir(), 'lumen-database-'));
  return {
    url: `sqlite:///${path.join(directory, 'test.db')}`,
    drop: () => rm(directory, { recursive: true, force: true }),
  };
}
