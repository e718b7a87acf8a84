import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { PICTURE_NAMES } from '../support/pictures/documented-pictures.js';

const DOCS = path.resolve('docs');
const MOST_BYTES = 80 * 1024;
const PICTURE = /!\[([^\]]*)\]\(([^)\s]+)\)/g;

interface Shown {
  document: string;
  words: string;
  file: string;
}

function shownIn(document: string): Shown[] {
  const text = readFileSync(document, 'utf8').replace(/^```.*?^```/gms, '');
  return [...text.matchAll(PICTURE)].map(([, words = '', target = '']) => ({
    document: path.relative('.', document),
    words,
    file: path.relative('.', path.resolve(path.dirname(document), target)),
  }));
}

const documents = readdirSync(DOCS).filter((name) => name.endsWith('.md'));
const shown = ['README.md', ...documents.map((name) => path.join(DOCS, name))].flatMap(shownIn);
const made = PICTURE_NAMES.map((name) => `docs/images/${name}.webp`).sort();

/** `npm run screenshots` makes them. */
describe('the pictures of the documentation', () => {
  it('are all made by the script, and all are shown somewhere', () => {
    const kept = readdirSync(path.join(DOCS, 'images')).map((name) => `docs/images/${name}`);
    expect(kept.sort()).toEqual(made);
    expect([...new Set(shown.map(({ file }) => file))].sort()).toEqual(made);
  });

  it.each(shown)('$file says in $document what is on it', ({ words }) => {
    expect(words.length).toBeGreaterThan(30);
  });

  it.each(made)('%s is a small WebP', (file) => {
    const bytes = readFileSync(file);
    expect(bytes.toString('latin1', 8, 12)).toBe('WEBP');
    expect(bytes.length).toBeLessThanOrEqual(MOST_BYTES);
  });
});
