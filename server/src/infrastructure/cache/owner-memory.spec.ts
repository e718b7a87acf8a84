import { describe, expect, it } from '@jest/globals';
import { type Owner } from '../http/principal.js';
import { OwnerMemory } from './owner-memory.js';

const ADA: Owner = { ownerKind: 'user', ownerId: 'ada' };

interface Known {
  ownerKind: 'user';
  ownerName: string;
}

const known = (ownerName: string): Known => ({ ownerKind: 'user', ownerName });

describe('OwnerMemory', () => {
  it('keeps what was read', async () => {
    const memory = new OwnerMemory<Known>();
    expect(memory.get(ADA)).toBeUndefined();
    const read = await memory.load(ADA, () => Promise.resolve(known('ada')));
    expect(memory.get(ADA)).toBe(read);
    expect(memory.get({ ...ADA, ownerKind: 'client' })).toBeUndefined();
  });

  it('reads once for all who ask meanwhile', async () => {
    const memory = new OwnerMemory<Known>();
    const { promise, resolve } = Promise.withResolvers<Known>();
    let reads = 0;
    const read = () => {
      reads += 1;
      return promise;
    };
    const answers = [memory.load(ADA, read), memory.load(ADA, read), memory.load(ADA, read)];
    resolve(known('ada'));
    expect(new Set(await Promise.all(answers)).size).toBe(1);
    expect(reads).toBe(1);
  });

  it('does not keep what was forgotten while it was read, and reads anew at once', async () => {
    const memory = new OwnerMemory<Known>();
    const before = Promise.withResolvers<Known>();
    const after = Promise.withResolvers<Known>();
    const first = memory.load(ADA, () => before.promise);
    memory.forget('ada');
    const second = memory.load(ADA, () => after.promise);
    after.resolve(known('after'));
    await second;
    before.resolve(known('before'));
    expect((await first).ownerName).toBe('before');
    expect(memory.get(ADA)?.ownerName).toBe('after');
    memory.forget('ada');
    expect(memory.get(ADA)).toBeUndefined();
  });

  it('keeps no failure', async () => {
    const memory = new OwnerMemory<Known>();
    const failing = memory.load(ADA, () => Promise.reject(new Error('no database')));
    await expect(failing).rejects.toThrow('no database');
    expect((await memory.load(ADA, () => Promise.resolve(known('ada')))).ownerName).toBe('ada');
  });

  it('takes no room before somebody is remembered, for a change may begin several', () => {
    const before = process.memoryUsage().arrayBuffers;
    const begun = Array.from({ length: 100 }, () => new OwnerMemory<Known>());
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2_000_000);
    expect(begun.map((memory) => memory.get(ADA))).toEqual(begun.map(() => undefined));
  });
});
