import fc from 'fast-check';

import { slices } from './block-slices';

const all = (shown: string[], from: number, blocks: string[]) => [
  ...slices(shown, { from, blocks }),
];

describe('slices', () => {
  it('shows an ordinary update at once', () => {
    expect(all(['a', 'b', 'x'], 2, ['c', 'd'])).toEqual([['a', 'b', 'c', 'd']]);
  });

  it('shows a long answer from its beginning on, piece by piece', () => {
    const blocks = Array.from({ length: 100 }, (_, index) => `${index}`);
    const lengths = all([], 0, blocks).map(({ length }) => length);
    expect(lengths.length).toBeGreaterThan(3);
    expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
  });

  it('does not wait for blocks that are there already', () => {
    const blocks = Array.from({ length: 500 }, (_, index) => `${index}`);
    expect(all(blocks, 0, blocks)).toEqual([blocks]);
  });

  it('ends with what was asked for, whatever was there', () => {
    const texts = fc.array(fc.string({ maxLength: 4 }), { maxLength: 80 });
    fc.assert(
      fc.property(texts, texts, fc.nat(), (shown, blocks, at) => {
        const from = shown.length === 0 ? 0 : at % shown.length;
        expect(all(shown, from, blocks).at(-1)).toEqual([...shown.slice(0, from), ...blocks]);
      }),
    );
  });
});
