import { buffer } from 'node:stream/consumers';
import { crc32, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { zip, type ZipFile } from './zip-stream.js';

const AT = new Date('2026-11-21T19:40:31Z');

// eslint-disable-next-line @typescript-eslint/require-await -- as others that are read are
async function* files(...contents: [string, (Buffer | string)[]][]): AsyncGenerator<ZipFile> {
  for (const [path, chunks] of contents) yield { path, at: AT, chunks: each(chunks) };
}

// eslint-disable-next-line @typescript-eslint/require-await -- as others that are read are
async function* each(chunks: (Buffer | string)[]) {
  yield* chunks;
}

/** By the directory at the end, as every program that opens archives reads them. */
function read(archive: Buffer): Map<string, Buffer> {
  const end = archive.length - 22;
  expect(archive.readUInt32LE(end)).toBe(0x06054b50);
  const found = new Map<string, Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    expect(archive.readUInt32LE(at)).toBe(0x02014b50);
    const [crc, compressed, size] = [16, 20, 24].map((field) => archive.readUInt32LE(at + field));
    const nameLength = archive.readUInt16LE(at + 28);
    const path = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const start = archive.readUInt32LE(at + 42) + 30 + nameLength;
    const content = inflateRawSync(archive.subarray(start, start + compressed!));
    expect([crc32(content), content.length]).toEqual([crc, size]);
    found.set(path, content);
    at += 46 + nameLength + archive.readUInt16LE(at + 30);
  }
  return found;
}

describe('an archive', () => {
  it('has what was put into it', async () => {
    const noise = Buffer.from(Array.from({ length: 300_000 }, (_, n) => (n * 7919) % 251));
    const made = await buffer(
      zip(
        files(['a/Größe 🙂.md', ['Grö', 'ße', '']], ['empty', []], ['noise.bin', [noise, noise]]),
      ),
    );
    const found = read(made);
    expect([...found.keys()]).toEqual(['a/Größe 🙂.md', 'empty', 'noise.bin']);
    expect(found.get('a/Größe 🙂.md')!.toString()).toBe('Größe');
    expect(found.get('empty')!.length).toBe(0);
    expect(found.get('noise.bin')!.equals(Buffer.concat([noise, noise]))).toBe(true);
  });

  it('may have nothing in it', async () => {
    expect(read(await buffer(zip(files()))).size).toBe(0);
  });

  it('breaks off where a file of it does', async () => {
    // eslint-disable-next-line @typescript-eslint/require-await -- as others that are read are
    async function* broken(): AsyncGenerator<string> {
      yield 'so far';
      throw new Error('away');
    }
    // eslint-disable-next-line @typescript-eslint/require-await -- as others that are read are
    async function* one(): AsyncGenerator<ZipFile> {
      yield { path: 'x', at: AT, chunks: broken() };
    }
    await expect(buffer(zip(one()))).rejects.toThrow('away');
  });

  it('reads no further than it is taken', async () => {
    let made = 0;
    // eslint-disable-next-line @typescript-eslint/require-await -- as others that are read are
    async function* many(): AsyncGenerator<ZipFile> {
      for (;;) {
        made += 1;
        yield { path: `${made}`, at: AT, chunks: each(['x']) };
      }
    }
    const archive = zip(many());
    for (let piece = 0; piece < 9; piece += 1) await archive.next();
    await archive.return(undefined);
    expect(made).toBeLessThan(6);
  });
});
