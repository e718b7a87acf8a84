import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { type AppError } from '../../../infrastructure/errors/app-error.js';
import { gifOf, jpegOf, pngOf, webpOf } from '../testing/images.js';
import { pdfOf } from '../testing/pdfs.js';
import { contentKind } from './content-kind.js';
import { contentRefusal, nameRefusal, shownName } from './name-rules.js';

const ALLOWED = 'txt md csv json svg pdf png jpg jpeg gif webp exe zip'.split(' ');

function kindOf(content: Buffer | string) {
  const bytes = Buffer.from(content);
  async function* chunks() {
    yield await Promise.resolve(bytes);
  }
  return contentKind({ size: bytes.length, chunks }, bytes.subarray(0, 2 ** 16), 1_000);
}

/** Why a file by this name is refused for what is in it. */
async function refused(name: string, content: Buffer | string, allowed = ALLOWED) {
  const error: AppError | null = contentRefusal(name, await kindOf(content), allowed);
  return error && { reason: error.details?.['reason'], message: error.message };
}

const PROGRAM = Buffer.concat([Buffer.from('MZ\x90\0\x03\0\0\0'), Buffer.alloc(200)]);
const ELF = Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), Buffer.alloc(200)]);
const ZIP = Buffer.from('504b0304140000000800', 'hex');
const ARCHIVE = Buffer.concat([ZIP, Buffer.alloc(60)]);
const WAV = Buffer.concat([Buffer.from('RIFF\x24\0\0\0WAVEfmt '), Buffer.alloc(40)]);
const SVG = '<?xml version="1.0"?>\n<!-- a -->\n<svg xmlns="http://www.w3.org/2000/svg"/>';

describe('a file is', () => {
  it.each<[string, Buffer | string, object]>([
    ['text', 'a,b\n1,2\n', { kind: 'text', text: 'a,b\n1,2\n', isCut: false, isSvg: false }],
    ['text in an older encoding', Buffer.from('für', 'latin1'), { kind: 'text', text: 'für' }],
    ['text that begins like a program', 'MZ ist das Kürzel von Mainz.', { kind: 'text' }],
    ['text that begins like a picture', 'BM is a company.', { kind: 'text' }],
    ['text that tells of PDFs', 'They begin with %PDF-1.7', { kind: 'text' }],
    ['text that begins like XML', '<?xml version="1.0"?><a/>', { kind: 'text', isSvg: false }],
    ['text that is a drawing', SVG, { kind: 'text', isSvg: true }],
    ['a PDF', pdfOf(['x']), { kind: 'pdf' }],
    ['a PDF behind rubbish', Buffer.concat([Buffer.from([0, 255]), pdfOf(['x'])]), { kind: 'pdf' }],
    ['a PNG', pngOf(2, 2), { kind: 'image', mediaType: 'image/png', extension: 'png' }],
    ['a JPEG', jpegOf(2, 2), { kind: 'image', mediaType: 'image/jpeg', extension: 'jpg' }],
    ['a GIF', gifOf(2, 2), { kind: 'image', mediaType: 'image/gif' }],
    ['a WebP', webpOf(2, 2, 'VP8 '), { kind: 'image', mediaType: 'image/webp' }],
    ['a program', PROGRAM, { kind: 'other', description: 'a program (EXE)' }],
    ['another program', ELF, { kind: 'other', description: 'a program (ELF)' }],
    ['an archive', ARCHIVE, { kind: 'other', description: 'an archive (ZIP)' }],
    ['packed', gzipSync('x'), { kind: 'other', description: 'an archive (GZ)' }],
    ['audio', WAV, { kind: 'other', description: 'audio (WAV)' }],
    ['noise', Buffer.from([1, 2, 3, 0, 200]), { kind: 'other', description: null }],
  ])('%s', async (_case, content, expected) => {
    expect(await kindOf(content)).toMatchObject(expected);
  });
});

describe('a name', () => {
  it.each(['a.txt', 'A.TXT', 'x.y.pdf', 'Ä ö.md'])('%j is taken', (name) => {
    expect(nameRefusal(name, ALLOWED)).toBeNull();
  });

  it.each(['a.html', 'Makefile', '.txt', 'a.', '', 'a.txt.html', 'evil\u202etxt.html'])(
    '%j is refused',
    (name) => {
      expect(nameRefusal(name, ALLOWED)).toMatchObject({
        code: 'unsupported_media_type',
        details: { reason: 'extension' },
      });
    },
  );

  it('is kept without what hides what it is', () => {
    expect(shownName('a\u202etxt.exe')).toBe('atxt.exe');
    expect(shownName('a\r\nb\0.txt')).toBe('ab.txt');
    expect(shownName('\ud800')).toBe('\ufffd');
    expect(shownName('   ')).toBe('file');
  });
});

describe('a file whose name and content', () => {
  it.each<[string, Buffer | string]>([
    ['a.txt', 'x'],
    ['a.csv', Buffer.from('ü', 'latin1')],
    ['a.exe', 'not a program at all'],
    ['a.svg', SVG],
    ['a.PDF', pdfOf(['x'])],
    ['a.png', pngOf(1, 1)],
    ['photo.jpeg', jpegOf(1, 1)],
    ['photo.png', jpegOf(1, 1)],
  ])('go together is taken: %s', async (name, content) => {
    expect(await refused(name, content)).toBeNull();
  });

  it.each<[string, string, Buffer | string, RegExp]>([
    ['an image renamed as text', 'a.txt', pngOf(1, 1), /is an image \(PNG\).*ending \.png/],
    ['an image renamed as a PDF', 'a.pdf', jpegOf(1, 1), /is an image \(JPG\)/],
    ['a program renamed as a PDF', 'a.pdf', PROGRAM, /is a program \(EXE\)/],
    ['a program under its own name', 'a.exe', PROGRAM, /is a program \(EXE\)/],
    ['an archive renamed as text', 'a.txt', ARCHIVE, /is an archive \(ZIP\)/],
    ['text renamed as an image', 'a.png', 'hello', /is text by its content/],
    ['text renamed as a PDF', 'a.pdf', 'hello', /is text/],
    ['a drawing renamed as an image', 'a.png', SVG, /text \(SVG\)/],
    ['a PDF renamed as text', 'a.txt', pdfOf(['x']), /is a PDF.*ending \.pdf/],
  ])('do not is refused: %s', async (_case, name, content, message) => {
    expect(await refused(name, content)).toMatchObject({
      reason: 'mismatch',
      message: expect.stringMatching(message),
    });
  });

  it('are of a kind that is not allowed is refused, whatever the name says', async () => {
    const allowed = ['png', 'txt'];
    expect(await refused('a.png', gifOf(1, 1), allowed)).toMatchObject({ reason: 'extension' });
    expect(await refused('a.png', pngOf(1, 1), allowed)).toBeNull();
  });

  it('are noise is refused', async () => {
    const noise = Buffer.from([1, 2, 3, 0, 200]);
    expect(await refused('a.txt', noise)).toMatchObject({ reason: 'unknown_type' });
  });
});
