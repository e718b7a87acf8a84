import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, In, IsNull, Not, Repository, type SelectQueryBuilder } from 'typeorm';
import { ConfigurationService } from '../config/configuration.service.js';
import { type AuditContext } from '../infrastructure/audit/audit-context.js';
import { AuditTrailService } from '../infrastructure/audit/audit-trail.service.js';
import { ChangesService } from '../infrastructure/changes/changes.service.js';
import {
  addSearch,
  findPage,
  type Page,
  pageOfList,
  type PageRequest,
} from '../infrastructure/database/page.js';
import { rowLock } from '../infrastructure/database/row-lock.js';
import { AppError } from '../infrastructure/errors/app-error.js';
import { holdersOf } from './role-holders.js';
import { superadminsOfFile } from './role-sources.js';
import { GRANTABLE_ROLES, rolesOf } from './roles.js';
import { User } from './user.entity.js';

export const USER_SORT_COLUMNS = ['name', 'email', 'createdAt', 'lastLoginAt', 'isActive'] as const;

export type GrantableRole = (typeof GRANTABLE_ROLES)[number];

/** A user without the claims, which may be long. */
export type ListedUser = Omit<User, 'claims' | 'issuer' | 'subject'>;

/** Which people are wanted; what is left out does not matter. */
export interface UserFilter {
  isActive?: boolean;
  /** Whoever has it, whatever gives it. */
  role?: GrantableRole;
  /** Any number of them. */
  ids?: readonly string[];
}

const LISTED = ['id', 'email', 'name', 'isActive', 'createdAt', 'lastLoginAt', 'grantedRoles'];
const SEARCHED = ['name', 'email'];

/** What administrators do with people. Each change is in the audit log and in force at once. */
@Injectable()
export class UserAdministrationService {
  constructor(
    @InjectRepository(User) private readonly users: Repository<User>,
    private readonly configuration: ConfigurationService,
    private readonly audit: AuditTrailService,
    private readonly changes: ChangesService,
  ) {}

  /** One page of everybody whom the filter leaves; `search` looks at names and addresses. */
  list(request: PageRequest & UserFilter): Promise<Page<ListedUser>> {
    const query = this.users
      .createQueryBuilder('person')
      .select(LISTED.map((property) => `person.${property}`))
      .where('1 = 1');
    this.filter(query, request);
    return findPage(query, request, {
      sortable: USER_SORT_COLUMNS,
      searched: SEARCHED,
    });
  }

  /**
   * The same in the order of something that other modules know of people: `rankOf` has it by id, and
   * whoever it does not have comes last. For that, the ids of all whom the filter leaves are read.
   */
  async listByRank(
    request: PageRequest & UserFilter,
    rankOf: ReadonlyMap<string, number>,
  ): Promise<Page<ListedUser>> {
    const query = this.users.createQueryBuilder('person').select('person.id', 'id').where('1 = 1');
    this.filter(query, request);
    addSearch(query, request.search, SEARCHED);
    const rows = await query.getRawMany<{ id: string }>();
    const ids = rows.map(({ id }) => id).sort(inOrderOf(rankOf, request.order));
    const { items, ...page } = pageOfList(ids, request);
    const found = await this.users
      .createQueryBuilder('person')
      .select(LISTED.map((property) => `person.${property}`))
      .where({ id: In(items) })
      .getMany();
    const byId = new Map(found.map((user) => [user.id, user]));
    return { ...page, items: items.flatMap((id) => byId.get(id) ?? []) };
  }

  /** When everybody last logged in, by id; null: never. */
  async lastLogins(): Promise<Map<string, number | null>> {
    const rows = await this.users
      .createQueryBuilder('person')
      .select('person.id', 'id')
      .addSelect('person.lastLoginAt', 'at')
      .getRawMany<{ id: string; at: string | number | null }>();
    return new Map(rows.map(({ id, at }) => [id, at === null ? null : Number(at)]));
  }

