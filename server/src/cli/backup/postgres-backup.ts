import path from 'node:path';
import { chmod } from 'node:fs/promises';
import { type DataSource } from 'typeorm';
import { CommandError } from '../command-error.js';
import { environmentFor, runPostgresTool } from './postgres-tools.js';

export const POSTGRES_DATA = 'database.dump';
/** Schemas that a restore put aside. */
const KEPT = 'lumen_before_';

/** Writes one moment of the database into `folder`; it is written to meanwhile as ever. */
export async function dumpPostgres(
  url: string,
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const file = path.join(folder, POSTGRES_DATA);
  const args = ['--format=custom', '--no-owner', '--no-privileges', '--no-password'];
  const target = [`--exclude-schema=${KEPT}*`, `--file=${file}`];
  await runPostgresTool('pg_dump', [...args, ...target], environmentFor(url, environment));
  await chmod(file, 0o600);
}

export interface PostgresRestore {
  url: string;
  /** The dump. */
  file: string;
  /** For the name under which the tables that are there are kept. */
  time: string;
  environment: NodeJS.ProcessEnv;
}

/**
 * Fills the database from a dump, all or nothing. The tables that are there are moved into a schema
 * of their own; answers its name, null if there were none.
 */
export async function restorePostgres(
  dataSource: DataSource,
  { url, file, time, environment }: PostgresRestore,
): Promise<string | null> {
  const kept = (await postgresHasTables(dataSource)) ? `${KEPT}${time.toLowerCase()}` : null;
  if (kept) {
    await dataSource.transaction(async (manager) => {
      await manager.query(`ALTER SCHEMA public RENAME TO ${kept}`);
      await manager.query('CREATE SCHEMA public');
    });
  }
  const { pathname } = new URL(url);
  const target = `--dbname=${decodeURIComponent(pathname.slice(1))}`;
  const args = ['--single-transaction', '--exit-on-error', '--no-owner', '--no-privileges'];
  try {
    const variables = environmentFor(url, environment);
    await runPostgresTool('pg_restore', [...args, '--no-password', target, file], variables);
    return kept;
  } catch (error) {
    if (kept) await putBack(dataSource, kept);
    throw error;
  }
}

/** Whether there is anything in the database that a restore would replace. */
export async function postgresHasTables(dataSource: DataSource): Promise<boolean> {
  const rows = await dataSource.query<unknown[]>(
    "SELECT 1 FROM information_schema.tables WHERE table_schema = 'public' LIMIT 1",
  );
  return rows.length > 0;
}

/** By its name the connection of a restore is told from those of Lumen. */
export const RESTORE_CONNECTION = 'lumen restore';

/** @throws CommandError server_running while a process of Lumen is connected */
export async function requireNobodyConnected(dataSource: DataSource): Promise<void> {
  const [row] = await dataSource.query<{ count: string }[]>(
    `SELECT count(*) AS count FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'lumen'`,
  );
  const count = Number(row?.count ?? 0);
  if (count === 0) return;
  throw new CommandError(
    `Lumen is running on this database (${count} connections). Stop every replica, then try again.`,
    'server_running',
  );
}

async function putBack(dataSource: DataSource, kept: string): Promise<void> {
  await dataSource.transaction(async (manager) => {
    await manager.query('DROP SCHEMA public CASCADE');
    await manager.query(`ALTER SCHEMA ${kept} RENAME TO public`);
  });
}
