import { type Command } from 'commander';
import { startServer } from '../server.js';
import { type CommandContext } from './command-context.js';

export function addStartCommand(program: Command, context: CommandContext): void {
  program
    .command('start')
    .description('run the server until it is told to stop')
    .action(async () => context.setExitCode(await startServer(context.environment)));
}
