import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutText, encodingOf, readText } from './text-reading.js';

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) {
    yield await Promise.resolve(bytes.subarray(at, at + size));
  }
}

const read = (bytes: Buffer | string, mostChars = 1_000, size = 7) => {
  const buffer = Buffer.from(bytes);
  return readText(pieces(buffer, size), encodingOf(buffer), mostChars);
};
const TEXT = 'Grüße, „Welt“ 🌍 – 世界\r\n\tend';

describe('a text', () => {
  it.each([1, 2, 3, 1_000])('is read in UTF-8, in pieces of %d bytes', async (size) => {
    expect(await read(TEXT, 1_000, size)).toEqual({ text: TEXT, isCut: false });
  });

  it('is read without the mark at its beginning', async () => {
    expect(await read(`\ufeff${TEXT}`)).toEqual({ text: TEXT, isCut: false });
  });

  it.each([1, 3, 1_000])('is read in UTF-16, in pieces of %d bytes', async (size) => {
    const little = Buffer.from(`\ufeff${TEXT}`, 'utf16le');
    expect(await read(little, 1_000, size)).toEqual({ text: TEXT, isCut: false });
    expect(await read(Buffer.from(little).swap16(), 1_000, size)).toEqual({
      text: TEXT,
      isCut: false,
    });
  });

  it('is read in windows-1252 where it must be', async () => {
    const older = Buffer.from('Grüße für 5 \x80', 'latin1');
    expect(await read(older)).toBeNull();
    expect(await readText(pieces(older, 3), 'windows-1252', 100)).toEqual({
      text: 'Grüße für 5 €',
      isCut: false,
    });
  });

  it('is told from its beginning, and that there is more', async () => {
    expect(await read('abcdef', 6)).toEqual({ text: 'abcdef', isCut: false });
    expect(await read('abcdef', 5)).toEqual({ text: 'abcde', isCut: true });
    expect(await read('abc🌍', 4)).toEqual({ text: 'abc', isCut: true });
  });

  it('may have what terminals write', async () => {
    const coloured = '\u001b[31mred\u001b[0m\f';
    expect(await read(coloured)).toEqual({ text: coloured, isCut: false });
  });

  it.each<[string, Buffer]>([
    ['a NUL in it', Buffer.from('text\0text')],
    ['a NUL far behind', Buffer.from(`${'text '.repeat(10_000)}\0`)],
    ['what is no UTF-8', Buffer.from([0x61, 0xff, 0x62])],
    ['half a character at its end', Buffer.from('ü').subarray(0, 1)],
    ['half a pair in UTF-16', Buffer.from('\ufeffa\ud83c', 'utf16le')],
    ['control characters all over', Buffer.from('\u0001\u0002a\u0003')],
  ])('has not %s', async (_case, bytes) => {
    expect(await read(bytes, 10)).toBeNull();
  });

  it.each([0x00, 0x07, 0x1a, 0x7f, 0x81, 0x9d])('in windows-1252 has no byte %d', async (byte) => {
    const bytes = Buffer.from([0x61, byte, 0x62]);
    expect(await readText(pieces(bytes, 9), 'windows-1252', 100)).toBeNull();
  });

  it('is cut into what is whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, most) => {
        const cut = cutText(text, most + 1);
        expect(cut.text.isWellFormed()).toBe(true);
        expect(text.startsWith(cut.text)).toBe(true);
        expect(cut.isCut).toBe(cut.text !== text);
      }),
    );
  });
});
