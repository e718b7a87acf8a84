import { describe, expect, it } from '@jest/globals';
import { ReplicaWatch } from './replica-watch.js';

const LEASE_MS = 30_000;

/** Looks every ten seconds from 0 on; each entry is the beats that one look found. */
function silentAfter(looks: Record<string, number | null>[], everyMs = 10_000): string[] {
  const watch = new ReplicaWatch();
  looks.forEach((beats, n) => {
    const at = { askedMs: n * everyMs, answeredMs: n * everyMs };
    watch.look(new Map(Object.entries(beats)), at, LEASE_MS);
  });
  return watch.silentFor(LEASE_MS).map(({ id }) => id);
}

describe('a replica', () => {
  it.each<[string, Record<string, number | null>[], string[]]>([
    ['that beats is alive', [{ a: 1 }, { a: 2 }, { a: 3 }, { a: 4 }, { a: 5 }], []],
    ['that was silent for less than a lease is alive', [{ a: 1 }, { a: 1 }, { a: 1 }], []],
    ['that was silent for a lease is dead', [{ a: 1 }, { a: 1 }, { a: 1 }, { a: 1 }], ['a']],
    ['that beats again lives again', [{ a: 1 }, { a: 1 }, { a: 1 }, { a: 1 }, { a: 2 }], []],
    [
      'without a row is dead after a lease',
      [{ a: null }, { a: null }, { a: null }, { a: null }],
      ['a'],
    ],
    ['that gets its row is alive', [{ a: null }, { a: null }, { a: null }, { a: 1 }], []],
    ['that has gone is nobody', [{ a: 1 }, { a: 1 }, { a: 1 }, {}], []],
    [
      'does not die for another',
      [
        { a: 1, b: 1 },
        { a: 1, b: 2 },
        { a: 1, b: 3 },
        { a: 1, b: 4 },
      ],
      ['a'],
    ],
  ])('%s', (_what, looks, dead) => {
    expect(silentAfter(looks)).toEqual(dead);
  });

  it('is not taken for dead because nobody could look for a while', () => {
    expect(silentAfter([{ a: 1 }, { a: 1 }], 60_000)).toEqual([]);
  });

  it('has been silent only since the answer that showed its beat', () => {
    const watch = new ReplicaWatch();
    const beats = new Map([['a', 1]]);
    watch.look(beats, { askedMs: 0, answeredMs: 5_000 }, LEASE_MS);
    watch.look(beats, { askedMs: 10_000, answeredMs: 15_000 }, LEASE_MS);
    watch.look(beats, { askedMs: 20_000, answeredMs: 30_000 }, LEASE_MS);
    watch.look(beats, { askedMs: 34_999, answeredMs: 36_000 }, LEASE_MS);
    expect(watch.silentFor(LEASE_MS)).toEqual([]);
    watch.look(beats, { askedMs: 36_000, answeredMs: 36_000 }, LEASE_MS);
    expect(watch.silentFor(LEASE_MS)).toHaveLength(1);
  });
});
