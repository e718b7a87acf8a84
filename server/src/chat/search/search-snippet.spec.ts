import { describe, expect, it } from '@jest/globals';
import { messageSnippetOf, snippetOf } from './search-snippet.js';
import { wordQuery } from './search-words.js';

const read = (text: string, q: string) =>
  messageSnippetOf(text, wordQuery(q)!)
    .map(({ text: part, isMatch }) => (isMatch ? `[${part}]` : part))
    .join('');
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

describe('a snippet of a message', () => {
  it('shows it as it reads, with what was found', () => {
    const text = '# Bäume\n\n- **Rote** [Äpfel](https://obst.example/x)\n- `grüne` Birnen';
    expect(read(text, 'rote äpfel')).toBe('Bäume [Rote] [Äpfel] grüne Birnen');
  });

  it('shows how it is written where only that has the words', () => {
    expect(read('**So** [hier](https://obst.example/birnen)', 'birnen')).toContain('/[birnen])');
  });

  it('shows the beginning where it finds nothing', () => {
    expect(read('**Anfang** und Ende', 'fehlt')).toBe('Anfang und Ende');
  });

  it.each(['Absatz mit **Wörtern**.\n\n', 'wort ', '🙂'])('is short in much of %j', (filling) => {
    const snippet = read(`${filling.repeat(2_000)} treffer ${filling.repeat(2_000)}`, 'treffer');
    expect(snippet).toMatch(/^….*\[treffer\].*…$/);
    expect(snippet).not.toMatch(/\*|……/);
    expect(snippet.length).toBeLessThan(320);
    expect(snippet.isWellFormed()).toBe(true);
  });
});
