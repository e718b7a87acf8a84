import { type INestApplicationContext } from '@nestjs/common';
import { type Command } from 'commander';
import { ConfigurationService } from '../config/configuration.service.js';
import { CLI_CONTEXT } from '../infrastructure/audit/audit-context.js';
import {
  explainRoles,
  GRANTABLE_ROLES,
  type GrantableRole,
  rolesOf,
  type User,
  UserAdministrationService,
  UsersService,
} from '../users/index.js';
import { type CommandContext, withApplication } from './command-context.js';
import { CommandError } from './command-error.js';
import { type JsonOption, ListWriter, withJson, writeResult } from './output.js';
import { printable } from './printable.js';

export function addUserCommands(program: Command, context: CommandContext): void {
  const users = program.command('users').description('people');
  users
    .command('list')
    .description('everybody Lumen knows, one a line: address, name, state, roles')
    .option('--json', 'as a JSON array, with everything that is known of an account')
    .action((options: { json?: boolean }) => list(context, options.json ?? false));
  withJson(users.command('role'))
    .argument('<email>', 'whose role')
    .argument('<role>', GRANTABLE_ROLES.join(', '))
    .option('--remove', 'take the role away instead')
    .description('grant somebody a role; those that config.yaml gives only the file takes away')
    .action((email: string, role: string, options: RoleOptions) =>
      changeRole(context, { email, role, isRemoved: options.remove ?? false }, options),
    );
  withJson(users.command('deactivate'))
    .argument('<email>', 'whose account')
    .description('keep somebody out: their sessions end and their keys stop working at once')
    .action((email: string, options: JsonOption) =>
      setActive(context, { email, isActive: false }, options),
    );
  withJson(users.command('activate'))
    .argument('<email>', 'whose account')
    .description('let somebody in again who was deactivated')
    .action((email: string, options: JsonOption) =>
      setActive(context, { email, isActive: true }, options),
    );
}

interface RoleOptions extends JsonOption {
  remove?: boolean;
}

async function list(context: CommandContext, asJson: boolean): Promise<void> {
  await withApplication(context, async (app) => {
    const config = app.get(ConfigurationService).current;
    const writer = new ListWriter(asJson, lineOf);
    for await (const user of app.get(UsersService).all()) {
      const roles = [...rolesOf(user.email, user.grantedRoles ?? [], config)];
      writer.write(shown(user, roles));
    }
    writer.end();
  });
}

function shown(user: User, roles: readonly string[]) {
  const { id, email, name, isActive, createdAt, lastLoginAt } = user;
  return { id, email, name, isActive, roles, createdAt, lastLoginAt };
}

function lineOf({ email, name, isActive, roles }: ReturnType<typeof shown>): string {
  const state = isActive ? 'active' : 'deactivated';
  return [email, name, state, roles.join(',')].map(printable).join('\t');
}

interface RoleChange {
  email: string;
  role: string;
  isRemoved: boolean;
}

async function changeRole(
  context: CommandContext,
  { email, role, isRemoved }: RoleChange,
  options: JsonOption,
): Promise<void> {
  if (!isGrantable(role)) {
    throw new CommandError(`"${role}" is no role. There are ${GRANTABLE_ROLES.join(', ')}.`);
  }
  await withApplication(context, async (app) => {
    const user = await personOf(app, email);
    const granted = new Set(user.grantedRoles ?? []);
    if (isRemoved && !granted.delete(role)) throw new CommandError(notGranted(app, user, role));
    if (!isRemoved) granted.add(role);
    const roles = GRANTABLE_ROLES.filter((grantable) => granted.has(grantable));
    const changed = await app.get(UserAdministrationService).setRoles(user.id, roles, CLI_CONTEXT);
    const all = rolesNow(app, changed);
    const text = `${changed.email} has the roles ${all.join(', ')}.`;
    writeResult(options, { email: changed.email, roles: all }, text);
  });
}

function isGrantable(role: string): role is GrantableRole {
  return (GRANTABLE_ROLES as readonly string[]).includes(role);
}

function notGranted(app: INestApplicationContext, user: User, role: GrantableRole): string {
  const roles = explainRoles(user.email, [], app.get(ConfigurationService).current);
  const sources = roles.find((found) => found.role === role)?.sources;
  if (!sources) return `${user.email} does not have the role ${role}.`;
  return sources.includes('configuration')
    ? `config.yaml gives ${user.email} the role ${role}. Take the address out of its list there.`
    : `${user.email} has the role ${role} because of another role. Remove that one.`;
}

function rolesNow(app: INestApplicationContext, user: User): string[] {
  const { current } = app.get(ConfigurationService);
  return [...rolesOf(user.email, user.grantedRoles ?? [], current)];
}

async function setActive(
  context: CommandContext,
  { email, isActive }: { email: string; isActive: boolean },
  options: JsonOption,
): Promise<void> {
  await withApplication(context, async (app) => {
    const { id } = await personOf(app, email);
    await app.get(UserAdministrationService).setActive(id, isActive, CLI_CONTEXT);
    const text = `${email} is ${isActive ? 'active' : 'deactivated'}.`;
    writeResult(options, { id, email, isActive }, text);
  });
}

async function personOf(app: INestApplicationContext, email: string): Promise<User> {
  const user = await app.get(UsersService).findByEmail(email);
  if (user) return user;
  throw new CommandError(
    `Lumen does not know ${email}. People are known from their first login on; "users list" shows them.`,
    'not_found',
  );
}
