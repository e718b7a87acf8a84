import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { type Subscription } from 'rxjs';
import { ConfigurationService } from '../../config/configuration.service.js';
import { GroupsService, type Membership } from '../../groups/index.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { type OwnerKind } from '../../infrastructure/http/principal.js';
import { type BudgetOwner, type OwnerPolicies } from './owner-policies.js';
import { OwnerScopesService, type PersonInGroups } from './owner-scopes.service.js';
import { policyVersion } from './policy-version.js';
import { ResolvedPolicies } from './pool-policy.js';

const READ_AT_A_TIME = 500;

/** Which budget policies are in force, and for whom. */
@Injectable()
export class PolicyService implements OnModuleDestroy {
  private known: string | null = null;
  private readonly subscriptions: Subscription[];

  constructor(
    private readonly scopes: OwnerScopesService,
    private readonly groups: GroupsService,
    private readonly configuration: ConfigurationService,
  ) {
    this.subscriptions = [
      configuration.changes$.subscribe(() => this.forget()),
      // Who is in which group is no part of the version; people log in and are regrouped all the time.
      groups.changes$.subscribe(({ ownerId }) => ownerId === null && this.forget()),
    ];
  }

  /**
   * Stands for everything that budgets are configured by: the file and the groups of the console. A
   * pool whose `policyVersion` is another one has not been looked at since. Await `loaded` before.
   */
  get version(): string {
    this.known ??= policyVersion(this.configuration.current, this.groups.definitions());
    return this.known;
  }

  /** Resolves when the groups of the console are read. */
  loaded(): Promise<void> {
    return this.groups.loaded();
  }

  /** @throws AppError not_found */
  async resolve(owner: BudgetOwner): Promise<OwnerPolicies> {
    const found = (await this.resolveMany([owner])).get(owner.ownerId);
    if (found) return found;
    throw new AppError('not_found', `There is no ${owner.ownerKind} with this id.`);
  }

  /** Of any number of owners, by id, read some hundreds at a time; those who are gone are left out. */
  async resolveMany(owners: readonly BudgetOwner[]): Promise<Map<string, OwnerPolicies>> {
    await this.loaded();
    const resolved = new Map<string, OwnerPolicies>();
    for (const ownerKind of ['user', 'client'] as const) {
      const ids = owners.filter((owner) => owner.ownerKind === ownerKind).map(idOf);
      for (let start = 0; start < ids.length; start += READ_AT_A_TIME) {
        const batch = ids.slice(start, start + READ_AT_A_TIME);
        for (const found of await this.read(ownerKind, batch)) resolved.set(found.ownerId, found);
      }
    }
    return resolved;
  }

  /** Of a few hundred people whose groups are known, by id. */
  async ofPeople(people: readonly PersonInGroups[]): Promise<Map<string, ResolvedPolicies>> {
    const scoped = await this.scopes.ofMembers(people);
    return new Map(scoped.map(({ ownerId, scopes }) => [ownerId, new ResolvedPolicies(scopes)]));
  }

  /** What a person with this address (in lower case; it may be nobody's) could spend in these groups. */
  async ofPerson(email: string, memberships: readonly Membership[]): Promise<ResolvedPolicies> {
    return new ResolvedPolicies(await this.scopes.ofAddress(email, memberships));
  }

  private forget(): void {
    this.known = null;
  }

  private async read(ownerKind: OwnerKind, ids: readonly string[]): Promise<OwnerPolicies[]> {
    // Taken before the read: what changes meanwhile makes the answer one that is looked at again.
    const { version } = this;
    const found =
      ownerKind === 'user' ? await this.scopes.ofPeople(ids) : await this.scopes.ofClients(ids);
    return found.map(({ ownerId, ownerName, scopes }) => {
      const policies = new ResolvedPolicies(scopes);
      return Object.freeze({ ownerKind, ownerId, ownerName, policies, version });
    });
  }

  onModuleDestroy(): void {
    for (const subscription of this.subscriptions) subscription.unsubscribe();
  }
}

const idOf = ({ ownerId }: BudgetOwner) => ownerId;
