import { type Command } from 'commander';
import {
  appliedMigrations,
  pendingMigrations,
  upgradeDatabase,
} from '../infrastructure/database/migrator.js';
import { type CommandContext, withDatabase } from './command-context.js';
import { type JsonOption, withJson, writeResult } from './output.js';

interface UpgradeOptions extends JsonOption {
  ifSqlite?: boolean;
}

export function addDatabaseCommands(program: Command, context: CommandContext): void {
  const db = program.command('db').description('the database');
  withJson(db.command('upgrade'))
    .description('bring the database up to this version; safe to run from several places at once')
    .option('--if-sqlite', 'do nothing with a database that is not SQLite')
    .action((options: UpgradeOptions) => upgrade(context, options));
  withJson(db.command('status'))
    .description('list the migrations; exit code 1 when some are pending')
    .action((options: JsonOption) => status(context, options));
}

async function upgrade(context: CommandContext, options: UpgradeOptions): Promise<void> {
  await withDatabase(context, async (dataSource) => {
    const isLeftAlone = options.ifSqlite && dataSource.options.type !== 'better-sqlite3';
    if (isLeftAlone && !options.json) return;
    const applied = isLeftAlone ? [] : await upgradeDatabase(dataSource);
    const lines = applied.map((name) => `applied ${name}`);
    writeResult(options, { applied }, lines.length > 0 ? lines : 'The database is up to date.');
  });
}

async function status(context: CommandContext, options: JsonOption): Promise<void> {
  await withDatabase(context, async (dataSource) => {
    const applied = await appliedMigrations(dataSource);
    const pending = await pendingMigrations(dataSource);
    const lines = [
      ...applied.map((name) => `applied ${name}`),
      ...pending.map((name) => `pending ${name}`),
    ];
    writeResult(options, { applied, pending }, lines);
    if (pending.length > 0) context.setExitCode(1);
  });
}
