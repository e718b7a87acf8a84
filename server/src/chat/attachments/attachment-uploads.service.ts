import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type FastifyRequest } from 'fastify';
import { IsNull, Repository } from 'typeorm';
import { ConfigurationService } from '../../config/configuration.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { newId } from '../../infrastructure/crypto/identifiers.js';
import { EncryptedFile } from '../../infrastructure/http/forms/encrypted-file.js';
import { callerLeft } from '../../infrastructure/http/forms/form-errors.js';
import { type FormPart } from '../../infrastructure/http/forms/form-part.js';
import { type FormTerms } from '../../infrastructure/http/forms/form-reader.js';
import { IncomingForms } from '../../infrastructure/http/forms/incoming-forms.js';
import { AttachmentContentsService } from './attachment-contents.service.js';
import { Attachment } from './attachment.entity.js';
import { AttachmentReadingService, type ReadFile } from './reading/attachment-reading.service.js';
import {
  switchedOff,
  tooLarge,
  tooManyAtOnce,
  tooManyWaiting,
} from './reading/attachment-refusals.js';
import { nameRefusal, shownName } from './reading/name-rules.js';

const PLACES = { most: 64, mostOfCaller: 16, refusal: tooManyAtOnce };
/** Of one person, that no question has yet. */
const MOST_WAITING = 50;
const MEGABYTE = 1_000_000;

/** Receives files: encrypted to the disk as they come, read, and put into the database sealed. */
@Injectable()
export class AttachmentUploadsService implements OnModuleDestroy {
  private readonly forms: IncomingForms;

  constructor(
    private readonly configuration: ConfigurationService,
    private readonly clock: ClockService,
    @InjectRepository(Attachment) private readonly attachments: Repository<Attachment>,
    private readonly contents: AttachmentContentsService,
    private readonly reading: AttachmentReadingService,
  ) {
    this.forms = new IncomingForms(clock, PLACES);
  }

  /** Reads one file of a form. @throws AppError why it is refused, for the person to read */
  receive(userId: string, request: FastifyRequest): Promise<Attachment> {
    return this.forms.withPlace(request, userId, async () => {
      const terms = this.terms();
      this.forms.check(request, terms);
      const waiting = await this.attachments.countBy({ userId, conversationId: IsNull() });
      if (waiting >= MOST_WAITING) throw tooManyWaiting(MOST_WAITING);
      await using file = await EncryptedFile.create();
      const name = nameIn(await this.forms.read(request, file, terms));
      const read = await this.readFile(request, { userId, name, file });
      return await this.keep({ userId, name, file }, read);
    });
  }

  onModuleDestroy(): void {
    this.forms.close();
  }

  private terms(): FormTerms {
    const { maxFiles, maxSizeMb, allowedExtensions } = this.configuration.current.chat.upload;
    if (maxFiles === 0) throw switchedOff();
    const fileBytes = Math.floor(maxSizeMb * MEGABYTE);
    return {
      fileBytes,
      unnamed: 'file',
      tooLarge: () => tooLarge(fileBytes),
      refusal: (filename) => nameRefusal(filename, allowedExtensions),
    };
  }

  /** Given up when the person leaves meanwhile. */
  private async readFile(request: FastifyRequest, received: Received): Promise<ReadFile> {
    const { file, name, userId } = received;
    const { socket } = request.raw;
    const left = new AbortController();
    const leave = () => left.abort(callerLeft());
    socket.once('close', leave);
    if (socket.destroyed) leave();
    try {
      const { size } = file;
      const chunks = () => file.chunks();
      const head = (length: number) => file.head(length);
      return await this.reading.read({ name, userId, size, chunks, head }, left.signal);
    } finally {
      socket.off('close', leave);
    }
  }

  /** Nobody knows its id until all of it is there; what a crash leaves half is swept away like others. */
  private async keep({ userId, name, file }: Received, read: ReadFile): Promise<Attachment> {
    const { text, ...facts } = read;
    const id = newId();
    const attachment = this.attachments.create({
      ...facts,
      id,
      userId,
      conversationId: null,
      contentId: id,
      name,
      size: file.size,
      createdAt: this.clock.now(),
    });
    await this.attachments.insert(attachment);
    try {
      await this.contents.keep(id, 'file', file.chunks());
      if (text !== null) await this.contents.keep(id, 'text', [Buffer.from(text)]);
    } catch (error) {
      await this.attachments.delete({ id }).catch(() => undefined);
      throw error;
    }
    return attachment;
  }
}

interface Received {
  readonly userId: string;
  readonly name: string;
  readonly file: EncryptedFile;
}

function nameIn(parts: readonly FormPart[]): string {
  const file = parts.find((part) => part.kind === 'file');
  return shownName(file?.filename ?? '');
}
