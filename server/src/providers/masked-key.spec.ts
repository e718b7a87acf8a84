import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { maskKey } from './masked-key.js';

describe('maskKey', () => {
  it.each([
    ['sk-abc12345defghijklmnopxyz9', 'sk-abc12345...xyz9'],
    ['sk-abc12345defghijk-xyz9', 'sk-abc12345...xyz9'],
    ['sk-abc12345defxyz9', 'sk-a...z9'],
    ['12345678', '12...8'],
    ['1234567', '1...'],
    ['abc', '...'],
    ['', '...'],
  ])('of %j is %j', (key, mask) => {
    expect(maskKey(key)).toBe(mask);
  });

  it('hides more than a third of any key', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (key) => {
        expect(maskKey(key).length - '...'.length).toBeLessThan((key.length * 2) / 3);
      }),
    );
  });
});
