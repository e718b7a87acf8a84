import path from 'node:path';
import {
  dataSourceOptions,
  type DatabaseSettings,
} from '../../infrastructure/database/database-settings.js';
import { MIGRATIONS } from '../../infrastructure/database/migrations/index.js';
import { openDataSource } from '../../infrastructure/database/open-data-source.js';
import { type CommandContext, databaseOf } from '../command-context.js';
import { CommandError } from '../command-error.js';
import { fileOf } from './backup.js';
import { timeInName } from './backup-folder.js';
import { type Manifest, readBackup } from './manifest.js';
import {
  postgresHasTables,
  requireNobodyConnected,
  RESTORE_CONNECTION,
  restorePostgres,
} from './postgres-backup.js';
import { hasTables, putSqlite } from './sqlite-backup.js';

export interface Restored {
  manifest: Manifest;
  /** Where what was there before is now; null if nothing was. */
  keptAs: string | null;
  /** It has to be upgraded before this version of Lumen serves from it. */
  isBehind: boolean;
}

interface Wanted {
  data: string;
  isForced: boolean;
  time: string;
}

/**
 * Puts a backup in the place of the configured database. Refuses a backup that is broken or newer
 * than this Lumen, a database in use, and one that has tables unless `isForced`; even then nothing
 * is destroyed.
 */
export async function restore(
  context: CommandContext,
  folder: string,
  isForced: boolean,
): Promise<Restored> {
  const manifest = await readBackup(folder);
  const settings = databaseOf(context);
  if (manifest.database !== settings.kind) {
    throw new CommandError(
      `The backup is of ${NAMES[manifest.database]} and config.yaml names ${NAMES[settings.kind]}. A backup goes back into the kind of database it is of.`,
      'backup_unusable',
    );
  }
  const data = path.join(folder, manifest.file);
  const wanted = { data, isForced, time: timeInName(new Date()) };
  const keptAs =
    settings.kind === 'sqlite'
      ? await intoSqlite(fileOf(settings), wanted)
      : await intoPostgres(settings, wanted, context.environment);
  return { manifest, keptAs, isBehind: manifest.migrations.length < MIGRATIONS.length };
}

const NAMES = { sqlite: 'SQLite', postgres: 'PostgreSQL' };

async function intoSqlite(file: string, { data, isForced, time }: Wanted): Promise<string | null> {
  if (!isForced && (await hasTables(file))) throw occupied(file);
  return putSqlite(data, file, `${file}.before-${time}`);
}

async function intoPostgres(
  settings: Extract<DatabaseSettings, { kind: 'postgres' }>,
  { data, isForced, time }: Wanted,
  environment: NodeJS.ProcessEnv,
): Promise<string | null> {
  const options = { ...dataSourceOptions(settings), applicationName: RESTORE_CONNECTION };
  const dataSource = await openDataSource(options);
  try {
    await requireNobodyConnected(dataSource);
    if (!isForced && (await postgresHasTables(dataSource))) throw occupied('The database');
    const kept = await restorePostgres(dataSource, {
      url: settings.url,
      file: data,
      time,
      environment,
    });
    return kept && `the schema ${kept}`;
  } finally {
    await dataSource.destroy();
  }
}

function occupied(what: string): CommandError {
  return new CommandError(
    `${what} has tables already. With --force they are put aside, and kept under another name.`,
    'conflict',
  );
}
