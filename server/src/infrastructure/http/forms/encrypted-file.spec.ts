import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { EncryptedFile } from './encrypted-file.js';
import { TemporaryFile } from './temporary-file.js';

const CONTENT = Buffer.alloc(200_000, 'a text that is easy to find ');

describe('an encrypted file', () => {
  it('gives back what it was given, as often as it is asked', async () => {
    await using file = await EncryptedFile.create();
    for (let at = 0; at < CONTENT.length; at += 77_777) {
      await file.append(CONTENT.subarray(at, at + 77_777));
    }
    expect(file.size).toBe(CONTENT.length);
    const [one, two] = await Promise.all([buffer(file.chunks()), buffer(file.chunks())]);
    expect(one.equals(CONTENT)).toBe(true);
    expect(two.equals(CONTENT)).toBe(true);
    expect((await file.head(100_000)).equals(CONTENT.subarray(0, 100_000))).toBe(true);
    expect((await file.head(1_000_000)).equals(CONTENT)).toBe(true);
  });

  it('has nothing on the disk that can be read there', async () => {
    const disk = await TemporaryFile.create();
    await using file = new EncryptedFile(disk);
    await file.append(CONTENT);
    const stored = await buffer(disk.chunks());
    expect(stored.length).toBe(CONTENT.length);
    expect(stored.includes('easy to find')).toBe(false);
  });
});