  /** @throws AppError not_found */
  async get(id: string): Promise<User> {
    return found(await this.users.findOneBy({ id }));
  }

  /**
   * Lets somebody in again, or keeps them out: their sessions and keys stop working at once. Ending
   * the sessions for good is for the caller, who knows of sessions.
   * @throws AppError not_found; conflict for oneself and for the last superadmin; permission_denied
   */
  setActive(id: string, isActive: boolean, context: AuditContext): Promise<User> {
    return this.change(id, context, (user) => {
      if (user.isActive === isActive) return null;
      if (!isActive && context.actorId === user.id) {
        throw new AppError(
          'conflict',
          'You cannot deactivate your own account. Ask another administrator to do it.',
        );
      }
      return { action: isActive ? 'user.activate' : 'user.deactivate', values: { isActive } };
    });
  }

  /**
   * Replaces the roles that were granted to somebody. Those that config.yaml gives stay whatever is
   * granted here; only the file takes them away.
   * @throws AppError not_found; conflict for the last superadmin; permission_denied
   */
  setRoles(id: string, roles: readonly GrantableRole[], context: AuditContext): Promise<User> {
    const grantedRoles = GRANTABLE_ROLES.filter((role) => roles.includes(role));
    return this.change(id, context, (user) => {
      const before = user.grantedRoles ?? [];
      if (grantedRoles.join() === before.join()) return null;
      return { action: 'user.set_roles', values: { grantedRoles } };
    });
  }

  /**
   * Somebody whose keys and sessions this actor may end: only a superadmin may touch a superadmin.
   * @throws AppError not_found, permission_denied
   */
  async within(id: string, context: AuditContext): Promise<User> {
    const user = await this.get(id);
    await this.checkAuthority(user, context, this.users.manager);
    return user;
  }

  private filter(query: SelectQueryBuilder<User>, { isActive, role, ids }: UserFilter): void {
    if (isActive !== undefined) query.andWhere('person.isActive = :isActive', { isActive });
    if (role !== undefined) {
      const { emails, granted } = holdersOf(role, this.configuration.current);
      const grants = granted.map((each) => `person.grantedRoles LIKE '%"${each}"%'`);
      query.andWhere(`(person.email IN (:...emails) OR ${grants.join(' OR ')})`, {
        emails: ['', ...emails],
      });
    }
    if (ids !== undefined) {
      // One parameter, however many there are.
      const isPostgres = query.dataSource.options.type === 'postgres';
      const values = isPostgres
        ? 'SELECT json_array_elements_text(CAST(:ids AS json))'
        : 'SELECT value FROM json_each(:ids)';
      query.andWhere(`person.id IN (${values})`, { ids: JSON.stringify(ids) });
    }
  }

  /**
   * Deletes somebody's account because they want it, in the transaction of `manager`, and with it all
   * rows that belong to it: sessions, keys, chats, presets, shares, attachments. Call
   * `tellRemoved` once it is committed.
   * @throws AppError not_found; conflict for the last superadmin
   */
  async remove(id: string, manager: EntityManager): Promise<User> {
    const powerful = await this.lockPowerful(manager);
    const user = found(await lockOne(manager, id));
    const after = Object.assign(manager.create(User, { ...user }), { isActive: false });
    this.checkLastSuperadmin(user, after, powerful);
    await manager.delete(User, { id });
    await this.changes.publish('owner', id, manager);
    await this.changes.publish('person_gone', id, manager);
    return user;
  }

  /** Has this process forget somebody who was removed. */
  tellRemoved(id: string): void {
    this.changes.tellHere('owner', id);
    this.changes.tellHere('person_gone', id);
  }

