import { LRUCache } from 'lru-cache';
import { AccessProfile, profileKey } from './access-profile.js';
import { type AccessScopes } from './decide.js';
import { type Owner, type OwnerAccess } from './owner-access.js';

const REMEMBERED_OWNERS = 20_000;
const SHARED_PROFILES = 5_000;
const KINDS = ['user', 'client'] as const;
/** Word of a change comes within 2 s; this is for what was missed while the database was away. */
const REMEMBERED_FOR_MS = 5 * 60_000;

/** What is remembered of owners, in one version of the configuration and of the groups. */
export class OwnerMemory {
  private readonly owners = new LRUCache<string, OwnerAccess>({
    max: REMEMBERED_OWNERS,
    ttl: REMEMBERED_FOR_MS,
  });
  private readonly profiles = new LRUCache<string, AccessProfile>({ max: SHARED_PROFILES });
  private readonly underWay = new Map<string, Promise<OwnerAccess>>();

  get({ ownerKind, ownerId }: Owner): OwnerAccess | undefined {
    const known = this.owners.get(ownerId);
    return known?.ownerKind === ownerKind ? known : undefined;
  }

  /** What `read` answers, kept unless the owner is forgotten meanwhile. Many who ask read once. */
  load(owner: Owner, read: () => Promise<OwnerAccess>): Promise<OwnerAccess> {
    const place = placeOf(owner);
    const known = this.underWay.get(place);
    if (known) return known;
    const answer = read();
    this.underWay.set(place, answer);
    return this.keep(owner, answer);
  }

  forget(ownerId: string): void {
    this.owners.delete(ownerId);
    for (const ownerKind of KINDS) this.underWay.delete(placeOf({ ownerKind, ownerId }));
  }

  /** The one profile of all owners with these scopes. */
  profileOf(scopes: AccessScopes): AccessProfile {
    const key = profileKey(scopes);
    const profile = this.profiles.get(key) ?? new AccessProfile(scopes);
    this.profiles.set(key, profile);
    return profile;
  }

  /** What was forgotten while it was read may be of before the change: it is answered, not kept. */
  private async keep(owner: Owner, answer: Promise<OwnerAccess>): Promise<OwnerAccess> {
    const place = placeOf(owner);
    const isWanted = () => this.underWay.get(place) === answer;
    try {
      const access = await answer;
      if (isWanted()) this.owners.set(owner.ownerId, access);
      return access;
    } finally {
      if (isWanted()) this.underWay.delete(place);
    }
  }
}

const placeOf = ({ ownerKind, ownerId }: Owner) => `${ownerKind} ${ownerId}`;
