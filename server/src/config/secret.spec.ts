import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Secret } from './secret.js';

describe('Secret', () => {
  const secret = new Secret('hunter2-hunter2');

  it.each([
    ['String()', () => String(secret)],
    ['a template', () => `${secret.toString()}`],
    ['JSON', () => JSON.stringify({ secret })],
    ['inspect', () => inspect({ secret }, { showHidden: true, depth: 5 })],
    ['its properties', () => JSON.stringify(Object.entries(secret))],
  ])('does not show in %s', (_way, show) => {
    expect(show()).not.toContain('hunter2');
  });

  it('reveals itself only when asked', () => {
    expect(secret.reveal()).toBe('hunter2-hunter2');
  });

  it('compares by value', () => {
    expect(secret.equals(new Secret('hunter2-hunter2'))).toBe(true);
    expect(secret.equals(new Secret('hunter2'))).toBe(false);
  });
});
