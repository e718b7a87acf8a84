import { describe, expect, it } from '@jest/globals';
import { isClientName } from './client-name.js';

describe('isClientName', () => {
  it.each([
    ['research-bot', true],
    ['a', true],
    ['Geräte im Labor 7', true],
    ['<img src=x onerror=alert(1)>', true],
    ['x'.repeat(128), true],
    ['x'.repeat(129), false],
    ['', false],
    [' ', false],
    [' bot', false],
    ['bot\n', false],
    ['bo\u0000t', false],
    ['default', false],
    ['Default', true],
  ])('of %j is %s', (name, isName) => {
    expect(isClientName(name)).toBe(isName);
  });
});
