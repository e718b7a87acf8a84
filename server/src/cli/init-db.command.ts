import { type INestApplicationContext } from '@nestjs/common';
import { type Command } from 'commander';
import { ClientsService } from '../clients/index.js';
import { ConfigurationService } from '../config/configuration.service.js';
import { type Configuration } from '../config/index.js';
import { GroupsService } from '../groups/index.js';
import { type CommandContext, withApplication } from './command-context.js';
import { type JsonOption, withJson, writeResult } from './output.js';

export function addInitDbCommand(program: Command, context: CommandContext): void {
  withJson(program.command('init-db'))
    .description('bring config.yaml into the database and say what is in force; safe to repeat')
    .action((options: JsonOption) =>
      withApplication(context, async (app) => {
        const made = await app.get(ClientsService).syncConfigured();
        const report = await reportOf(app, made);
        const lines = REPORTED.map(([key, what]) => line(what, report[key]));
        writeResult(options, report, lines);
      }),
    );
}

interface Report {
  models: string[];
  groups: string[];
  consoleGroups: string[];
  clients: string[];
  clientsMade: readonly string[];
}

const REPORTED: readonly [keyof Report, string][] = [
  ['models', 'models'],
  ['groups', 'groups'],
  ['consoleGroups', 'groups of the console'],
  ['clients', 'clients'],
  ['clientsMade', 'clients made now'],
];

async function reportOf(
  app: INestApplicationContext,
  clientsMade: readonly string[],
): Promise<Report> {
  const config = app.get(ConfigurationService).current;
  const groups = app.get(GroupsService);
  await groups.loaded();
  const fromConsole = groups.definitions().filter(({ source }) => source === 'console');
  return {
    models: config.models.map(describeModel),
    groups: Object.entries(config.groups).map(describeGroup),
    consoleGroups: fromConsole.map(({ name }) => name),
    clients: namedClients(config),
    clientsMade,
  };
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