  private async change(id: string, context: AuditContext, decide: Decide): Promise<User> {
    let hasChanged = false;
    const changed = await this.users.manager.transaction(async (manager) => {
      const powerful = await this.lockPowerful(manager);
      const user = found(await lockOne(manager, id));
      const decision = decide(user);
      if (!decision) return user;
      const after = Object.assign(manager.create(User, { ...user }), decision.values);
      await this.checkAuthority(user, context, manager);
      this.checkLastSuperadmin(user, after, powerful);
      await manager.update(User, { id }, decision.values);
      await this.record(context, { user, ...decision }, manager);
      await this.changes.publish('owner', id, manager);
      hasChanged = true;
      return after;
    });
    if (hasChanged) this.changes.tellHere('owner', id);
    return changed;
  }

  /** Whoever may hold power, in one order, so that two of them cannot take it from each other. */
  private lockPowerful(manager: EntityManager): Promise<User[]> {
    return manager.find(User, {
      where: [
        { grantedRoles: Not(IsNull()) },
        { email: In(superadminsOfFile(this.configuration.current)) },
      ],
      order: { id: 'ASC' },
      ...rowLock(manager),
    });
  }

  /** Only a superadmin may touch a superadmin: an admin must not rise by removing those above. */
  private async checkAuthority(
    user: User,
    context: AuditContext,
    manager: EntityManager,
  ): Promise<void> {
    if (context.actorKind === 'cli' || context.actorKind === 'system') return;
    if (!this.isSuperadmin(user)) return;
    const actor = context.actorId && (await manager.findOneBy(User, { id: context.actorId }));
    if (actor && this.isSuperadmin(actor)) return;
    throw new AppError(
      'permission_denied',
      'Only a superadmin may change the account of a superadmin.',
      { details: { roles: ['superadmin'] } },
    );
  }

  private checkLastSuperadmin(user: User, after: User, powerful: readonly User[]): void {
    const isStill = after.isActive && this.isSuperadmin(after);
    if (!this.isSuperadmin(user) || !user.isActive || isStill) return;
    const others = powerful.filter(({ id }) => id !== user.id);
    if (others.some((other) => other.isActive && this.isSuperadmin(other))) return;
    const known = new Set([user.email, ...others.map(({ email }) => email)]);
    if (superadminsOfFile(this.configuration.current).some((email) => !known.has(email))) return;
    throw new AppError(
      'conflict',
      `${user.email} is the last superadmin. Make somebody else a superadmin first.`,
    );
  }

  private isSuperadmin({ email, grantedRoles }: User): boolean {
    return rolesOf(email, grantedRoles ?? [], this.configuration.current).has('superadmin');
  }

  private record(
    context: AuditContext,
    { user, action, values }: Decision & { user: User },
    manager: EntityManager,
  ): Promise<void> {
    const fields = Object.keys(values) as (keyof typeof values)[];
    const before = Object.fromEntries(fields.map((field) => [field, user[field]]));
    const object = { kind: 'user', id: user.id, name: user.email };
    return this.audit.record(context, { action, object, before, after: { ...values } }, manager);
  }
}

interface Decision {
  action: string;
  values: Partial<Pick<User, 'isActive' | 'grantedRoles'>>;
}

/** What to change; null when it is so already. */
type Decide = (user: User) => Decision | null;

/** Equal ranks in the order of ids, so that nobody is on two pages. */
function inOrderOf(rankOf: ReadonlyMap<string, number>, order: 'asc' | 'desc') {
  const direction = order === 'desc' ? -1 : 1;
  return (one: string, other: string): number => {
    const [a, b] = [rankOf.get(one), rankOf.get(other)];
    if (a === undefined || b === undefined) {
      return a === b ? compareIds(one, other) : a === undefined ? 1 : -1;
    }
    return direction * (a - b) || compareIds(one, other);
  };
}

const compareIds = (one: string, other: string) => (one < other ? -1 : 1);

function lockOne(manager: EntityManager, id: string): Promise<User | null> {
  return manager.findOne(User, { where: { id }, ...rowLock(manager) });
}

function found(user: User | null): User {
  if (user) return user;
  throw new AppError('not_found', 'Nobody with this id is known here.');
}
