import path from 'node:path';
import { type Command } from 'commander';
import { type CommandContext } from '../command-context.js';
import { type JsonOption, withJson, writeResult } from '../output.js';
import { backUp } from './backup.js';
import { restore } from './restore.js';

interface RestoreOptions extends JsonOption {
  force?: boolean;
}

export function addBackupCommands(program: Command, context: CommandContext): void {
  withJson(program.command('backup'))
    .description('copy the database, on a running system; prints the folder that the copy is in')
    .argument('[folder]', 'where the folder of the copy is made', 'backups')
    .action(async (parent: string, options: JsonOption) => {
      const { folder, manifest, warning } = await backUp(context, path.resolve(parent));
      // Standard output is the folder alone, for scripts.
      if (warning !== null && !options.json) process.stderr.write(`${warning}\n`);
      writeResult(options, { folder, ...manifest, ...(warning !== null && { warning }) }, folder);
    });
  withJson(program.command('restore'))
    .description('put a copy in the place of the database; every Lumen on it has to be stopped')
    .argument('<folder>', 'the folder that `lumen backup` printed')
    .option('--force', 'where there is a database already; it is kept under another name')
    .action(async (folder: string, options: RestoreOptions) => {
      const restored = await restore(context, path.resolve(folder), options.force ?? false);
      const { manifest, keptAs, isBehind } = restored;
      writeResult(options, { ...manifest, keptAs, isBehind }, [
        `The database is that of ${manifest.createdAt}; what came later is not in it.`,
        ...(keptAs ? [`What was there before is kept as ${keptAs}.`] : []),
        ...(isBehind
          ? ['It is of an earlier version: run "lumen db upgrade" before the start.']
          : []),
        'Run "lumen ledger verify" and "lumen doctor" before people are let in again.',
      ]);
    });
}
