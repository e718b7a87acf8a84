import { describe, expect, it } from '@jest/globals';
import { keyedHash, newToken, sameSecret } from './tokens.js';

describe('tokens', () => {
  it('are 43 base64url characters and never the same', () => {
    const tokens = new Set(Array.from({ length: 100 }, newToken));
    expect(tokens.size).toBe(100);
    for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('hash differently under another secret', () => {
    expect(keyedHash('a', 'value')).toBe(keyedHash('a', 'value'));
    expect(keyedHash('a', 'value')).not.toBe(keyedHash('b', 'value'));
  });

  it.each([
    ['secret', 'secret', true],
    ['secret', 'secreT', false],
    ['secret', 'secret ', false],
    ['secret', '', false],
    ['', '', true],
    ['é', 'e', false],
  ])('compares %j with %j: %s', (expected, given, same) => {
    expect(sameSecret(expected, given)).toBe(same);
  });
});
