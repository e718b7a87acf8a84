import { fileTypeFromBuffer } from 'file-type';
import { type ImageType } from './image-size.js';
import { encodingOf, readText, type TakenText } from './text-reading.js';

/** A file that was received, to be read as often as it takes. */
export interface ReceivedFile {
  readonly size: number;
  chunks(): AsyncIterable<Buffer>;
}

/** What a file is, by what is in it. */
export type ContentKind =
  | ({ readonly kind: 'text'; readonly isSvg: boolean } & TakenText)
  | { readonly kind: 'pdf' }
  | { readonly kind: 'image'; readonly mediaType: ImageType; readonly extension: string }
  /** `description`: "a ZIP archive"; null: nobody knows. */
  | { readonly kind: 'other'; readonly description: string | null };

/** What comes before the header of a PDF in some. */
const PDF_HEADER_WITHIN = 1_024;
const PDF_HEADER = '%PDF-';
const SVG = /<svg[\s>]/i;
const SVG_WITHIN = 4_096;

const IMAGES: Readonly<Record<string, { mediaType: ImageType; extension: string }>> = {
  'image/png': { mediaType: 'image/png', extension: 'png' },
  'image/apng': { mediaType: 'image/png', extension: 'png' },
  'image/jpeg': { mediaType: 'image/jpeg', extension: 'jpg' },
  'image/gif': { mediaType: 'image/gif', extension: 'gif' },
  'image/webp': { mediaType: 'image/webp', extension: 'webp' },
};

const PROGRAMS = new Set(['exe', 'elf', 'macho', 'wasm', 'class', 'dex', 'msi', 'deb', 'rpm']);
const OFFICE = new Set(['docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'cfb', 'rtf', 'epub']);
const ARCHIVES = new Set('zip tar gz bz2 xz 7z rar zst lz4 jar apk cab dmg iso'.split(' '));

/**
 * Recognises a file by its content; `head` is its beginning. What is text throughout is text, whatever
 * two letters it begins with: "MZ" begins a program as well as a report about Mainz.
 */
export async function contentKind(
  file: ReceivedFile,
  head: Buffer,
  mostChars: number,
): Promise<ContentKind> {
  if (head.toString('latin1', 0, PDF_HEADER.length) === PDF_HEADER) return { kind: 'pdf' };
  const text = await readText(file.chunks(), encodingOf(head), mostChars);
  if (text) return textOf(text);
  const known = await knownKind(head);
  if (known) return known;
  if (head.subarray(0, PDF_HEADER_WITHIN).includes(PDF_HEADER)) return { kind: 'pdf' };
  const older = await readText(file.chunks(), 'windows-1252', mostChars);
  return older ? textOf(older) : { kind: 'other', description: null };
}

function textOf(taken: TakenText): ContentKind {
  const start = taken.text.slice(0, SVG_WITHIN).trimStart();
  return { kind: 'text', isSvg: start.startsWith('<') && SVG.test(start), ...taken };
}

async function knownKind(head: Buffer): Promise<ContentKind | null> {
  // Made to confuse whoever reads it: then it is nothing that anybody knows.
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (!found) return null;
  const image = IMAGES[found.mime];
  if (image) return { kind: 'image', ...image };
  return { kind: 'other', description: described(found.ext, found.mime) };
}

function described(extension: string, mediaType: string): string {
  const name = extension.toUpperCase();
  if (PROGRAMS.has(extension)) return `a program (${name})`;
  if (OFFICE.has(extension)) return `an office document (${name})`;
  if (ARCHIVES.has(extension)) return `an archive (${name})`;
  const [family] = mediaType.split('/');
  if (family === 'image') return `an image of a kind that models do not read (${name})`;
  if (family === 'audio' || family === 'video') return `${family} (${name})`;
  return `a file of the type ${name}`;
}
