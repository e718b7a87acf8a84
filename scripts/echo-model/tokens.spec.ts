import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countCharacters, firstCharacters, tokensOf, words } from './tokens.ts';

const anyText = fc.string({ unit: 'binary' });

describe('tokens', () => {
  it.each([
    ['', 0],
    ['abc', 0],
    ['abcd', 1],
    ['😀😀😀😀', 1],
    ['abcdefg', 1],
    ['abcdefgh', 2],
  ])('%j is worth %i', (text, tokens) => {
    expect(tokensOf(countCharacters(text))).toBe(tokens);
  });

  it('counts characters as the language’s own iterator does', () => {
    fc.assert(fc.property(anyText, (text) => countCharacters(text) === [...text].length));
  });

  it('cuts between characters', () => {
    fc.assert(
      fc.property(anyText, fc.nat(20), (text, count) => {
        expect(firstCharacters(text, count)).toBe([...text].slice(0, count).join(''));
      }),
    );
  });

  it('loses nothing of a text in its words', () => {
    fc.assert(fc.property(anyText, (text) => words(text).join('') === text));
  });

  it('makes a piece of each word', () => {
    expect(words('one  two\n\nthree ')).toEqual(['one', '  two', '\n\nthree', ' ']);
  });
});
