import { describe, expect, it } from '@jest/globals';
import { AccessProfile } from './access-profile.js';
import { type AccessScopes } from './decide.js';
import { type Owner, type OwnerAccess } from './owner-access.js';
import { OwnerMemory } from './owner-memory.js';

const ADA: Owner = { ownerKind: 'user', ownerId: 'ada' };
const scopes = (...groups: string[]): AccessScopes => ({
  own: null,
  groups: groups.map((name) => ({
    name,
    modelAccess: { default: null, allowed: [], needsAck: [], blocked: [] },
  })),
  globalDefault: 'blocked',
});

function access(ownerName: string): OwnerAccess {
  const profile = new AccessProfile(scopes());
  return { ownerKind: 'user', ownerName, memberships: [], profile, acknowledged: new Map() };
}

describe('OwnerMemory', () => {
  it('keeps what was read', async () => {
    const memory = new OwnerMemory();
    expect(memory.get(ADA)).toBeUndefined();
    const read = await memory.load(ADA, () => Promise.resolve(access('ada')));
    expect(memory.get(ADA)).toBe(read);
    expect(memory.get({ ...ADA, ownerKind: 'client' })).toBeUndefined();
  });

  it('reads once for all who ask meanwhile', async () => {
    const memory = new OwnerMemory();
    const { promise, resolve } = Promise.withResolvers<OwnerAccess>();
    let reads = 0;
    const read = () => {
      reads += 1;
      return promise;
    };
    const answers = [memory.load(ADA, read), memory.load(ADA, read), memory.load(ADA, read)];
    resolve(access('ada'));
    expect(new Set(await Promise.all(answers)).size).toBe(1);
    expect(reads).toBe(1);
  });

  it('does not keep what was forgotten while it was read, and reads anew at once', async () => {
    const memory = new OwnerMemory();
    const before = Promise.withResolvers<OwnerAccess>();
    const after = Promise.withResolvers<OwnerAccess>();
    const first = memory.load(ADA, () => before.promise);
    memory.forget('ada');
    const second = memory.load(ADA, () => after.promise);
    after.resolve(access('after'));
    await second;
    before.resolve(access('before'));
    expect((await first).ownerName).toBe('before');
    expect(memory.get(ADA)?.ownerName).toBe('after');
    memory.forget('ada');
    expect(memory.get(ADA)).toBeUndefined();
  });

  it('keeps no failure', async () => {
    const memory = new OwnerMemory();
    const failing = memory.load(ADA, () => Promise.reject(new Error('no database')));
    await expect(failing).rejects.toThrow('no database');
    expect((await memory.load(ADA, () => Promise.resolve(access('ada')))).ownerName).toBe('ada');
  });

  it('shares one profile among all in the same groups without settings of their own', () => {
    const memory = new OwnerMemory();
    const own = { name: 'user ada', modelAccess: scopes('x').groups[0]!.modelAccess };
    const profile = memory.profileOf(scopes('a', 'b'));
    expect(memory.profileOf(scopes('a', 'b'))).toBe(profile);
    for (const other of [
      scopes('a'),
      scopes('a b'),
      scopes('a","b'),
      { ...scopes('a', 'b'), own },
    ]) {
      expect(memory.profileOf(other)).not.toBe(profile);
    }
  });
});
