import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { limitUnpacking, TooMuchUnpackedError } from './unpacking-limits.js';

const LIMIT = 100_000;

describe('what is unpacked in one piece', () => {
  const { Uint8Array: native, DecompressionStream: streams } = globalThis;
  let refusals: number;

  beforeEach(() => {
    refusals = 0;
    limitUnpacking(LIMIT, () => (refusals += 1));
  });
  afterEach(() => {
    Object.assign(globalThis, { Uint8Array: native, DecompressionStream: streams });
  });

  const unpacked = async (bytes: number) => {
    const packed = new Blob([native.from(gzipSync(Buffer.alloc(bytes)))]).stream();
    return (await new Response(packed.pipeThrough(new DecompressionStream('gzip'))).bytes()).length;
  };

  it('is as ever up to the limit', async () => {
    expect(new Uint8Array(LIMIT)).toBeInstanceOf(native);
    expect(new Uint8Array(LIMIT)).toBeInstanceOf(Uint8Array);
    expect(Array.from(new Uint8Array([1, 2]))).toEqual([1, 2]);
    expect(new Uint8Array(new ArrayBuffer(8), 2, 4).length).toBe(4);
    class Own extends Uint8Array {}
    expect(new Own(3)).toBeInstanceOf(Own);
    expect(await unpacked(LIMIT)).toBe(LIMIT);
    expect(refusals).toBe(0);
  });

  it('is refused above it, as an array', () => {
    expect(() => new Uint8Array(LIMIT + 1)).toThrow(TooMuchUnpackedError);
    expect(refusals).toBe(1);
  });

  it('is refused above it, as a stream', async () => {
    await expect(unpacked(LIMIT + 1)).rejects.toThrow(TooMuchUnpackedError);
    expect(refusals).toBe(1);
  });
});
