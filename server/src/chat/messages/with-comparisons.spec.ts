import { describe, expect, it } from '@jest/globals';
import { withComparisons } from './with-comparisons.js';

const message = (id: string, comparisonId: string | null = null) => ({
  id,
  comparisonId,
  createdAt: new Date(0),
});

describe('withComparisons', () => {
  it.each([
    ['nothing where nothing is compared', [message('a'), message('b')], [], 'ab'],
    ['the others, and the shown one once', [message('b', 'x')], ['c', 'a', 'b'], 'bac'],
    ['each beside its own', [message('a', 'x'), message('q'), message('d', 'y')], ['b'], 'abqd'],
  ])('adds %s', (_, branch, others, ids) => {
    const compared = others.map((id) => message(id, 'x'));
    expect(
      withComparisons(branch, compared)
        .map(({ id }) => id)
        .join(''),
    ).toBe(ids);
  });

  it('adds nothing to what was asked alone', () => {
    expect(withComparisons([message('a')], [message('b')])).toHaveLength(1);
  });
});
