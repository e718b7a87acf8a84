import { type Command } from 'commander';
import {
  appliedMigrations,
  pendingMigrations,
  upgradeDatabase,
} from '../infrastructure/database/migrator.js';
import { type CommandContext, withDatabase } from './command-context.js';

export function addDatabaseCommands(program: Command, context: CommandContext): void {
  const db = program.command('db').description('the database');
  db.command('upgrade')
    .description('bring the database up to this version; safe to run from several places at once')
    .option('--if-sqlite', 'do nothing with a database that is not SQLite')
    .action((options: { ifSqlite?: boolean }) => upgrade(context, options.ifSqlite ?? false));
  db.command('status')
    .description('list the migrations; exit code 1 when some are pending')
    .action(() => status(context));
}

async function upgrade(context: CommandContext, onlySqlite: boolean): Promise<void> {
  await withDatabase(context, async (dataSource) => {
    if (onlySqlite && dataSource.options.type !== 'better-sqlite3') return;
    const applied = await upgradeDatabase(dataSource);
    for (const name of applied) process.stdout.write(`applied ${name}\n`);
    if (applied.length === 0) process.stdout.write('The database is up to date.\n');
  });
}

async function status(context: CommandContext): Promise<void> {
  await withDatabase(context, async (dataSource) => {
    const applied = await appliedMigrations(dataSource);
    const pending = await pendingMigrations(dataSource);
    for (const name of applied) process.stdout.write(`applied ${name}\n`);
    for (const name of pending) process.stdout.write(`pending ${name}\n`);
    if (pending.length > 0) context.setExitCode(1);
  });
}
