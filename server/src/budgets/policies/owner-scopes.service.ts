import { Injectable } from '@nestjs/common';
import { ClientsService } from '../../clients/index.js';
import { type ClientConfiguration, type UserConfiguration } from '../../config/index.js';
import { ConfigurationService } from '../../config/configuration.service.js';
import { GroupsService, type Membership } from '../../groups/index.js';
import { UsersService } from '../../users/index.js';
import { type PolicyScope, type PolicyScopes } from './pool-policy.js';

/** An owner who exists, and all that has a say about what they may spend. */
export interface ScopedOwner {
  readonly ownerId: string;
  readonly ownerName: string;
  readonly scopes: PolicyScopes;
}

/** Entries of `users:` and `clients:` with this name are for everyone; see `PolicyScopes.shared`. */
const SHARED_ENTRY = 'default';

/** Reads what has a say about the budgets of owners. */
@Injectable()
export class OwnerScopesService {
  constructor(
    private readonly users: UsersService,
    private readonly clients: ClientsService,
    private readonly groups: GroupsService,
    private readonly configuration: ConfigurationService,
  ) {}

  /** Of the few hundred people with these ids; those who are gone are left out. */
  async ofPeople(ids: readonly string[]): Promise<ScopedOwner[]> {
    const users = await this.users.findMany(ids);
    const membershipsOf = await this.groups.ofUsers(users);
    return users.map(({ id, email }) => ({
      ownerId: id,
      ownerName: email,
      scopes: this.ofPerson(email, membershipsOf.get(id) ?? []),
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

  /** Of a person with this address (in lower case; it may be nobody's) in these groups. */
  ofPerson(email: string, memberships: readonly Membership[]): PolicyScopes {
    const { users } = this.configuration.current;
    const isNamed = email !== SHARED_ENTRY && Object.hasOwn(users, email);
    const entry = isNamed ? users[email] : undefined;
    const own = entry ? scopeOf(`user ${email}`, entry) : null;
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

type Entry = Pick<UserConfiguration, 'coins' | 'tokens'>;

function scopeOf(source: string, { coins, tokens }: Entry): PolicyScope {
  return { source, coins, tokens };
}
