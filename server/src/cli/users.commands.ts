import { type Command } from 'commander';
import { UsersService } from '../users/index.js';
import { type CommandContext, withApplication } from './command-context.js';

export function addUserCommands(program: Command, context: CommandContext): void {
  const users = program.command('users').description('people');
  users
    .command('list')
    .description('everybody Lumen knows, one a line: address, name, active or deactivated')
    .action(() => list(context));
}

async function list(context: CommandContext): Promise<void> {
  await withApplication(context, async (app) => {
    for await (const user of app.get(UsersService).all()) {
      const state = user.isActive ? 'active' : 'deactivated';
      process.stdout.write(`${user.email}\t${user.name}\t${state}\n`);
    }
  });
}
