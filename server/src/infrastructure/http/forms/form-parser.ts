import { Busboy, type BusboyEvents, type BusboyInstance } from '@fastify/busboy';
import { noBoundary } from './form-errors.js';

/** Name, value, whether they were cut, encoding and type. */
export type FieldOfForm = Parameters<BusboyEvents['field']>;
/** Name, content, the file's own name, encoding and type. */
export type FileOfForm = Parameters<BusboyEvents['file']>;

export const MOST_FIELDS = 64;
const LONGEST_FIELD_BYTES = 2 ** 20;
const MOST_HEADERS_OF_PART = 16;
const LONGEST_PART_HEADERS = 8 * 1024;

/** A parser of one form, within what any form may need. @throws AppError invalid_request */
export function parserFor(contentType: string, fileBytes: number): BusboyInstance {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      limits: {
        fileSize: fileBytes,
        files: 1,
        fields: MOST_FIELDS,
        fieldSize: LONGEST_FIELD_BYTES,
        headerPairs: MOST_HEADERS_OF_PART,
        headerSize: LONGEST_PART_HEADERS,
      },
    });
  } catch {
    throw noBoundary();
  }
}
