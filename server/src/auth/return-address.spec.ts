import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { leadsElsewhere, safeReturnAddress } from './return-address.js';

describe('safeReturnAddress', () => {
  it.each([
    ['/chat', '/chat'],
    ['/keys?new=1#top', '/keys?new=1#top'],
    ['/', '/'],
    ['/a/../b', '/b'],
  ])('follows %j', (given, expected) => {
    expect(safeReturnAddress(given)).toBe(expected);
  });

  it.each([
    undefined,
    null,
    7,
    '',
    'chat',
    'https://evil.example/',
    '//evil.example/',
    '///evil.example/',
    '/\\evil.example/',
    '/\t/evil.example',
    '/..//evil.example',
    'javascript:alert(1)',
    '/' + 'x'.repeat(3000),
  ])('leads %j to the chat', (given) => {
    expect(safeReturnAddress(given)).toBe('/chat');
  });

  it.each([
    [undefined, false],
    ['', false],
    ['/chat', false],
    ['chat', true],
    ['//evil.example/', true],
    [['/chat', '//evil.example'], true],
  ])('of %j leads elsewhere: %s', (given, isElsewhere) => {
    expect(leadsElsewhere(given)).toBe(isElsewhere);
  });

  it('never leaves the site', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'/\\.:@?#ab\t\n %2f') }), (text) => {
        const target = new URL(safeReturnAddress('/' + text), 'https://lumen.example');
        expect(target.origin).toBe('https://lumen.example');
      }),
    );
  });
});
