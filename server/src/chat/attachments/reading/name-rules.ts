import path from 'node:path';
import { type AppError } from '../../../infrastructure/errors/app-error.js';
import { type ContentKind } from './content-kind.js';
import { refusal } from './attachment-refusals.js';

const IMAGE_EXTENSIONS = new Set(['png', 'jpg', 'jpeg', 'gif', 'webp']);
/** Images of other kinds: models read none, and a text by such a name is no use either. */
const OTHER_IMAGES = new Set('apng avif bmp heic heif ico jxl svg tif tiff'.split(' '));
// eslint-disable-next-line no-control-regex
const UNSHOWN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A name as it is kept: without what would make it look like another, such as turned-round letters. */
export function shownName(filename: string): string {
  const name = filename.toWellFormed().normalize('NFC').replace(UNSHOWN, '').trim();
  return name === '' ? 'file' : name;
}

/** Why a file is refused by its name alone; null: it is not. */
export function nameRefusal(filename: string, allowed: readonly string[]): AppError | null {
  const name = shownName(filename);
  const extension = extensionOf(name);
  if (extension === '') {
    return refusal(
      'extension',
      `"${name}" has no ending that says what it is. Give it one, such as .txt.`,
    );
  }
  if (allowed.includes(extension)) return null;
  return refusal(
    'extension',
    `Files ending in .${extension} are not taken here. Taken are ${allowed.join(', ')}.`,
  );
}

/** Why a file's content does not go with its name, or is not allowed; null: all is well. */
export function contentRefusal(
  name: string,
  content: ContentKind,
  allowed: readonly string[],
): AppError | null {
  const extension = extensionOf(name);
  switch (content.kind) {
    case 'text':
      return isText(extension) ? null : mismatch(name, content.isSvg ? AN_SVG : 'text', '.txt');
    case 'pdf':
      return extension === 'pdf' ? null : mismatch(name, 'a PDF', '.pdf');
    case 'image':
      if (!isAllowedImage(content.extension, allowed)) return notAllowed(content.extension);
      return IMAGE_EXTENSIONS.has(extension)
        ? null
        : mismatch(name, `an image (${content.extension.toUpperCase()})`, `.${content.extension}`);
    case 'other':
      return unreadable(name, content.description);
  }
}

const AN_SVG = 'a drawing written as text (SVG)';

function extensionOf(name: string): string {
  return path.extname(name).slice(1).toLowerCase();
}

function isText(extension: string): boolean {
  const isImage = IMAGE_EXTENSIONS.has(extension) || OTHER_IMAGES.has(extension);
  return extension !== 'pdf' && (!isImage || extension === 'svg');
}

function isAllowedImage(extension: string, allowed: readonly string[]): boolean {
  return allowed.includes(extension) || (extension === 'jpg' && allowed.includes('jpeg'));
}

function notAllowed(extension: string): AppError {
  return refusal(
    'extension',
    `The file is an image of the type ${extension.toUpperCase()}, which is not taken here.`,
  );
}

function mismatch(name: string, found: string, ending: string): AppError {
  return refusal(
    'mismatch',
    `"${name}" is ${found} by its content, which its name does not say. Give it the ending ` +
      `${ending} if you trust it.`,
  );
}

function unreadable(name: string, description: string | null): AppError {
  if (description === null) {
    return refusal(
      'unknown_type',
      `"${name}" is neither text nor an image nor a PDF. Attach what is in it as one of these.`,
    );
  }
  return refusal(
    'mismatch',
    `"${name}" is ${description} by its content, which no model can read here. Attach what is in ` +
      'it as text, as an image or as a PDF.',
  );
}
