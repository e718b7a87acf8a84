import { Injectable } from '@nestjs/common';
import { ClientsService } from '../../clients/index.js';
import { type ClientConfiguration } from '../../config/index.js';
import { ConfigurationService } from '../../config/configuration.service.js';
import { GroupsService, type Membership } from '../../groups/index.js';
import { UsersService } from '../../users/index.js';
import { type OwnBudget } from './personal-budget.entity.js';
import { PersonalBudgetsService } from './personal-budgets.service.js';
import { type PolicyScope, type PolicyScopes } from './pool-policy.js';

/** An owner who exists, and all that has a say about what they may spend. */
export interface ScopedOwner {
  readonly ownerId: string;
  readonly ownerName: string;
  readonly scopes: PolicyScopes;
}

/** Somebody, and the groups that they are in. */
export interface PersonInGroups {
  readonly id: string;
  readonly email: string;
  readonly memberships: readonly Membership[];
}

/** The entry of `clients:` with this name is for all of them; see `PolicyScopes.shared`. */
const SHARED_ENTRY = 'default';

/** Reads what has a say about the budgets of owners. */
@Injectable()
export class OwnerScopesService {
  constructor(
    private readonly users: UsersService,
    private readonly clients: ClientsService,
    private readonly groups: GroupsService,
    private readonly personal: PersonalBudgetsService,
    private readonly configuration: ConfigurationService,
  ) {}

  /** Of the few hundred people with these ids; those who are gone are left out. */
  async ofPeople(ids: readonly string[]): Promise<ScopedOwner[]> {
    const users = await this.users.findMany(ids);
    const membershipsOf = await this.groups.ofUsers(users);
    return this.ofMembers(
      users.map(({ id, email }) => ({ id, email, memberships: membershipsOf.get(id) ?? [] })),
    );
  }

  /** Of a few hundred people whose groups are known. */
  async ofMembers(people: readonly PersonInGroups[]): Promise<ScopedOwner[]> {
    const keptOf = await this.personal.kept(people.map(({ id }) => id));
    return people.map(({ id, email, memberships }) => ({
      ownerId: id,
      ownerName: email,
      scopes: this.ofPerson(email, memberships, keptOf.get(id)),
    }));
  }

  /** Of the few hundred clients with these ids; those that are gone are left out. */
  async ofClients(ids: readonly string[]): Promise<ScopedOwner[]> {
    const found = await this.clients.findMany(ids);
    const clients = found.map(({ id, name }) => {
      const entry = this.clients.configurationOf({ name });
      return { id, name, entry, groups: entry?.groups ?? [] };
    });
    const membershipsOf = await this.groups.ofClients(clients);
    return clients.map(({ id, name, entry }) => ({
      ownerId: id,
      ownerName: name,
      scopes: this.ofApplication(name, entry, membershipsOf.get(id) ?? []),
    }));
  }

  /** Of whoever has this address (in lower case; it may be nobody's), were they in these groups. */
  async ofAddress(email: string, memberships: readonly Membership[]): Promise<PolicyScopes> {
    const user = email === '' ? null : await this.users.findByEmail(email);
    const kept = user ? (await this.personal.kept([user.id])).get(user.id) : undefined;
    return this.ofPerson(email, memberships, kept);
  }

  private ofPerson(
    email: string,
    memberships: readonly Membership[],
    kept: OwnBudget | undefined,
  ): PolicyScopes {
    const budget = this.personal.placed(email, kept);
    const own = budget.managedBy === null ? null : scopeOf(`user ${email}`, budget);
    return this.scopes({ own, shared: null, memberships });
  }

  private ofApplication(
    name: string,
    entry: ClientConfiguration | undefined,
    memberships: readonly Membership[],
  ): PolicyScopes {
    const isShared = entry === this.configuration.current.clients[SHARED_ENTRY];
    const own = entry && !isShared ? scopeOf(`client ${name}`, entry) : null;
    const shared = entry && isShared ? scopeOf('clients.default', entry) : null;
    return this.scopes({ own, shared, memberships });
  }

  private scopes({
    own,
    shared,
    memberships,
  }: Pick<PolicyScopes, 'own' | 'shared'> & {
    memberships: readonly Membership[];
  }): PolicyScopes {
    const groups = memberships.map(({ group }) => scopeOf(`group ${group.name}`, group));
    return { own, groups, shared, fallback: this.configuration.current.defaults.tokens };
  }
}

function scopeOf(source: string, { coins, tokens }: OwnBudget): PolicyScope {
  return { source, coins, tokens };
}
