import { deflateSync } from 'node:zlib';

/** PDFs written by hand, with one thing wrong with each. */

type PdfObject = string | Buffer;

/** A document of these objects, the first of which is its catalogue. */
export function pdfOfObjects(objects: readonly PdfObject[], trailer = ''): Buffer {
  const parts = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let at = parts[0]!.length;
  for (const [index, object] of objects.entries()) {
    const part = Buffer.concat([
      Buffer.from(`${index + 1} 0 obj\n`),
      Buffer.from(object),
      Buffer.from('\nendobj\n'),
    ]);
    offsets.push(at);
    parts.push(part);
    at += part.length;
  }
  const lines = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${lines}` +
        `trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

/** A document with a page for each text, or for each stream of drawing operators. */
export function pdfOf(pages: readonly PdfObject[], trailer = ''): Buffer {
  const kids = pages.map((_, index) => `${4 + 2 * index} 0 R`).join(' ');
  const objects: PdfObject[] = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  for (const [index, page] of pages.entries()) {
    objects.push(
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] ' +
        `/Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + 2 * index} 0 R >>`,
      typeof page === 'string' ? streamOf(drawn(page)) : page,
    );
  }
  return pdfOfObjects(objects, trailer);
}

/** One that no empty password opens. */
export function lockedPdf(): Buffer {
  const key = `/O <${'ab'.repeat(32)}> /U <${'cd'.repeat(32)}>`;
  const id = `<${'00'.repeat(16)}>`;
  const trailer = `/Encrypt << /Filter /Standard /V 1 /R 2 ${key} /P -4 >> /ID [${id} ${id}]`;
  return pdfOf(['Secret'], trailer);
}

/** A few kilobytes that unpack to so many. */
export function bombPdf(bytes: number): Buffer {
  const packed = deflateSync(deflateSync(Buffer.alloc(bytes, ' '), { level: 9 }), { level: 9 });
  return pdfOf([streamOf(packed, '/Filter [/FlateDecode /FlateDecode]')]);
}

const LEVELS = 12;

/** A small one whose drawings each draw the next ten times, so that its one word is said 10¹² times. */
export function endlessPdf(): Buffer {
  const first = 6;
  const form = (content: string, resources: string) =>
    streamOf(
      Buffer.from(content),
      `/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << ${resources} >>`,
    );
  const next = (level: number) => `/XObject << /X ${first + level} 0 R >>`;
  const levels = Array.from({ length: LEVELS }, (_, level) =>
    form('/X Do '.repeat(10), next(level + 1)),
  );
  return pdfOfObjects([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [4 0 R] >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << ${next(0)} >> /Contents 5 0 R >>`,
    streamOf(Buffer.from('/X Do')),
    ...levels,
    form('BT /F1 1 Tf (word) Tj ET', '/Font << /F1 3 0 R >>'),
  ]);
}

function streamOf(content: Buffer, facts = ''): Buffer {
  return Buffer.concat([
    Buffer.from(`<< /Length ${content.length} ${facts} >>\nstream\n`),
    content,
    Buffer.from('\nendstream'),
  ]);
}

function drawn(text: string): Buffer {
  const escaped = text.replace(/[\\()]/g, '\\$&');
  return Buffer.from(`BT /F1 12 Tf 72 700 Td (${escaped}) Tj ET`, 'latin1');
}
