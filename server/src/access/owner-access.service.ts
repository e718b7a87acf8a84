import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { type Subscription } from 'rxjs';
import { ConfigurationService } from '../config/configuration.service.js';
import { GroupsService, type Membership } from '../groups/index.js';
import { OwnerMemory } from '../infrastructure/cache/owner-memory.js';
import { ChangesService } from '../infrastructure/changes/changes.service.js';
import { AccessProfile } from './access-profile.js';
import { type Owner, type OwnerAccess } from './owner-access.js';
import { OwnerLoader } from './owner-loader.js';
import { SharedProfiles } from './shared-profiles.js';

/**
 * What has a say about the models of each owner, from memory once it was read: a request of a known
 * owner reads no database. Forgotten as soon as something changes that it rests on.
 */
@Injectable()
export class OwnerAccessService implements OnModuleDestroy {
  private memory = new OwnerMemory<OwnerAccess>();
  private profiles = new SharedProfiles();
  private readonly subscriptions: Subscription[];

  constructor(
    private readonly loader: OwnerLoader,
    configuration: ConfigurationService,
    groups: GroupsService,
    changes: ChangesService,
  ) {
    this.subscriptions = [
      configuration.changes$.subscribe(() => this.forgetAll()),
      groups.changes$.subscribe(({ ownerId }) => this.forget(ownerId ?? '')),
      changes.heard$.subscribe(({ kind, subject }) => {
        if (kind === 'owner' || kind === 'clients') this.forget(subject);
      }),
    ];
  }

  /**
   * At once for an owner who is remembered.
   * @throws AppError not_found for an owner who does not exist
   */
  of(owner: Owner): OwnerAccess | Promise<OwnerAccess> {
    const { memory, profiles } = this;
    return memory.get(owner) ?? memory.load(owner, () => this.read(owner, profiles));
  }

  /** What would decide for a person with this address, in these groups; nothing is remembered. */
  ofPerson(email: string, memberships: readonly Membership[]): AccessProfile {
    return new AccessProfile(this.loader.scopesOfPerson(email, memberships));
  }

  onModuleDestroy(): void {
    for (const subscription of this.subscriptions) subscription.unsubscribe();
  }

  private async read(owner: Owner, profiles: SharedProfiles): Promise<OwnerAccess> {
    const { scopes, ...facts } = await this.loader.load(owner);
    const { ownerKind } = owner;
    return Object.freeze({ ...facts, ownerKind, profile: profiles.of(scopes) });
  }

  private forget(ownerId: string): void {
    if (ownerId === '') this.forgetAll();
    else this.memory.forget(ownerId);
  }

  /** What is being read goes on in the old memory, so that nothing of before reaches the new one. */
  private forgetAll(): void {
    this.memory = new OwnerMemory();
    this.profiles = new SharedProfiles();
  }
}
