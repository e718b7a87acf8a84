import fc from 'fast-check';

import { safePath } from './session';

describe('safePath', () => {
  it.each([
    ['/chat', '/chat'],
    ['/keys?tab=1#top', '/keys?tab=1#top'],
    [null, '/chat'],
    ['', '/chat'],
    ['//evil.example', '/chat'],
    ['/\\evil.example', '/chat'],
    ['/\t/evil.example', '/chat'],
    ['https://evil.example', '/chat'],
    ['javascript:alert(1)', '/chat'],
  ])('makes %j %j', (given, expected) => {
    expect(safePath(given)).toBe(expected);
  });

  it('never leads off this site', () => {
    const hostile = fc.string({ unit: fc.constantFrom('/', '\\', '\t', '\n', ':', 'a', '.', '@') });
    fc.assert(
      fc.property(hostile, (path) => {
        const base = 'https://lumen.example';
        expect(new URL(safePath(path), base).origin).toBe(base);
      }),
    );
  });
});
