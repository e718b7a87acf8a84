import { type Command } from 'commander';
import { ApiKeysService } from '../auth/index.js';
import { looksLikeEmail, UsersService } from '../users/index.js';
import { type CommandContext, withApplication } from './command-context.js';
import { CommandError } from './command-error.js';

interface CreateOptions {
  user: string;
  name: string;
  quiet?: boolean;
}

export function addKeyCommands(program: Command, context: CommandContext): void {
  const keys = program.command('keys').description('API keys');
  keys
    .command('create')
    .description('make an API key for a person; the key is printed once')
    .requiredOption('--user <email>', 'whose key; the person is made if Lumen does not know them')
    .requiredOption('--name <name>', 'what the key is for')
    .option('--quiet', 'print the key alone')
    .action((options: CreateOptions) => create(context, options));
}

async function create(
  context: CommandContext,
  { user, name, quiet }: CreateOptions,
): Promise<void> {
  if (!looksLikeEmail(user)) throw new CommandError(`"${user}" is not an e-mail address.`);
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > 200) {
    throw new CommandError('--name takes 1 to 200 characters.');
  }
  await withApplication(context, async (app) => {
    const owner = await app.get(UsersService).ensure(user);
    const { key } = await app.get(ApiKeysService).create(owner.id, trimmed);
    process.stdout.write(
      quiet ? `${key}\n` : `A key for ${owner.email}. It is shown only now:\n\n  ${key}\n`,
    );
  });
}
