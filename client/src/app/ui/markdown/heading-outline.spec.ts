import fc from 'fast-check';

import { HeadingOutline } from './heading-outline';

const levels = (depths: number[]) => {
  const outline = new HeadingOutline();
  return depths.map((depth) => outline.next(depth));
};

describe('HeadingOutline', () => {
  it.each([
    [
      [1, 2, 3],
      [3, 4, 5],
    ],
    [
      [3, 2, 3],
      [3, 3, 4],
    ],
    [
      [2, 4, 2, 3],
      [3, 4, 3, 4],
    ],
    [
      [1, 2, 3, 4, 5, 6],
      [3, 4, 5, 6, 6, 6],
    ],
  ])('turns %j into %j', (depths, expected) => {
    expect(levels(depths)).toEqual(expected);
  });

  it('begins at the top and never skips a level', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1 }), (depths) => {
        const result = [2, ...levels(depths)];
        result.slice(1).forEach((level, index) => expect(level - result[index]!).toBeLessThan(2));
        expect(Math.min(...result)).toBe(2);
      }),
    );
  });
});
