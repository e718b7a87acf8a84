import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GrowingText } from './growing-text.js';

describe('a text that grows', () => {
  it('is what was appended, from wherever it is read and however much at a time', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 5 })),
        fc.nat({ max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        (pieces, offset, most) => {
          const text = new GrowingText(pieces[0]);
          for (const piece of pieces.slice(1)) text.append(piece);
          const all = pieces.join('');
          expect(text.length).toBe(all.length);
          expect(text.from(offset, most)).toBe(all.slice(offset, offset + most));
          expect(text.whole()).toBe(all);
          text.append('end');
          expect(text.from(all.length, 10)).toBe('end');
        },
      ),
    );
  });
});
