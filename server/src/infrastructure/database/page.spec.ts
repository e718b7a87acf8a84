import { describe, expect, it } from '@jest/globals';
import { pageOfList, searchPatterns, totalBy } from './page.js';

describe('searchPatterns', () => {
  it.each([
    ['ADA', ['%ada%']],
    ['50%_off\\', ['%50\\%\\_off\\\\%']],
    ['élodie', ['%élodie%', '%Élodie%']],
    ['ÄRZTE müller', ['%ärzte müller%', '%Ärzte mÜller%', '%Ärzte müller%']],
    ['ß', ['%ß%', '%ss%']],
  ])('looks for %s', (search, patterns) => {
    expect(searchPatterns(search)).toEqual(patterns);
  });
});

describe('pageOfList', () => {
  const list = ['a', 'b', 'c'];

  it.each([
    [1, 2, ['a', 'b']],
    [2, 2, ['c']],
    [3, 2, []],
    [1, 200, list],
  ])('page %i of %i rows', (page, pageSize, items) => {
    expect(pageOfList(list, { page, pageSize })).toEqual({ items, total: 3, page, pageSize });
  });
});

describe('totalBy', () => {
  it.each([
    [1, 0, 0],
    [1, 2, 2],
    [3, 1, 101],
    [1, 50, null],
    [3, 50, null],
    [3, 0, null],
  ])('page %i of 50 with %i rows', (page, found, total) => {
    expect(totalBy({ page, pageSize: 50 }, found)).toBe(total);
  });
});
