import { type Command } from 'commander';
import { ClientRecordsService, ClientsService } from '../clients/index.js';
import { CLI_CONTEXT } from '../infrastructure/audit/audit-context.js';
import { looksLikeEmail, UsersService } from '../users/index.js';
import { type CommandContext, withApplication } from './command-context.js';
import { CommandError } from './command-error.js';
import { type JsonOption, ListWriter, withJson, writeResult } from './output.js';
import { printable } from './printable.js';

const PAGE_SIZE = 200;

export function addClientCommands(program: Command, context: CommandContext): void {
  const clients = program.command('clients').description('applications with keys of their own');
  withJson(clients.command('list'))
    .description('all clients, one a line: name, state, owner, description')
    .action((options: JsonOption) => list(context, options));
  withJson(clients.command('create'))
    .description('make a client')
    .argument('<name>', 'its name, also that of its entry in config.yaml')
    .option('--owner <email>', 'who answers for it; made if Lumen does not know them')
    .action((name: string, options: CreateOptions) => create(context, name, options));
  addChange(clients, context, 'deactivate');
  addChange(clients, context, 'activate');
}

interface CreateOptions extends JsonOption {
  owner?: string;
}

const CHANGES = {
  deactivate: 'keep a client out: its keys stop working at once',
  activate: 'let a client in again that was deactivated',
};

function addChange(
  clients: Command,
  context: CommandContext,
  verb: 'activate' | 'deactivate',
): void {
  withJson(clients.command(verb))
    .description(CHANGES[verb])
    .argument('<name>', 'which client')
    .action((name: string, options: JsonOption) =>
      setActive(context, { name, isActive: verb === 'activate' }, options),
    );
}

async function setActive(
  context: CommandContext,
  { name, isActive }: { name: string; isActive: boolean },
  options: JsonOption,
): Promise<void> {
  await withApplication(context, async (app) => {
    const clients = app.get(ClientsService);
    await clients.syncConfigured();
    const client = await clients.findByName(name);
    if (!client) throw new CommandError(`There is no client named "${name}".`, 'not_found');
    await app.get(ClientRecordsService).update(CLI_CONTEXT, client.id, { isActive });
    const text = `The client "${printable(name)}" is ${isActive ? 'active' : 'deactivated'}.`;
    writeResult(options, { id: client.id, name, isActive }, text);
  });
}

interface ListedClient {
  id: string;
  name: string;
  state: 'active' | 'deactivated';
  owner: string | null;
  description: string;
}

const lineOf = ({ name, state, owner, description }: ListedClient) =>
  [name, state, owner ?? '-', description].map(printable).join('\t');

async function list(context: CommandContext, { json }: JsonOption): Promise<void> {
  const writer = new ListWriter(json ?? false, lineOf);
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
        const { id, name, description } = client;
        const owner = owners.get(client.ownerId ?? '') ?? null;
        const state = clients.isEnabled(client) ? 'active' : 'deactivated';
        writer.write({ id, name, state, owner, description });
      }
      if (items.length < PAGE_SIZE) break;
    }
    writer.end();
  });
}

async function create(
  context: CommandContext,
  name: string,
  { owner, json }: CreateOptions,
): Promise<void> {
  if (owner !== undefined && !looksLikeEmail(owner)) {
    throw new CommandError(`"${owner}" is not an e-mail address.`);
  }
  await withApplication(context, async (app) => {
    const ownerId = owner === undefined ? null : (await app.get(UsersService).ensure(owner)).id;
    const client = await app.get(ClientRecordsService).create(CLI_CONTEXT, { name, ownerId });
    const { id } = client;
    const text = `The client "${client.name}" is there. Its id is ${id}.`;
    writeResult({ json }, { id, name: client.name, owner: owner ?? null }, text);
  });
}
