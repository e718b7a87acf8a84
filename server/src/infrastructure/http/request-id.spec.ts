import { describe, expect, it } from '@jest/globals';
import { requestIdOf } from './request-id.js';

describe('requestIdOf', () => {
  it.each(['abc', '0199-aa_bb.cc:dd', 'x'.repeat(128)])('keeps the sane id %j', (given) => {
    expect(requestIdOf({ headers: { 'x-request-id': given } })).toBe(given);
  });

  it.each([
    undefined,
    '',
    'x'.repeat(129),
    'a b',
    'a\nb',
    '<script>',
    '-starts-with-a-dash',
    ['a', 'b'],
  ])('replaces %j', (given) => {
    const id = requestIdOf({ headers: { 'x-request-id': given } });
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  });
});
