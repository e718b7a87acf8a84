import { setTimeout as delay } from 'node:timers/promises';
import { type DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { isLockUnavailable } from './database-errors.js';

/** How long an upgrade waits for tables that somebody uses, as a backup does for as long as it takes. */
export interface LockPatience {
  /** Meanwhile everybody who serves waits behind it. */
  readonly waitMs: number;
  readonly pauseMs: number;
  readonly tries: number;
}

export const LOCK_PATIENCE: LockPatience = { waitMs: 2_000, pauseMs: 3_000, tries: 12 };

export class TablesInUseError extends Error {
  constructor(left: readonly string[], options: ErrorOptions) {
    super(
      `A table is in use, perhaps by a backup or a report. The database was not upgraded (${left.join(', ')}), and Lumen goes on as before. Try again when that is done.`,
      options,
    );
  }
}

/**
 * Applies what is pending to PostgreSQL, each migration in a transaction; answers their names, oldest
 * first. A statement that waits for a table lets nobody after it have the table either: behind a
 * backup, which has them all, nothing could be paid for. So it gives way, and tries again later.
 * @throws TablesInUseError; what was applied before stays
 */
export async function migratePatiently(
  dataSource: DataSource,
  runner: QueryRunner,
  { waitMs, pauseMs, tries }: LockPatience,
): Promise<string[]> {
  const executor = new MigrationExecutor(dataSource, runner);
  executor.transaction = 'each';
  const pending = await leftOf(executor);
  await runner.query(`SET lock_timeout = ${waitMs}`);
  try {
    let refusal = await refusalOf(executor);
    for (let left = tries - 1; refusal && left > 0; left -= 1) {
      await delay(pauseMs);
      refusal = await refusalOf(executor);
    }
    if (refusal) throw new TablesInUseError(await leftOf(executor), { cause: refusal });
    return pending;
  } finally {
    await runner.query('RESET lock_timeout');
  }
}

/** Null: all have been applied. */
async function refusalOf(executor: MigrationExecutor): Promise<unknown> {
  try {
    await executor.executePendingMigrations();
    return null;
  } catch (error) {
    if (isLockUnavailable(error)) return error;
    throw error;
  }
}

async function leftOf(executor: MigrationExecutor): Promise<string[]> {
  return (await executor.getPendingMigrations()).map(nameOf);
}

export function nameOf(migration: { name?: string; constructor: { name: string } }): string {
  return migration.name ?? migration.constructor.name;
}
