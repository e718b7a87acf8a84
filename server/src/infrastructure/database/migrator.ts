import { type DataSource } from 'typeorm';
import {
  LOCK_PATIENCE,
  type LockPatience,
  migratePatiently,
  nameOf,
} from './patient-migrations.js';

/** Any number no other program locks in this database; spells "lumen". */
const ADVISORY_LOCK = 0x6c756d656e;

export class MigrationsPendingError extends Error {
  constructor(readonly pending: readonly string[]) {
    super(
      `The database is behind this version of Lumen (${pending.join(', ')}). Run "./lumen db upgrade", then try again.`,
    );
  }
}

/**
 * Makes sure that the database is what this build expects. SQLite is Lumen's own file and is
 * upgraded at once; PostgreSQL is upgraded when its operator says so. Returns what was applied.
 * @throws MigrationsPendingError
 */
export async function prepareDatabase(dataSource: DataSource): Promise<string[]> {
  const pending = await pendingMigrations(dataSource);
  if (pending.length === 0) return [];
  if (dataSource.options.type === 'postgres') throw new MigrationsPendingError(pending);
  return upgradeDatabase(dataSource);
}

/**
 * Applies what is pending, one process at a time: replicas that start together wait for the first
 * and then find nothing to do. Returns the names of the migrations applied, oldest first.
 * @throws TablesInUseError on PostgreSQL; what was applied before stays
 */
export async function upgradeDatabase(
  dataSource: DataSource,
  patience = LOCK_PATIENCE,
): Promise<string[]> {
  return dataSource.options.type === 'postgres'
    ? upgradeUnderAdvisoryLock(dataSource, patience)
    : upgradeInOneTransaction(dataSource);
}

/** Names of the migrations that this build knows and the database has not seen, oldest first. */
export async function pendingMigrations(dataSource: DataSource): Promise<string[]> {
  const applied = new Set(await appliedMigrations(dataSource));
  return dataSource.migrations.map(nameOf).filter((name) => !applied.has(name));
}

/** Names of the migrations in the database, oldest first; empty for a new database. */
export async function appliedMigrations(dataSource: DataSource): Promise<string[]> {
  const runner = dataSource.createQueryRunner();
  try {
    if (!(await runner.hasTable('migrations'))) return [];
    const rows = (await runner.query('SELECT name FROM migrations ORDER BY timestamp')) as {
      name: string;
    }[];
    return rows.map((row) => row.name);
  } finally {
    await runner.release();
  }
}

async function upgradeUnderAdvisoryLock(
  dataSource: DataSource,
  patience: LockPatience,
): Promise<string[]> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK]);
    try {
      return await migratePatiently(dataSource, runner, patience);
    } finally {
      await runner.query('SELECT pg_advisory_unlock($1)', [ADVISORY_LOCK]);
    }
  } finally {
    await runner.release();
  }
}

/** SQLite has one writer: the write lock is taken before looking at what is pending. */
async function upgradeInOneTransaction(dataSource: DataSource): Promise<string[]> {
  await dataSource.query('BEGIN IMMEDIATE');
  try {
    const applied = await dataSource.runMigrations({ transaction: 'none' });
    await dataSource.query('COMMIT');
    return applied.map(nameOf);
  } catch (error) {
    await dataSource.query('ROLLBACK');
    throw error;
  }
}
