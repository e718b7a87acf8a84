import { describe, expect, it } from '@jest/globals';
import { subtreeOf } from './subtree.js';

const message = (id: string, parentId: string | null) => ({ id, parentId });
const TREE = [
  message('a', null),
  message('b', 'a'),
  message('c', 'a'),
  message('e', 'd'),
  message('d', 'b'),
  message('f', null),
];

describe('subtreeOf', () => {
  it.each([
    ['a', 'abcde'],
    ['b', 'bde'],
    ['e', 'e'],
    ['f', 'f'],
    ['nobody', ''],
  ])('finds what follows %s', (top, ids) => {
    const found = subtreeOf(TREE, top).map(({ id }) => id);
    expect(found[0] ?? '').toBe(ids.slice(0, 1));
    expect(found.sort().join('')).toBe(ids);
  });

  it('follows a branch of 100,000', () => {
    const chain = Array.from({ length: 100_000 }, (_, n) =>
      message(String(n), n === 0 ? null : String(n - 1)),
    );
    expect(subtreeOf(chain, '1')).toHaveLength(99_999);
  });
});
