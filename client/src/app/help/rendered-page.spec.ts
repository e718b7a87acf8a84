import { partsOf, placesOf, wordsOf } from './rendered-page';

describe('words found in the help', () => {
  it.each([
    [
      'A pool and a Pool',
      'POOL',
      [
        [2, 6],
        [13, 17],
      ],
    ],
    ['pools', 'pool pools', [[0, 5]]],
    ['nothing here', 'unicorn', []],
    ['any', '', []],
    ['ıİstanbul', 'istanbul', []],
  ])('in %j of %j', (text, search, places) => {
    expect(placesOf(text, wordsOf(search))).toEqual(places);
  });

  it('cut a text into parts that say it again', () => {
    const parts = partsOf('… the pool of a person', ['pool', 'person']);
    expect(parts.filter(({ isFound }) => isFound).map(({ text }) => text)).toEqual([
      'pool',
      'person',
    ]);
    expect(parts.map(({ text }) => text).join('')).toBe('… the pool of a person');
  });
});
