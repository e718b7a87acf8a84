import { describe, expect, it } from '@jest/globals';
import { begun } from './begun.js';

describe('pieces that have begun', () => {
  function pieces(...values: string[]) {
    const seen = { read: 0, isEnded: false };
    // eslint-disable-next-line @typescript-eslint/require-await -- as those that are read are
    async function* read(): AsyncGenerator<string> {
      try {
        for (const value of values) {
          if (value === 'unreadable') throw new Error('It cannot be read.');
          seen.read++;
          yield value;
        }
      } finally {
        seen.isEnded = true;
      }
    }
    return { seen, generator: read() };
  }

  it.each([[[]], [['one']], [['one', 'two', 'three']]])('are the same: %j', async (values) => {
    const all = [];
    for await (const value of await begun(pieces(...values).generator)) all.push(value);
    expect(all).toEqual(values);
  });

  it('are read one ahead, and not further', async () => {
    const { seen, generator } = pieces('one', 'two', 'three');
    const started = await begun(generator);
    expect(seen.read).toBe(1);
    await started.next();
    expect(seen.read).toBe(1);
    await started.next();
    expect(seen.read).toBe(2);
  });

  it('fail at once where the first cannot be read, else when its turn comes', async () => {
    await expect(begun(pieces('unreadable').generator)).rejects.toThrow('It cannot be read.');
    const started = await begun(pieces('one', 'unreadable').generator);
    expect(await started.next()).toEqual({ done: false, value: 'one' });
    await expect(started.next()).rejects.toThrow('It cannot be read.');
  });

  it('end with who takes them, also before the first was taken', async () => {
    for (const taken of [0, 1]) {
      const { seen, generator } = pieces('one', 'two');
      const started = await begun(generator);
      for (let i = 0; i < taken; i++) await started.next();
      await started.return?.();
      expect([seen.isEnded, seen.read]).toEqual([true, 1]);
    }
  });
});
