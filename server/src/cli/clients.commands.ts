import { type Command } from 'commander';
import { ClientRecordsService, ClientsService } from '../clients/index.js';
import { CLI_CONTEXT } from '../infrastructure/audit/audit-context.js';
import { looksLikeEmail, UsersService } from '../users/index.js';
import { type CommandContext, withApplication } from './command-context.js';
import { CommandError } from './command-error.js';
import { printable } from './printable.js';

const PAGE_SIZE = 200;

export function addClientCommands(program: Command, context: CommandContext): void {
  const clients = program.command('clients').description('applications with keys of their own');
  clients
    .command('list')
    .description('all clients, one a line: name, state, owner, description')
    .action(() => list(context));
  clients
    .command('create')
    .description('make a client')
    .argument('<name>', 'its name, also that of its entry in config.yaml')
    .option('--owner <email>', 'who answers for it; made if Lumen does not know them')
    .action((name: string, options: { owner?: string }) => create(context, name, options));
}

async function list(context: CommandContext): Promise<void> {
  await withApplication(context, async (app) => {
    const clients = app.get(ClientsService);
    await clients.syncConfigured();
    const users = app.get(UsersService);
    for (let page = 1; ; page += 1) {
      const request = { page, pageSize: PAGE_SIZE, sort: 'name', order: 'asc' } as const;
      const { items } = await app.get(ClientRecordsService).list(request);
      const ownerIds = items.flatMap(({ ownerId }) => ownerId ?? []);
      const owners = new Map((await users.findMany(ownerIds)).map(({ id, email }) => [id, email]));
      for (const client of items) {
        const owner = owners.get(client.ownerId ?? '') ?? '-';
        const state = clients.isEnabled(client) ? 'active' : 'deactivated';
        const columns = [client.name, state, owner, client.description];
        process.stdout.write(`${columns.map(printable).join('\t')}\n`);
      }
      if (items.length < PAGE_SIZE) return;
    }
  });
}

async function create(
  context: CommandContext,
  name: string,
  { owner }: { owner?: string },
): Promise<void> {
  if (owner !== undefined && !looksLikeEmail(owner)) {
    throw new CommandError(`"${owner}" is not an e-mail address.`);
  }
  await withApplication(context, async (app) => {
    const ownerId = owner === undefined ? null : (await app.get(UsersService).ensure(owner)).id;
    const client = await app.get(ClientRecordsService).create(CLI_CONTEXT, { name, ownerId });
    process.stdout.write(`The client "${client.name}" is there. Its id is ${client.id}.\n`);
  });
}
