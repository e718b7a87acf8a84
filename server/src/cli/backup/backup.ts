import Database from 'better-sqlite3';
import { appliedMigrations } from '../../infrastructure/database/migrator.js';
import { type DatabaseSettings } from '../../infrastructure/database/database-settings.js';
import { type CommandContext, databaseOf, withDatabase } from '../command-context.js';
import { CommandError } from '../command-error.js';
import { makeBackup, timeInName } from './backup-folder.js';
import { describeBackup, type Manifest } from './manifest.js';
import { dumpPostgres, POSTGRES_DATA } from './postgres-backup.js';
import { mismatchOf, programMajor, serverMajor } from './postgres-tools.js';
import { copySqlite, hasTables, SQLITE_DATA } from './sqlite-backup.js';

interface BackedUp {
  folder: string;
  manifest: Manifest;
  /** Why it may not go back; null if nothing speaks against it. */
  warning: string | null;
}

/** Copies the configured database into a new folder in `parent`, while it is in use. */
export async function backUp(context: CommandContext, parent: string): Promise<BackedUp> {
  const settings = databaseOf(context);
  const now = new Date();
  let warning: string | null = null;
  const made = await makeBackup(parent, `lumen-${timeInName(now)}`, async (folder) => {
    const createdAt = now.toISOString();
    if (settings.kind === 'sqlite') {
      const file = fileOf(settings);
      if (!(await hasTables(file))) throw nothingThere(file);
      await copySqlite(file, folder);
      const migrations = migrationsIn(`${folder}/${SQLITE_DATA}`);
      const known = { database: 'sqlite', createdAt, migrations, file: SQLITE_DATA } as const;
      return describeBackup(folder, known);
    }
    const program = await programMajor('pg_dump', context.environment);
    const migrations = await withDatabase(context, async (dataSource) => {
      const mismatch = mismatchOf(program, await serverMajor(dataSource));
      warning = mismatch && `${mismatch.detail}. ${mismatch.advice}`;
      return appliedMigrations(dataSource);
    });
    await dumpPostgres(settings.url, folder, context.environment);
    const known = { database: 'postgres', createdAt, migrations, file: POSTGRES_DATA } as const;
    return describeBackup(folder, known);
  });
  return { ...made, warning };
}

/** The file of a SQLite database that is one. @throws CommandError */
export function fileOf({ file }: Extract<DatabaseSettings, { kind: 'sqlite' }>): string {
  if (file !== ':memory:') return file;
  throw new CommandError('A database in memory can be neither backed up nor restored.');
}

function nothingThere(file: string): CommandError {
  const message = `There is no database in ${file}. Check app.database_url, and from which folder this is run.`;
  return new CommandError(message, 'not_found');
}

function migrationsIn(file: string): string[] {
  const database = new Database(file, { readonly: true });
  try {
    const names = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'";
    if (database.prepare(names).get() === undefined) return [];
    const rows = database.prepare('SELECT name FROM migrations ORDER BY timestamp').all();
    return (rows as { name: string }[]).map(({ name }) => name);
  } finally {
    database.close();
  }
}
