import { describe, expect, it } from '@jest/globals';
import { snippetOf } from './search-snippet.js';
import { wordQuery } from './search-words.js';

const shown = (text: string, q: string) =>
  snippetOf(text, wordQuery(q)!)
    .map(({ text: part, isMatch }) => (isMatch ? `[${part}]` : part))
    .join('');

describe('a snippet', () => {
  it('marks what was found', () => {
    expect(shown('Die Größe\n\nder Müllerin.', 'grosse mull')).toBe('Die [Größe] der [Müllerin].');
  });

  it('shows what is around the first match, between words', () => {
    const text = `${'davor '.repeat(100)}treffer ${'danach '.repeat(100)}`;
    const snippet = shown(text, 'treffer');
    expect(snippet).toMatch(/^…davor( davor)+ \[treffer\] danach( danach)+…$/);
    expect(snippet.length).toBeLessThan(300);
  });

  it('shows the beginning where it finds nothing', () => {
    expect(shown('Anfang und Ende', 'fehlt')).toBe('Anfang und Ende');
    expect(shown('', 'fehlt')).toBe('');
  });

  it('keeps HTML the text it is, and characters whole', () => {
    expect(shown('<img src=x onerror=alert(1)> treffer', 'treffer')).toContain('<img src=x');
    const parts = snippetOf(`${'🙂'.repeat(200)}treffer${'🙂'.repeat(200)}`, wordQuery('treffer')!);
    expect(parts.every(({ text }) => text.isWellFormed())).toBe(true);
  });
});
