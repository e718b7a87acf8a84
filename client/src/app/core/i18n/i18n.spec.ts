import { TestBed } from '@angular/core/testing';

import { de } from './de';
import { en } from './en';
import { I18n, preferredLanguage } from './i18n';

describe('preferredLanguage', () => {
  it.each([
    [null, ['de-AT', 'en'], 'de'],
    [null, ['fr', 'de'], 'de'],
    [null, ['fr'], 'en'],
    [null, [], 'en'],
    ['en', ['de'], 'en'],
    ['xx', ['de'], 'de'],
    ['constructor', ['de'], 'de'],
  ])('chooses from %j and %j', (stored, wanted, expected) => {
    expect(preferredLanguage(stored, wanted)).toBe(expected);
  });
});

describe('I18n', () => {
  it('switches text and the document’s language', async () => {
    const i18n = TestBed.inject(I18n);
    await i18n.choose('de');
    expect(i18n.text().shell.newChat).toBe('Neuer Chat');
    expect(document.documentElement.lang).toBe('de');
    await i18n.choose('en');
    expect(i18n.text().shell.newChat).toBe('New chat');
  });
});

/** Every text by its path, functions called with harmless values. */
function texts(node: unknown, path: string): [string, unknown][] {
  if (typeof node === 'function') return [[path, (node as (...a: unknown[]) => unknown)(2, 3)]];
  if (typeof node !== 'object' || node === null) return [[path, node]];
  return Object.entries(node).flatMap(([key, value]) => texts(value, `${path}.${key}`));
}

describe('languages', () => {
  it('have the same texts, none of them empty', () => {
    const english = texts(en, '');
    const german = texts(de, '');
    expect(german.map(([path]) => path)).toEqual(english.map(([path]) => path));
    const empty = [...english, ...german].filter(
      ([, text]) => typeof text !== 'string' || text === '',
    );
    expect(empty).toEqual([]);
  });
});
