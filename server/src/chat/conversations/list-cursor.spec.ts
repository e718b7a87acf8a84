import { describe, expect, it } from '@jest/globals';
import { asCursor, fromCursor } from './list-cursor.js';

const ID = '0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';

describe('a cursor', () => {
  it.each([0, 1_763_752_800_123])('keeps its place at %d', (updatedMs) => {
    expect(fromCursor(asCursor({ updatedMs, id: ID }))).toEqual({ updatedMs, id: ID });
  });

  it.each([
    ['nothing', ''],
    ['no base64', '%%%'],
    ['no id', Buffer.from('12.').toString('base64url')],
    ['no time', Buffer.from(`.${ID}`).toString('base64url')],
    ['a time before all', Buffer.from(`-1.${ID}`).toString('base64url')],
    ['an id that is none', Buffer.from(`1.${'-'.repeat(36)}`).toString('base64url')],
    ['more behind it', Buffer.from(`1.${ID} OR 1=1`).toString('base64url')],
  ])('that is %s is refused', (_, cursor) => {
    expect(() => fromCursor(cursor)).toThrow(/none that a page of this list gave/);
  });
});
