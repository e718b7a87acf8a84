import { Injectable } from '@nestjs/common';
import { ConfigurationService } from '../../../config/configuration.service.js';
import { type AppError } from '../../../infrastructure/errors/app-error.js';
import { type Attachment } from '../attachment.entity.js';
import { refusal, tooManyAtOnce } from './attachment-refusals.js';
import { tokensOfImage, tokensOfText } from './attachment-tokens.js';
import { contentKind, type ReceivedFile } from './content-kind.js';
import { imageSize, type ImageType } from './image-size.js';
import { contentRefusal } from './name-rules.js';
import { type PdfReading, readPdf } from './pdf-reader.js';
import { NoTurnError, ReadingTurns } from './reading-turns.js';
import { type TakenText } from './text-reading.js';

const PROGRAM = new URL('./pdf-text.worker.js', import.meta.url);
const TURNS = { atOnce: 2, mostWaiting: 32, longestWaitMs: 60_000 };
const SECOND = 1_000;
/** What a file is shows in its beginning; of photographs, small pictures of them stand before it. */
const HEAD_BYTES = 2 ** 20;
/** A browser or a backend that decodes it needs four bytes for each pixel. */
const MOST_PIXELS = 50_000_000;
const LONGEST_SIDE = 16_384;

export interface FileToRead extends ReceivedFile {
  readonly name: string;
  readonly userId: string;
  head(length: number): Promise<Buffer>;
}

/** What is known of a file once it was read. */
export type ReadFile = Pick<Attachment, 'kind' | 'mediaType' | 'textChars' | 'isCut' | 'tokens'> & {
  /** For the model; null: it is shown the file itself. */
  readonly text: string | null;
};

/** Finds out what files are, and takes the text out of them, however they were made. */
@Injectable()
export class AttachmentReadingService {
  private readonly turns = new ReadingTurns(TURNS);

  constructor(private readonly configuration: ConfigurationService) {}

  /** @throws AppError why it is refused; with `signal` aborted, its reason */
  async read(file: FileToRead, signal: AbortSignal): Promise<ReadFile> {
    const { allowedExtensions, maxTextChars } = this.configuration.current.chat.upload;
    const head = await file.head(HEAD_BYTES);
    const content = await contentKind(file, head, maxTextChars);
    const refused = contentRefusal(file.name, content, allowedExtensions);
    if (refused) throw refused;
    switch (content.kind) {
      case 'text':
        return { kind: 'text', mediaType: 'text/plain', ...textFacts(content) };
      case 'image':
        return imageFacts(file.name, content.mediaType, head);
      case 'pdf':
        return { kind: 'pdf', mediaType: 'application/pdf', ...(await this.pdfText(file, signal)) };
      case 'other':
        throw new Error('Every other content is refused.');
    }
  }

  private async pdfText(file: FileToRead, signal: AbortSignal) {
    const reading = await this.pdfReading(file, signal);
    if (reading.kind !== 'text') throw pdfRefusal(file.name, reading.kind);
    if (reading.text.trim() === '') throw pdfRefusal(file.name, 'no_text');
    return textFacts(reading);
  }

  private async pdfReading(file: FileToRead, signal: AbortSignal): Promise<PdfReading> {
    const { upload } = this.configuration.current.chat;
    const limits = {
      mostPages: upload.maxPdfPages,
      mostChars: upload.maxTextChars,
      timeMs: upload.extractTimeoutS * SECOND,
      memoryMb: upload.extractMemoryMb,
    };
    try {
      return await this.turns.take(file.userId, signal, async () =>
        readPdf(PROGRAM, await wholeOf(file), limits, signal),
      );
    } catch (error) {
      if (error instanceof NoTurnError) throw tooManyAtOnce();
      throw error;
    }
  }
}

function textFacts({ text, isCut }: TakenText) {
  return { text, isCut, textChars: text.length, tokens: tokensOfText(text) };
}

function imageFacts(name: string, mediaType: ImageType, head: Buffer): ReadFile {
  const size = imageSize(mediaType, head);
  if (!size) {
    throw refusal(
      'broken',
      `The image "${name}" is broken. Open it, save it anew and attach that.`,
    );
  }
  const { width, height } = size;
  if (width * height > MOST_PIXELS || Math.max(width, height) > LONGEST_SIDE) {
    throw refusal(
      'too_many_pixels',
      `The image "${name}" has ${width} × ${height} pixels; at most ${MOST_PIXELS / 1e6} million ` +
        `and ${LONGEST_SIDE} on a side are taken. Attach a smaller one.`,
    );
  }
  const tokens = tokensOfImage(size);
  return { kind: 'image', mediaType, text: null, textChars: null, isCut: false, tokens };
}

type PdfRefusal = Exclude<PdfReading['kind'], 'text'> | 'no_text';

const PDF_REFUSALS: Readonly<Record<PdfRefusal, string>> = {
  password: 'needs a password. Attach a copy without one.',
  broken: 'is broken and cannot be read. Open it, print it into a new PDF and attach that.',
  no_text:
    'has no text in it; its pages are pictures, perhaps from a scanner. Attach one with text ' +
    'recognised, or its pages as images.',
  too_long: 'takes too long to read. Attach the pages of it that matter.',
  too_complex: 'takes too much memory to read. Attach the pages of it that matter.',
};

function pdfRefusal(name: string, kind: PdfRefusal): AppError {
  return refusal(kind, `The PDF "${name}" ${PDF_REFUSALS[kind]}`);
}

/** In one piece that can be handed to a thread. */
async function wholeOf(file: ReceivedFile): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(file.size);
  let at = 0;
  for await (const chunk of file.chunks()) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
