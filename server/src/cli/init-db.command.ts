import { type INestApplicationContext } from '@nestjs/common';
import { type Command } from 'commander';
import { ClientsService } from '../clients/index.js';
import { ConfigurationService } from '../config/configuration.service.js';
import { type Configuration } from '../config/index.js';
import { GroupsService } from '../groups/index.js';
import { type CommandContext, withApplication } from './command-context.js';

export function addInitDbCommand(program: Command, context: CommandContext): void {
  program
    .command('init-db')
    .description('bring config.yaml into the database and say what is in force; safe to repeat')
    .action(() =>
      withApplication(context, async (app) => {
        const made = await app.get(ClientsService).syncConfigured();
        for (const line of await report(app, made)) process.stdout.write(`${line}\n`);
      }),
    );
}

async function report(app: INestApplicationContext, made: readonly string[]): Promise<string[]> {
  const config = app.get(ConfigurationService).current;
  const groups = app.get(GroupsService);
  await groups.loaded();
  const fromConsole = groups.definitions().filter(({ source }) => source === 'console');
  return [
    line('models', config.models.map(describeModel)),
    line('groups', Object.entries(config.groups).map(describeGroup)),
    line(
      'groups of the console',
      fromConsole.map(({ name }) => name),
    ),
    line('clients', namedClients(config)),
    line('clients made now', made),
  ];
}

const describeModel = ({ name, disabled }: Configuration['models'][number]) =>
  disabled ? `${name} (disabled)` : name;

const describeGroup = ([name, { disabled }]: [string, Configuration['groups'][string]]) =>
  disabled ? `${name} (disabled)` : name;

const namedClients = ({ clients }: Configuration) =>
  Object.keys(clients).filter((name) => name !== 'default');

function line(what: string, names: readonly string[]): string {
  return `${what} (${names.length}): ${names.length === 0 ? 'none' : names.join(', ')}`;
}
