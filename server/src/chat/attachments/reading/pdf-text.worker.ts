import { parentPort } from 'node:worker_threads';
import { getDocument, type PDFDocumentProxy } from 'unpdf/pdfjs';
import { cutText, type TakenText } from './text-reading.js';
import { limitUnpacking } from './unpacking-limits.js';

/** A PDF to take the text out of; `bytes` are handed over. */
export interface PdfRequest {
  readonly bytes: Uint8Array;
  readonly mostPages: number;
  readonly mostChars: number;
  /** After so long no further page is begun. */
  readonly enoughMs: number;
  /** Of what is unpacked in one piece. */
  readonly mostBytesAtOnce: number;
}

export type PdfAnswer =
  | ({ readonly kind: 'text' } & TakenText)
  | { readonly kind: 'password' | 'broken' | 'too_complex' };

/** Nothing is drawn, fetched or run, and nothing is made of fonts but the letters they stand for. */
const OPTIONS = {
  disableFontFace: true,
  useSystemFonts: false,
  useWorkerFetch: false,
  isOffscreenCanvasSupported: false,
  isImageDecoderSupported: false,
  enableXfa: false,
  maxImageSize: 1,
  verbosity: 0,
};
const BETWEEN_PAGES = '\n\n';

/** The text of the pages one after the other, until there is enough of it. */
export async function textOfPdf(request: PdfRequest): Promise<PdfAnswer> {
  const overMs = performance.now() + request.enoughMs;
  try {
    const document = await getDocument({ ...OPTIONS, data: request.bytes }).promise;
    return await textOfPages(document, request, overMs);
  } catch (error) {
    const needsPassword = error instanceof Error && error.name === 'PasswordException';
    return { kind: needsPassword ? 'password' : 'broken' };
  }
}

async function textOfPages(
  document: PDFDocumentProxy,
  { mostPages, mostChars }: PdfRequest,
  overMs: number,
): Promise<PdfAnswer> {
  const pages: string[] = [];
  let chars = 0;
  let read = 0;
  while (read < Math.min(document.numPages, mostPages) && chars <= mostChars) {
    if (read > 0 && performance.now() > overMs) break;
    read += 1;
    const text = await textOfPage(document, read);
    if (text === '') continue;
    pages.push(text);
    chars += text.length + BETWEEN_PAGES.length;
  }
  const taken = cutText(pages.join(BETWEEN_PAGES).toWellFormed(), mostChars);
  return { kind: 'text', text: taken.text, isCut: taken.isCut || read < document.numPages };
}

async function textOfPage(document: PDFDocumentProxy, number: number): Promise<string> {
  const page = await document.getPage(number);
  const { items } = await page.getTextContent();
  const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : ''));
  page.cleanup();
  return text.join('').replaceAll('\0', '').trim();
}

parentPort?.once('message', (request: PdfRequest) => {
  const answer = (what: PdfAnswer) => parentPort!.postMessage(what);
  // At once: whoever asked for so much may go on and on.
  limitUnpacking(request.mostBytesAtOnce, () => answer({ kind: 'too_complex' }));
  void textOfPdf(request).then(answer);
});
