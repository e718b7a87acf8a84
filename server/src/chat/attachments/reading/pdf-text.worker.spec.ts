import { describe, expect, it } from '@jest/globals';
import { lockedPdf, pdfOf, pdfOfObjects } from '../testing/pdfs.js';
import { type PdfRequest, textOfPdf } from './pdf-text.worker.js';

const LIMITS = { mostPages: 10, mostChars: 1_000, enoughMs: 60_000, mostBytesAtOnce: 1e9 };

const read = (bytes: Buffer, limits: Partial<PdfRequest> = {}) =>
  textOfPdf({ ...LIMITS, ...limits, bytes: new Uint8Array(bytes) });

describe('the text of a PDF', () => {
  it('is that of its pages, in order', async () => {
    expect(await read(pdfOf(['Grüße (eins)', '', 'two']))).toEqual({
      kind: 'text',
      text: 'Grüße (eins)\n\ntwo',
      isCut: false,
    });
  });

  it('ends where there is enough of it', async () => {
    const pages = Array.from({ length: 20 }, (_, index) => `page ${index}`);
    const fewPages = await read(pdfOf(pages), { mostPages: 2 });
    expect(fewPages).toEqual({ kind: 'text', text: 'page 0\n\npage 1', isCut: true });
    const fewChars = await read(pdfOf(pages), { mostChars: 9 });
    expect(fewChars).toEqual({ kind: 'text', text: 'page 0\n\np', isCut: true });
    const noTime = await read(pdfOf(pages), { enoughMs: 0 });
    expect(noTime).toEqual({ kind: 'text', text: 'page 0', isCut: true });
  });

  it('is empty where there are only pictures', async () => {
    expect(await read(pdfOf(['']))).toEqual({ kind: 'text', text: '', isCut: false });
  });

  it('is not read without its password', async () => {
    expect(await read(lockedPdf())).toEqual({ kind: 'password' });
  });

  it.each<[string, Buffer]>([
    ['is rubbish', Buffer.from('%PDF-1.7 and nothing else')],
    ['is cut', pdfOf(['x']).subarray(0, 300)],
    [
      'has pages that are their own parents',
      pdfOfObjects([
        '<< /Type /Catalog /Pages 2 0 R >>',
        '<< /Type /Pages /Count 5 /Kids [2 0 R] >>',
      ]),
    ],
    [
      'is nested without end',
      pdfOfObjects(['<< /Type /Catalog /Pages 2 0 R >>', '['.repeat(100_000)]),
    ],
  ])('is not there if it %s', async (_case, bytes) => {
    expect(await read(bytes)).toEqual({ kind: 'broken' });
  });

  it('is not waited for if it only claims to have pages', async () => {
    const bytes = pdfOfObjects([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Count 2000000000 /Kids [] >>',
    ]);
    expect(['broken', 'text']).toContain((await read(bytes)).kind);
  });
});
