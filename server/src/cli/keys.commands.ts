import { type INestApplicationContext } from '@nestjs/common';
import { type Command } from 'commander';
import { ApiKeysService, type CreatedKey, type KeyOwner } from '../auth/index.js';
import { ClientsService } from '../clients/index.js';
import { CLI_CONTEXT } from '../infrastructure/audit/audit-context.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { looksLikeEmail, UsersService } from '../users/index.js';
import { type CommandContext, withApplication } from './command-context.js';
import { CommandError } from './command-error.js';
import { type JsonOption, ListWriter, withJson, writeResult } from './output.js';
import { printable } from './printable.js';

const DAY_MS = 24 * 3_600_000;
const MOST_DAYS = 36_500;

interface OwnerOptions extends JsonOption {
  user?: string;
  client?: string;
}

interface CreateOptions extends OwnerOptions {
  name: string;
  expiresDays?: string;
  models?: string;
  quiet?: boolean;
}

export function addKeyCommands(program: Command, context: CommandContext): void {
  const keys = program.command('keys').description('API keys');
  withJson(keys.command('create'))
    .description('make an API key for a person or a client; the key is printed once')
    .option('--user <email>', 'whose key; the person is made if Lumen does not know them')
    .option('--client <name>', 'or the client whose key it is')
    .requiredOption('--name <name>', 'what the key is for')
    .option('--expires-days <days>', 'days until it stops working; otherwise it never does')
    .option('--models <names>', 'the only models it may use, separated by commas')
    .option('--quiet', 'print the key alone')
    .action((options: CreateOptions) => create(context, options));
  withJson(keys.command('list'))
    .description('the keys of a person or a client: id, hint, name, state, last use')
    .option('--user <email>', 'whose keys')
    .option('--client <name>', 'or the client whose keys they are')
    .action((options: OwnerOptions) => list(context, options));
  withJson(keys.command('revoke'))
    .description('end a key at once')
    .argument('<id>', 'its id, as `lumen keys list` prints it')
    .action((id: string, options: JsonOption) => revoke(context, id, options));
}

async function create(context: CommandContext, options: CreateOptions): Promise<void> {
  requireOneOwner(options);
  const wanted = {
    name: readName(options.name),
    onlyModels: readModels(options.models),
  };
  const days = readDays(options.expiresDays);
  await withApplication(context, async (app) => {
    const owner = await ownerFor(app, options, { isMade: true });
    const now = app.get(ClockService).now();
    const expiresAt = days === null ? null : new Date(now.getTime() + days * DAY_MS);
    const made = await app.get(ApiKeysService).create(CLI_CONTEXT, owner, { ...wanted, expiresAt });
    const text = `A key for ${owner.name}. It is shown only now:\n\n  ${made.key}`;
    const created = { key: made.key, owner: owner.name, ...shownKey(made.apiKey, now) };
    writeResult(options, created, options.quiet ? made.key : text);
  });
}

async function list(context: CommandContext, options: OwnerOptions): Promise<void> {
  requireOneOwner(options);
  await withApplication(context, async (app) => {
    const owner = await ownerFor(app, options, { isMade: false });
    const now = app.get(ClockService).now();
    const writer = new ListWriter(options.json ?? false, lineOf);
    const apiKeys = await app.get(ApiKeysService).listOf(owner);
    for (const apiKey of apiKeys) writer.write(shownKey(apiKey, now));
    writer.end();
  });
}

type ApiKey = CreatedKey['apiKey'];

function shownKey(apiKey: ApiKey, now: Date) {
  const { id, hint, name, createdAt, lastUsedAt, expiresAt, revokedAt, onlyModels } = apiKey;
  const state = stateOf(apiKey, now);
  return { id, hint, name, state, createdAt, lastUsedAt, expiresAt, revokedAt, onlyModels };
}

function lineOf({ id, hint, name, state, lastUsedAt }: ReturnType<typeof shownKey>): string {
  const columns = [id, hint, name, state, lastUsedAt?.toISOString() ?? 'never used'];
  return columns.map(printable).join('\t');
}

async function revoke(context: CommandContext, id: string, options: JsonOption): Promise<void> {
  await withApplication(context, async (app) => {
    const { name, hint } = await app.get(ApiKeysService).revokeAny(CLI_CONTEXT, id);
    const text = `The key "${printable(name)}" (${hint}) is revoked.`;
    writeResult(options, { id, name, hint, state: 'revoked' }, text);
  });
}

function requireOneOwner({ user, client }: OwnerOptions): void {
  if ((user === undefined) === (client === undefined)) {
    throw new CommandError('Say whose key it is: either --user <email> or --client <name>.');
  }
  if (user !== undefined && !looksLikeEmail(user)) {
    throw new CommandError(`"${user}" is not an e-mail address.`);
  }
}

async function ownerFor(
  app: INestApplicationContext,
  { user, client }: OwnerOptions,
  { isMade }: { isMade: boolean },
): Promise<KeyOwner> {
  if (client !== undefined) return clientNamed(app, client);
  const users = app.get(UsersService);
  const person = isMade ? await users.ensure(user!) : await users.findByEmail(user!);
  if (!person) throw new CommandError(`Lumen does not know ${user}.`, 'not_found');
  return { kind: 'user', id: person.id, name: person.email };
}

/** A client that only config.yaml names so far gets its row here. */
async function clientNamed(app: INestApplicationContext, name: string): Promise<KeyOwner> {
  const clients = app.get(ClientsService);
  await clients.syncConfigured();
  const client = await clients.findByName(name);
  if (client) return { kind: 'client', id: client.id, name: client.name };
  throw new CommandError(
    `There is no client "${name}". Make it with: lumen clients create ${JSON.stringify(name)}`,
    'not_found',
  );
}

function readName(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > 200) {
    throw new CommandError('--name takes 1 to 200 characters.');
  }
  return name;
}

function readDays(text: string | undefined): number | null {
  if (text === undefined) return null;
  const days = Number(text);
  if (/^\d+$/.test(text) && days >= 1 && days <= MOST_DAYS) return days;
  throw new CommandError(`--expires-days takes a whole number from 1 to ${MOST_DAYS}.`);
}

function readModels(text: string | undefined): string[] | null {
  if (text === undefined) return null;
  const names = text.split(',').map((name) => name.trim());
  if (names.every((name) => name !== '' && name.length <= 256)) return [...new Set(names)];
  throw new CommandError('--models takes names of models, separated by commas.');
}

function stateOf({ revokedAt, expiresAt }: KeyEnds, now: Date): string {
  if (revokedAt) return `revoked ${revokedAt.toISOString()}`;
  if (!expiresAt) return 'active';
  return `${expiresAt <= now ? 'expired' : 'active until'} ${expiresAt.toISOString()}`;
}

interface KeyEnds {
  revokedAt: Date | null;
  expiresAt: Date | null;
}
