import { type INestApplicationContext } from '@nestjs/common';
import { type Command } from 'commander';
import { ApiKeysService, type KeyOwner } from '../auth/index.js';
import { ClientsService } from '../clients/index.js';
import { CLI_CONTEXT } from '../infrastructure/audit/audit-context.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { looksLikeEmail, UsersService } from '../users/index.js';
import { type CommandContext, withApplication } from './command-context.js';
import { CommandError } from './command-error.js';
import { printable } from './printable.js';

const DAY_MS = 24 * 3_600_000;
const MOST_DAYS = 36_500;

interface OwnerOptions {
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
  keys
    .command('create')
    .description('make an API key for a person or a client; the key is printed once')
    .option('--user <email>', 'whose key; the person is made if Lumen does not know them')
    .option('--client <name>', 'or the client whose key it is')
    .requiredOption('--name <name>', 'what the key is for')
    .option('--expires-days <days>', 'days until it stops working; otherwise it never does')
    .option('--models <names>', 'the only models it may use, separated by commas')
    .option('--quiet', 'print the key alone')
    .action((options: CreateOptions) => create(context, options));
  keys
    .command('list')
    .description('the keys of a person or a client: id, hint, name, state, last use')
    .option('--user <email>', 'whose keys')
    .option('--client <name>', 'or the client whose keys they are')
    .action((options: OwnerOptions) => list(context, options));
  keys
    .command('revoke')
    .description('end a key at once')
    .argument('<id>', 'its id, as `lumen keys list` prints it')
    .action((id: string) => revoke(context, id));
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
    const nowMs = app.get(ClockService).nowMs();
    const expiresAt = days === null ? null : new Date(nowMs + days * DAY_MS);
    const made = await app.get(ApiKeysService).create(CLI_CONTEXT, owner, { ...wanted, expiresAt });
    const text = `A key for ${owner.name}. It is shown only now:\n\n  ${made.key}\n`;
    process.stdout.write(options.quiet ? `${made.key}\n` : text);
  });
}

async function list(context: CommandContext, options: OwnerOptions): Promise<void> {
  requireOneOwner(options);
  await withApplication(context, async (app) => {
    const owner = await ownerFor(app, options, { isMade: false });
    const now = app.get(ClockService).now();
    for (const apiKey of await app.get(ApiKeysService).listOf(owner)) {
      const lastUse = apiKey.lastUsedAt?.toISOString() ?? 'never used';
      const columns = [apiKey.id, apiKey.hint, apiKey.name, stateOf(apiKey, now), lastUse];
      process.stdout.write(`${columns.map(printable).join('\t')}\n`);
    }
  });
}

async function revoke(context: CommandContext, id: string): Promise<void> {
  await withApplication(context, async (app) => {
    const apiKey = await app.get(ApiKeysService).revokeAny(CLI_CONTEXT, id);
    process.stdout.write(`The key "${printable(apiKey.name)}" (${apiKey.hint}) is revoked.\n`);
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
  if (!person) throw new CommandError(`Lumen does not know ${user}.`);
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
