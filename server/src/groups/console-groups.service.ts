import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, Repository } from 'typeorm';
import { ConfigurationService } from '../config/configuration.service.js';
import { checkGroup, formatProblems, type GroupConfiguration } from '../config/index.js';
import { type AuditContext } from '../infrastructure/audit/audit-context.js';
import { type AuditEvent, AuditTrailService } from '../infrastructure/audit/audit-trail.service.js';
import { ChangesService } from '../infrastructure/changes/changes.service.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { newId } from '../infrastructure/crypto/identifiers.js';
import { isUniqueViolation } from '../infrastructure/database/database-errors.js';
import { rowLock } from '../infrastructure/database/row-lock.js';
import { AppError } from '../infrastructure/errors/app-error.js';
import { consoleDefinition, type GroupDefinition } from './group-definitions.js';
import { GroupMember } from './group-member.entity.js';
import { versionOf } from './group-version.js';
import { Group } from './group.entity.js';
import { GroupsService } from './groups.service.js';
import { EVERYONE } from './memberships.js';

/** What an administrator says about a group; what is not said stays, or takes its default. */
export interface GroupInput {
  description?: string;
  isActive?: boolean;
  rules?: unknown;
  modelAccess?: unknown;
  coins?: unknown;
  tokens?: unknown;
}

/** Makes, changes and removes the groups of the console. Those of config.yaml are read-only here. */
@Injectable()
export class ConsoleGroupsService {
  constructor(
    @InjectRepository(Group) private readonly groups: Repository<Group>,
    private readonly definitions: GroupsService,
    private readonly configuration: ConfigurationService,
    private readonly audit: AuditTrailService,
    private readonly changes: ChangesService,
    private readonly clock: ClockService,
  ) {}

  /** @throws AppError conflict when the name is taken; invalid_request naming the fields */
  async create(name: string, input: GroupInput, context: AuditContext): Promise<GroupDefinition> {
    this.refuseGroupOfFile(name);
    const now = this.clock.now();
    const values = valuesOf(name, input, { description: '', isActive: true });
    const group = this.groups.create({
      id: newId(),
      name,
      createdAt: now,
      updatedAt: now,
      ...values,
    });
    await this.write(context, async (manager) => {
      await manager.insert(Group, group);
      return { action: 'group.create', object: objectOf(group), after: shown(group) };
    }).catch((error: unknown) => {
      if (!isUniqueViolation(error)) throw error;
      throw new AppError('conflict', `There is a group named "${name}" already.`, { cause: error });
    });
    return consoleDefinition(group);
  }

  /**
   * Changes what is said of a group; `basedOn` is the version that was read before, if it matters.
   * @throws AppError not_found; conflict for a group of the file, and for one that somebody changed
   * since, with the group as it is in `details.current`; invalid_request
   */
  async update(
    name: string,
    { basedOn, ...input }: GroupInput & { basedOn?: string },
    context: AuditContext,
  ): Promise<GroupDefinition> {
    this.refuseGroupOfFile(name);
    const changed = await this.write(context, async (manager) => {
      const group = await lockGroup(name, manager);
      refuseStale(consoleDefinition(group), basedOn);
      const before = shown(group);
      const values = valuesOf(name, input, { ...group, ...group.budget });
      await manager.update(Group, { id: group.id }, { ...values, updatedAt: this.clock.now() });
      Object.assign(group, values);
      return {
        action: 'group.update',
        object: objectOf(group),
        before,
        after: shown(group),
        group,
      };
    });
    return consoleDefinition(changed.group);
  }

  /**
   * Removes a group with the memberships made by hand, so that a later group of the same name
   * starts without people who were never put into it.
   * @throws AppError not_found; conflict for a group of the file
   */
  async remove(name: string, context: AuditContext): Promise<void> {
    this.refuseGroupOfFile(name);
    await this.write(context, async (manager) => {
      const group = await lockGroup(name, manager);
      await manager.delete(GroupMember, { groupName: name });
      await manager.delete(Group, { id: group.id });
      return { action: 'group.delete', object: objectOf(group), before: shown(group) };
    });
  }

  /** Runs `work`, which answers what the audit log says of it, and has the change in force at once. */
  private async write<Event extends AuditEvent>(
    context: AuditContext,
    work: (manager: EntityManager) => Promise<Event>,
  ): Promise<Event> {
    const event = await this.groups.manager.transaction(async (manager) => {
      const done = await work(manager);
      await this.audit.record(context, done, manager);
      await this.changes.publish('groups', '', manager);
      return done;
    });
    this.changes.tellHere('groups');
    await this.definitions.loaded();
    return event;
  }

  private refuseGroupOfFile(name: string): void {
    if (!Object.hasOwn(this.configuration.current.groups, name)) return;
    throw new AppError(
      'conflict',
      `The group "${name}" is managed by config.yaml. Change it there; it is in force within seconds.`,
    );
  }
}

function refuseStale(group: GroupDefinition, basedOn: string | undefined): void {
  const version = versionOf(group);
  if (basedOn === undefined || basedOn === version) return;
  throw new AppError(
    'conflict',
    `Somebody changed the group "${group.name}" meanwhile. Look at both versions, then save again.`,
    { details: { current: { ...group, version } } },
  );
}

type GroupValues = Pick<Group, 'description' | 'isActive' | 'rules' | 'modelAccess' | 'budget'>;

/** What is said, checked as the file would be, on top of what holds already. */
function valuesOf(name: string, input: GroupInput, present: GroupInput): GroupValues {
  const said = Object.fromEntries(
    Object.entries(input).filter(([, value]) => value !== undefined),
  ) as GroupInput;
  const { isActive, ...given } = { ...present, ...said };
  const group = checkedGroup(given);
  if (name === EVERYONE && group.rules.length > 0) {
    throw invalid({ rules: [`Everyone is in the group ${EVERYONE}, so it takes no rules.`] });
  }
  const { description, rules, modelAccess, coins, tokens } = group;
  return {
    description,
    isActive: isActive ?? true,
    rules: [...rules],
    modelAccess,
    budget: { coins, tokens: { ...tokens } },
  };
}

/**
 * A group that somebody sent, in the form of the file.
 * @throws AppError invalid_request naming every field that is wrong
 */
export function checkedGroup(value: unknown): GroupConfiguration {
  const check = checkGroup(value);
  if (check.ok) return check.group;
  const fields: Record<string, string[]> = {};
  for (const problem of check.problems) {
    (fields[problem.path] ??= []).push(formatProblems([problem]).trim());
  }
  throw invalid(fields);
}

function invalid(fields: Record<string, string[]>): AppError {
  return new AppError('invalid_request', Object.values(fields).flat().join(' '), {
    details: { fields },
  });
}

/** What the audit log shows of a group. */
function shown({ description, isActive, rules, modelAccess, budget }: Group) {
  return { description, isActive, rules, modelAccess, budget };
}

/** By its name, which never changes and is all that groups of the file have. */
const objectOf = ({ name }: Group) => ({ kind: 'group', id: name, name });

/** So that two administrators who change a group at the same time do not undo each other. */
async function lockGroup(name: string, manager: EntityManager): Promise<Group> {
  const group = await manager.findOne(Group, { where: { name }, ...rowLock(manager) });
  if (group) return group;
  throw new AppError('not_found', `There is no group named "${name}" in the console.`);
}
