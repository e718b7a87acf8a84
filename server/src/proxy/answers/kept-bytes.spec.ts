import { describe, expect, it } from '@jest/globals';
import { KeptBytes } from './kept-bytes.js';

describe('kept bytes', () => {
  it.each([0, 1, 2, 1023, 1024, 1025, 5000])('are what came, in %i pieces', (count) => {
    const kept = new KeptBytes();
    const pieces = Array.from({ length: count }, (_, at) => Buffer.from([at % 256, at % 7]));
    for (const piece of pieces) kept.push(piece);
    expect(kept.length).toBe(2 * count);
    expect(kept.all.equals(Buffer.concat(pieces))).toBe(true);
    kept.push(Buffer.from('!'));
    expect(kept.take().equals(Buffer.concat([...pieces, Buffer.from('!')]))).toBe(true);
    expect([kept.length, kept.all.length]).toEqual([0, 0]);
  });

  it('joins small pieces', () => {
    const kept = new KeptBytes();
    for (let at = 0; at < 100_000; at += 1) kept.push(Buffer.from('x'));
    const { joined, pieces } = kept as unknown as { joined: Buffer[]; pieces: Buffer[] };
    expect(joined.length + pieces.length).toBeLessThan(2_000);
  });
});
