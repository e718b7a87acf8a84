import { LRUCache } from 'lru-cache';
import { AccessProfile, profileKey } from './access-profile.js';
import { type AccessScopes } from './decide.js';

const SHARED_PROFILES = 5_000;

/** The profiles in use, in one version of the configuration and of the groups. */
export class SharedProfiles {
  private readonly profiles = new LRUCache<string, AccessProfile>({ max: SHARED_PROFILES });

  /** The one profile of all owners with these scopes. */
  of(scopes: AccessScopes): AccessProfile {
    const key = profileKey(scopes);
    const profile = this.profiles.get(key) ?? new AccessProfile(scopes);
    this.profiles.set(key, profile);
    return profile;
  }
}
