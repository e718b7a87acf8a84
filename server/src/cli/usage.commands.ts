import { once } from 'node:events';
import { type Command, Option } from 'commander';
import { UsageRequestsService } from '../admin/usage-requests.service.js';
import { ClientsService } from '../clients/index.js';
import { EXPORT_DETAILS, type ExportRows, type ExportUsageDto, PERIODS } from '../usage/index.js';
import { UsersService } from '../users/index.js';
import { type CommandContext, withApplication } from './command-context.js';
import { CommandError } from './command-error.js';
import { type JsonOption, withJson } from './output.js';

interface ExportOptions extends JsonOption {
  detail: ExportUsageDto['detail'];
  period?: ExportUsageDto['period'];
  from?: string;
  to?: string;
  tz?: string;
  user?: string;
  client?: string;
  group?: string;
  model?: string;
}

export function addUsageCommands(program: Command, context: CommandContext): void {
  const usage = program.command('usage').description('what was used');
  withJson(usage.command('export'))
    .description('usage as CSV on standard output, or with --json as an array of objects')
    .addOption(
      new Option('--detail <detail>', 'sums by day, or one line a request as far as they are kept')
        .choices(EXPORT_DETAILS)
        .default('days'),
    )
    .addOption(
      new Option('--period <period>', 'up to now; 30d if nothing is said').choices(PERIODS),
    )
    .option('--from <time>', 'from the hour of this time, such as 2026-11-01T00:00:00Z')
    .option('--to <time>', 'up to this time; now if left out')
    .option('--tz <zone>', 'IANA time zone that days and periods are of', 'UTC')
    .option('--user <email>', 'of this person alone')
    .option('--client <name>', 'of this client alone')
    .option('--group <name>', 'of the people in this group now')
    .option('--model <name>', 'of this model alone')
    .action((options: ExportOptions) => exportUsage(context, options));
}

async function exportUsage(context: CommandContext, options: ExportOptions): Promise<void> {
  const { user, client, from, to, json, ...asked } = options;
  const times = { from: readTime('from', from), to: readTime('to', to) };
  await withApplication(context, async (app) => {
    const person = user && (await app.get(UsersService).findByEmail(user));
    if (user && !person) throw new CommandError(`Lumen does not know ${user}.`, 'not_found');
    const known = client && (await app.get(ClientsService).findByName(client));
    if (client && !known) {
      throw new CommandError(`There is no client named "${client}".`, 'not_found');
    }
    const owners = { user: person ? person.id : undefined, client: known ? known.id : undefined };
    const wanted = { ...asked, ...times, ...owners };
    const exported = app.get(UsageRequestsService);
    if (json) await writeObjects(await exported.rows(wanted));
    else for await (const line of await exported.csv(wanted)) await write(line);
  });
}

/** One array, written in pieces: any amount fits in memory. */
async function writeObjects(pieces: AsyncGenerator<ExportRows>): Promise<void> {
  let names: readonly string[] | null = null;
  let separator = '[\n';
  for await (const rows of pieces) {
    for (const row of rows) {
      if (names === null) {
        names = row.map(String);
        continue;
      }
      const object = Object.fromEntries(names.map((name, index) => [name, row[index]]));
      await write(`${separator}${JSON.stringify(object)}`);
      separator = ',\n';
    }
  }
  await write(separator === '[\n' ? '[]\n' : '\n]\n');
}

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

function readTime(name: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const time = new Date(text);
  if (!Number.isNaN(time.getTime())) return time;
  throw new CommandError(`--${name} is a time such as 2026-11-01T00:00:00Z, not "${text}".`);
}
