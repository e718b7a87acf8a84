import { type Readable } from 'node:stream';
import { type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { type AppError } from '../../errors/app-error.js';
import {
  brokenForm,
  callerLeft,
  emptyFile,
  fileTooLarge,
  invalidForm,
  longField,
  noFile,
  storageFailure,
  unnamedField,
} from './form-errors.js';
import { FormFeed } from './form-feed.js';
import { type FieldOfForm, type FileOfForm, MOST_FIELDS, parserFor } from './form-parser.js';
import { type FormPart } from './form-part.js';

const LONGEST_NAME = 200;
const LONGEST_ENDING = 20;
/** All fields together; clips of speakers' voices are sent as texts. */
const MOST_FIELD_BYTES = 4 * 2 ** 20;
const PLAIN = 'text/plain';

/** What a form may have beside its file: its fields, and what stands between them. */
export const FORM_ROOM_BYTES = MOST_FIELD_BYTES + 2 ** 20;

/** What a form may have. */
export interface FormTerms {
  readonly fileBytes: number;
  /** How a file is called that has no name. */
  readonly unnamed: string;
  /** What to say of a file with more than `fileBytes`. */
  readonly tooLarge?: () => AppError;
  /** Refuses a file before it comes, by its name; null: it may come. */
  readonly refusal?: (filename: string) => AppError | null;
}

/** Where the file of a form goes. */
export interface FormTarget {
  /** Bytes that it has. */
  readonly size: number;
  append(bytes: Uint8Array): Promise<void>;
}

/**
 * Reads one form as it comes: its file goes to its target at the target's speed, its fields are kept.
 * What is too large or too many ends it at once.
 */
export class FormReader {
  private readonly parts: FormPart[] = [];
  private readonly ended = Promise.withResolvers<void>();
  private fieldBytes = 0;
  private received = 0;
  private content: BusboyFileStream | null = null;
  private storing: Promise<void> | null = null;
  private failure: Error | null = null;

  constructor(
    private readonly file: FormTarget,
    private readonly terms: FormTerms,
  ) {
    // It may be given up before anybody waits for its end.
    this.ended.promise.catch(() => undefined);
  }

  /** Bytes that have come so far. */
  get receivedBytes(): number {
    return this.received;
  }

  /** Ends the reading; `read` rejects with this. */
  giveUp(reason: Error): void {
    this.failure ??= reason;
    this.ended.reject(reason);
  }

  /**
   * Reads the form to its end. Resolves when the whole file is in place; when it rejects, nobody
   * writes to it any more. What is left of the source flows on, to nobody.
   * @throws AppError invalid_request, missing_field, body_too_large, overloaded
   */
  async read(source: Readable, contentType: string): Promise<readonly FormPart[]> {
    const parser = this.open(contentType);
    const count = (chunk: Buffer) => this.count(chunk.length);
    const left = () => {
      if (!source.readableEnded) this.giveUp(callerLeft());
    };
    source.on('data', count).once('close', left).once('error', left);
    const feed = new FormFeed(parser).on('error', () => undefined);
    source.pipe(feed);
    if (source.destroyed) left();
    try {
      await this.ended.promise;
      await this.storing;
      if (this.failure) throw this.failure;
      if (this.file.size === 0) throw this.storing ? emptyFile() : noFile();
      return this.parts;
    } finally {
      source.unpipe(feed).off('data', count).off('close', left);
      feed.destroy();
      await this.stop(parser);
      source.resume();
    }
  }

  private open(contentType: string): BusboyInstance {
    const parser = parserFor(contentType, this.terms.fileBytes);
    parser.on('field', (...field) => this.takeField(field));
    parser.on('file', (...file) => this.takeFile(file));
    parser.on('filesLimit', () =>
      this.giveUp(invalidForm('file', 'There is more than one file. Send one a request.')),
    );
    const tooMany = () =>
      this.giveUp(brokenForm(`it has more than ${MOST_FIELDS} fields, which nothing needs`));
    parser.on('fieldsLimit', tooMany).on('partsLimit', tooMany);
    parser.on('error', (error: unknown) => this.giveUp(brokenForm(reasonOf(error))));
    parser.on('finish', () => this.ended.resolve());
    return parser;
  }

  private count(bytes: number): void {
    this.received += bytes;
    if (this.received > this.terms.fileBytes + FORM_ROOM_BYTES) this.giveUp(tooLarge(this.terms));
  }

  private takeField([name, value, , isCut, , type]: FieldOfForm): void {
    this.fieldBytes += value.length;
    if (!isName(name)) this.giveUp(unnamedField());
    else if (isCut || this.fieldBytes > MOST_FIELD_BYTES) this.giveUp(longField(name));
    else if (name === 'file') this.giveUp(invalidForm('file', '"file" must be a file.'));
    else {
      const contentType = type === PLAIN ? null : type;
      this.parts.push({ kind: 'field', name, value, contentType });
    }
  }

  private takeFile([name, stream, filename, , type]: FileOfForm): void {
    stream.on('error', () => undefined);
    stream.once('limit', () => this.giveUp(tooLarge(this.terms)));
    this.content = stream;
    if (name !== 'file') {
      this.giveUp(invalidForm('file', `The file must be in the field "file".`));
      return;
    }
    const shown = shortened(filename ?? '') || this.terms.unnamed;
    const refusal = this.terms.refusal?.(shown);
    if (refusal) {
      this.giveUp(refusal);
      return;
    }
    this.parts.push({ kind: 'file', name, filename: shown, contentType: type });
    this.storing = this.store(stream);
  }

  private async store(stream: BusboyFileStream): Promise<void> {
    try {
      for await (const chunk of stream) await this.keep(chunk as Buffer);
    } catch (error) {
      this.giveUp(brokenForm(reasonOf(error)));
    }
  }

  private async keep(chunk: Buffer): Promise<void> {
    try {
      await this.file.append(chunk);
    } catch (error) {
      this.giveUp(storageFailure(error as Error));
      throw error;
    }
  }

  private async stop(parser: BusboyInstance): Promise<void> {
    parser.removeAllListeners();
    parser.on('error', () => undefined);
    this.content?.destroy();
    parser.destroy();
    await this.storing;
  }
}

/** What to say of a file with more bytes than these terms allow. */
export function tooLarge({ fileBytes, tooLarge: say }: FormTerms): AppError {
  return say?.() ?? fileTooLarge(fileBytes);
}

/** The end stays, which says what kind of file it is. */
function shortened(filename: string): string {
  if (filename.length <= LONGEST_NAME) return filename;
  const start = filename.slice(0, LONGEST_NAME - LONGEST_ENDING).toWellFormed();
  return `${start}${filename.slice(-LONGEST_ENDING)}`.toWellFormed();
}

function isName(name: string | undefined): name is string {
  return name !== undefined && name !== '' && name.length <= LONGEST_NAME;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'it is broken';
}
