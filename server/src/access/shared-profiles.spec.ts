import { describe, expect, it } from '@jest/globals';
import { type AccessScopes } from './decide.js';
import { SharedProfiles } from './shared-profiles.js';

const scopes = (...groups: string[]): AccessScopes => ({
  own: null,
  groups: groups.map((name) => ({
    name,
    modelAccess: { default: null, allowed: [], needsAck: [], blocked: [] },
  })),
  globalDefault: 'blocked',
});

describe('SharedProfiles', () => {
  it('shares one profile among all in the same groups without settings of their own', () => {
    const profiles = new SharedProfiles();
    const own = { name: 'user ada', modelAccess: scopes('x').groups[0]!.modelAccess };
    const profile = profiles.of(scopes('a', 'b'));
    expect(profiles.of(scopes('a', 'b'))).toBe(profile);
    for (const other of [
      scopes('a'),
      scopes('a b'),
      scopes('a","b'),
      { ...scopes('a', 'b'), own },
    ]) {
      expect(profiles.of(other)).not.toBe(profile);
    }
  });
});
