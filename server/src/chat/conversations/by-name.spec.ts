import { describe, expect, it } from '@jest/globals';
import { byName } from './by-name.js';

describe('byName', () => {
  it.each([
    [
      ['week 10', 'Week 2', 'ärzte', 'Zoo', 'apple'],
      ['apple', 'ärzte', 'Week 2', 'week 10', 'Zoo'],
    ],
    [
      ['same', 'Same', 'SAME'],
      ['same', 'Same', 'SAME'],
    ],
  ])('sorts %j', (names, sorted) => {
    const rows = names.map((name, index) => ({ id: String(index), name }));
    expect(
      rows
        .reverse()
        .sort(byName)
        .map(({ name }) => name),
    ).toEqual(sorted);
  });
});
