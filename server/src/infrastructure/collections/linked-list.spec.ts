import { describe, expect, it } from '@jest/globals';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { LinkedList } from './linked-list.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options: { type: 'minor' | 'major' }) => void;

describe('a linked list', () => {
  const filled = (...values: string[]) => {
    const list = new LinkedList<string>();
    const places = new Map(values.map((value) => [value, list.add(value)]));
    return { list, place: (value: string) => places.get(value)! };
  };

  it.each([
    ['nothing', [], ['a', 'b', 'c']],
    ['the first', ['a'], ['b', 'c']],
    ['one in the middle', ['b'], ['a', 'c']],
    ['the last', ['c'], ['a', 'b']],
    ['the same one twice', ['b', 'b'], ['a', 'c']],
    ['all', ['b', 'a', 'c'], []],
  ])('without %s', (_what, removed, left) => {
    const { list, place } = filled('a', 'b', 'c');
    for (const value of removed) list.remove(place(value));
    expect(list.values).toEqual(left);
    expect(list.size).toBe(left.length);
    expect(list.first?.value).toBe(left[0]);
    list.add('d');
    expect(list.values).toEqual([...left, 'd']);
  });

  it('moves what is in it to the end', () => {
    const { list, place } = filled('a', 'b', 'c');
    list.moveToEnd(place('a'));
    list.moveToEnd(place('c'));
    expect(list.values).toEqual(['b', 'a', 'c']);
  });

  it('tells all that was in it, whatever happens to it meanwhile', () => {
    const { list, place } = filled('a', 'b', 'c');
    const told = list.values.map((value) => {
      list.remove(place('b'));
      return value;
    });
    expect(told).toEqual(['a', 'b', 'c']);
  });

  it('leaves nothing behind that only a full collection of garbage can take away', () => {
    const list = new LinkedList<object>();
    // Those of one round leave while those of the next are there, as requests do.
    const grownBytes = bytesLeftBy((values) => {
      const places = values.map((value) => list.add(value));
      return () => places.forEach((place) => list.remove(place));
    });
    expect(list.size).toBe(0);
    expect(grownBytes).toBeLessThan((ROUNDS * PER_ROUND * VALUE_BYTES) / 20);
  });
});

const ROUNDS = 400;
const PER_ROUND = 50;
const VALUE_BYTES = 512;

/** By how much the old objects grow when values come and go by rounds. */
function bytesLeftBy(come: (values: readonly object[]) => () => void): number {
  const round = () =>
    come(Array.from({ length: PER_ROUND }, () => new Array<number>(VALUE_BYTES / 8).fill(0)));
  collect({ type: 'major' });
  const before = oldBytes();
  let leave = round();
  for (let n = 1; n < ROUNDS; n += 1) {
    const next = round();
    leave();
    leave = next;
    if (n % 10 === 0) collect({ type: 'minor' });
  }
  leave();
  return oldBytes() - before;
}

function oldBytes(): number {
  const spaces = getHeapSpaceStatistics();
  return spaces.find(({ space_name: name }) => name === 'old_space')!.space_used_size;
}
