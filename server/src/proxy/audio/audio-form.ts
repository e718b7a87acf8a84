import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { type FormField, type FormPart } from '../../infrastructure/http/forms/form-part.js';
import { type TemporaryFile } from '../../infrastructure/http/forms/temporary-file.js';
import { type AudioLength } from './audio-length.js';

/** A form as a backend gets it. */
export interface MultipartBody {
  readonly contentType: string;
  readonly contentLength: number;
  readonly body: Readable;
}

const MEDIA_TYPE = /^[\w.+-]+\/[\w.+-]+$/;
const END_OF_LINE = '\r\n';

/** A form with one file that was received; its file is open until whoever received it closes it. */
export class AudioForm {
  constructor(
    readonly parts: readonly FormPart[],
    readonly length: AudioLength,
    private readonly file: TemporaryFile,
  ) {}

  /** The values of a field, in the order they came. */
  valuesOf(name: string): string[] {
    return this.parts.flatMap((part) =>
      part.kind === 'field' && part.name === name ? [part.value] : [],
    );
  }

  /** The parts in the order they came, the model exchanged, or put first if none was named. */
  bodyWith(model: string): MultipartBody {
    const boundary = `lumen-${randomUUID()}`;
    const named = this.parts.some(isModel);
    const parts = named ? this.parts : [modelField(model), ...this.parts];
    const at = parts.findIndex(({ kind }) => kind === 'file');
    const text = (part: FormPart) => partText(boundary, isModel(part) ? modelField(model) : part);
    const head = Buffer.from(
      parts
        .slice(0, at + 1)
        .map(text)
        .join(END_OF_LINE),
    );
    const closing = `--${boundary}--${END_OF_LINE}`;
    const tail = Buffer.from(
      END_OF_LINE + [...parts.slice(at + 1).map(text), closing].join(END_OF_LINE),
    );
    return {
      contentType: `multipart/form-data; boundary=${boundary}`,
      contentLength: head.length + this.file.size + tail.length,
      body: Readable.from(concatenated(head, this.file, tail), { objectMode: false }),
    };
  }
}

async function* concatenated(
  head: Buffer,
  file: TemporaryFile,
  tail: Buffer,
): AsyncGenerator<Buffer> {
  yield head;
  yield* file.chunks();
  yield tail;
}

/** A part from its boundary on; of the file only what stands before its content. */
function partText(boundary: string, part: FormPart): string {
  const { contentType } = part;
  const isFile = part.kind === 'file';
  const filename = isFile ? `; filename="${quoted(part.filename)}"` : '';
  const lines = [
    `--${boundary}`,
    `Content-Disposition: form-data; name="${quoted(part.name)}"${filename}`,
  ];
  if (contentType && MEDIA_TYPE.test(contentType)) lines.push(`Content-Type: ${contentType}`);
  return [...lines, '', isFile ? '' : part.value].join(END_OF_LINE);
}

/** As browsers write it: nothing in a name can end the header that it stands in. */
function quoted(name: string): string {
  return name.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
}

function modelField(model: string): FormField {
  return { kind: 'field', name: 'model', value: model, contentType: null };
}

function isModel(part: FormPart): boolean {
  return part.kind === 'field' && part.name === 'model';
}
