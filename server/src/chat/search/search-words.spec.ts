import { describe, expect, it } from '@jest/globals';
import { matchesIn, wordQuery, wordsOf } from './search-words.js';

describe('words of a text', () => {
  it.each([
    ['Größe der MÜLLER-Straße', ['grosse', 'der', 'muller', 'strasse']],
    ['café cafe\u0301 CAFÉ', ['cafe']],
    ['a_b <b>fett</b> 3,14 m²', ['a', 'b', 'fett', '3', '14', 'm2']],
    ['量子力学 Test', ['量', '子', '力', '学', 'test']],
    ['がぎ', ['か', 'き']],
    ['ﬁnden', ['finden']],
    ["x'; DROP TABLE -- \0 \\", ['x', 'drop', 'table']],
    ['🙂 … !', []],
  ])('%j', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('are bounded', () => {
    expect(wordsOf('a'.repeat(1_000))).toEqual(['a'.repeat(40)]);
    const many = Array.from({ length: 200_000 }, (_, index) => `w${index}`).join(' ');
    const chars = wordsOf(many).reduce((sum, word) => sum + word.length, 0);
    expect(chars).toBeLessThanOrEqual(160_000);
    expect(wordsOf('𝒳'.repeat(50)).every((word) => word.isWellFormed())).toBe(true);
  });
});

describe('a query', () => {
  it('has whole words and the beginning of one', () => {
    expect(wordQuery('Größe  Mül')).toEqual({ words: ['grosse'], prefix: 'mul' });
    expect(wordQuery('?!')).toBeNull();
  });

  it.each([
    ['die Größe der Müllerin', 'grosse mull', ['Größe', 'Müllerin']],
    ['Cafe\u0301 au lait', 'café', ['Cafe\u0301']],
    ['量子力学', '力', ['力']],
    ['state_of(art)', 'art', ['art']],
    ['nichts davon', 'fehlt', []],
  ])('stands in %j at its words', (text, q, found) => {
    const places = [...matchesIn(text, wordQuery(q)!)];
    expect(places.map(([start, end]) => text.slice(start, end))).toEqual(found);
  });
});
