import { type INestApplicationContext } from '@nestjs/common';
import { type Command } from 'commander';
import { ClientsService } from '../clients/index.js';
import {
  ConsoleGroupsService,
  GroupCensusService,
  type GroupDefinition,
  GroupMembersService,
  GroupsService,
  type MemberToBe,
} from '../groups/index.js';
import { CLI_CONTEXT } from '../infrastructure/audit/audit-context.js';
import { looksLikeEmail, UsersService } from '../users/index.js';
import { type CommandContext, withApplication } from './command-context.js';
import { CommandError } from './command-error.js';
import { type JsonOption, ListWriter, withJson, writeResult } from './output.js';
import { printable } from './printable.js';

const PAGE_SIZE = 200;
/** As the console takes it. */
const GROUP_NAME = /^(?!\s)[^\p{Cc}]{1,128}(?<!\s)$/u;

export function addGroupCommands(program: Command, context: CommandContext): void {
  const groups = program.command('groups').description('groups of people and clients');
  withJson(groups.command('list'))
    .description('all groups, one a line: name, state, where it is managed, description')
    .action((options: JsonOption) => list(context, options));
  withJson(groups.command('members'))
    .description('the people in a group, one a line: address, name, why')
    .argument('<group>', 'which group')
    .action((group: string, options: JsonOption) => members(context, group, options));
  withJson(groups.command('create'))
    .description('make a group; rules, access and budget are given to it in the console')
    .argument('<group>', 'its name')
    .option('--description <text>', 'what it is for', '')
    .action((group: string, options: CreateOptions) => create(context, group, options));
  withJson(groups.command('delete'))
    .description('remove a group that was made here or in the console')
    .argument('<group>', 'which group')
    .action((group: string, options: JsonOption) => remove(context, group, options));
  addMembership(groups, context, 'add');
  addMembership(groups, context, 'remove');
}

interface CreateOptions extends JsonOption {
  description: string;
}

const MEMBERSHIPS = {
  add: 'put a person or a client into a group by hand',
  remove: 'end a membership that was made by hand',
};

function addMembership(groups: Command, context: CommandContext, verb: 'add' | 'remove'): void {
  withJson(groups.command(verb))
    .description(MEMBERSHIPS[verb])
    .argument('<group>', 'which group')
    .argument('<member>', 'the address of a person or the name of a client')
    .action((group: string, name: string, options: JsonOption) =>
      withApplication(context, async (app) => {
        const member = await memberNamed(app, name);
        await app.get(GroupMembersService)[verb](group, member, CLI_CONTEXT);
        const { kind, id } = member;
        const isMember = verb === 'add';
        const said = isMember ? 'is in' : 'is no longer in';
        const text = `${member.name} ${said} the group "${printable(group)}" by hand.`;
        writeResult(options, { group, kind, id, name: member.name, isMember }, text);
      }),
    );
}

async function list(context: CommandContext, { json }: JsonOption): Promise<void> {
  await withApplication(context, async (app) => {
    const groups = app.get(GroupsService);
    await groups.loaded();
    const writer = new ListWriter(json ?? false, lineOf);
    for (const group of groups.definitions()) writer.write(group);
    writer.end();
  });
}

function lineOf({ name, isActive, source, description }: GroupDefinition): string {
  const state = isActive ? 'active' : 'disabled';
  const place = source === 'file' ? 'config.yaml' : 'console';
  return [name, state, place, description].map(printable).join('\t');
}

async function members(
  context: CommandContext,
  group: string,
  { json }: JsonOption,
): Promise<void> {
  await withApplication(context, async (app) => {
    const census = app.get(GroupCensusService);
    const writer = new ListWriter<{ email: string; name: string; because: string }>(
      json ?? false,
      ({ email, name, because }) => [email, name, because].map(printable).join('\t'),
    );
    for (let page = 1; ; page += 1) {
      const request = { page, pageSize: PAGE_SIZE, sort: 'email', order: 'asc' } as const;
      const { items } = await census.membersOf(group, request);
      for (const member of items) writer.write(member);
      if (items.length < PAGE_SIZE) break;
    }
    writer.end();
  });
}

async function create(
  context: CommandContext,
  name: string,
  { description, json }: CreateOptions,
): Promise<void> {
  if (!GROUP_NAME.test(name)) {
    throw new CommandError(
      'The name of a group has 1 to 128 characters, no spaces around it and no control characters.',
    );
  }
  await withApplication(context, async (app) => {
    const made = await app.get(ConsoleGroupsService).create(name, { description }, CLI_CONTEXT);
    writeResult({ json }, made, `The group "${printable(made.name)}" is there.`);
  });
}

async function remove(context: CommandContext, name: string, options: JsonOption): Promise<void> {
  await withApplication(context, async (app) => {
    await app.get(ConsoleGroupsService).remove(name, CLI_CONTEXT);
    writeResult(options, { name, isRemoved: true }, `The group "${printable(name)}" is gone.`);
  });
}

async function memberNamed(app: INestApplicationContext, name: string): Promise<MemberToBe> {
  if (looksLikeEmail(name)) {
    const user = await app.get(UsersService).findByEmail(name);
    if (user) return { kind: 'user', id: user.id, name: user.email };
  }
  const clients = app.get(ClientsService);
  await clients.syncConfigured();
  const client = await clients.findByName(name);
  if (client) return { kind: 'client', id: client.id, name: client.name };
  throw new CommandError(
    `There is neither a person nor a client "${name}". "users list" and "clients list" show them.`,
    'not_found',
  );
}
