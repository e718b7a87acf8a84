import { describe, expect, it } from '@jest/globals';
import { initialsOf } from './initials.js';

describe('initialsOf', () => {
  it.each([
    ['Ada Lovelace', 'AL'],
    ['Ada King, Countess of Lovelace', 'AL'],
    ['dev', 'D'],
    ['élodie durand', 'ÉD'],
    ['李 明', '李明'],
    ['<img src=x onerror=alert(1)>', 'I1'],
    ['', '?'],
    ['  …', '?'],
  ])('of %j are %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});
