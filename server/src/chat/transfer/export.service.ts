import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { type FastifyReply } from 'fastify';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { contentDisposition } from '../../infrastructure/http/content-disposition.js';
import { type Principal } from '../../infrastructure/http/principal.js';
import { OwnedConversationsService } from '../conversations/owned-conversations.service.js';
import { ExportArchiveService } from './export-archive.service.js';
import { fileName } from './export-names.js';
import { asJson, asMarkdown } from './exported-conversation.js';
import { ExportedConversationsService } from './exported-conversations.service.js';
import { type ExportFormat } from './transfer.dto.js';
import { zip } from './zip-stream.js';

/** Archives that this process makes at a time; of one person, one. */
const MOST_ARCHIVES = 8;
const TYPES = { markdown: 'text/markdown; charset=utf-8', json: 'application/json; charset=utf-8' };
const ENDINGS = { markdown: 'md', json: 'json' };

/** Conversations as files to keep, written as they are read. */
@Injectable()
export class ExportService {
  private readonly exporting = new Set<string>();

  constructor(
    private readonly owned: OwnedConversationsService,
    private readonly exported: ExportedConversationsService,
    private readonly archive: ExportArchiveService,
    private readonly clock: ClockService,
  ) {}

  /** @throws AppError not_found */
  async one(
    userId: string,
    { id, format }: { id: string; format: ExportFormat },
    reply: FastifyReply,
  ): Promise<void> {
    const conversation = await this.owned.find(userId, id);
    const folders = await this.exported.folderNames(userId);
    const text =
      format === 'json'
        ? asJson(this.exported.whole(conversation, folders))
        : asMarkdown(this.exported.shown(conversation));
    const name = `${fileName(conversation.title, 'conversation')}.${ENDINGS[format]}`;
    this.send(reply, { name, type: TYPES[format], chunks: text });
  }

  /** @throws AppError rate_limit_exceeded: one is being made already; overloaded */
  // eslint-disable-next-line @typescript-eslint/require-await -- as a handler of a route it rejects
  async all({ ownerId }: Principal, reply: FastifyReply): Promise<void> {
    if (this.exporting.has(ownerId)) throw alreadyExporting();
    if (this.exporting.size >= MOST_ARCHIVES) throw tooManyExports();
    const name = `Lumen ${this.clock.now().toISOString().slice(0, 10)}.zip`;
    const chunks = zip(this.archive.files(ownerId));
    this.exporting.add(ownerId);
    const body = this.send(reply, { name, type: 'application/zip', chunks });
    body.once('close', () => this.exporting.delete(ownerId));
  }

  /** At the speed of whoever takes it; who leaves ends the reading. */
  private send(
    reply: FastifyReply,
    file: { name: string; type: string; chunks: AsyncGenerator<string | Buffer> },
  ): Readable {
    const body = Readable.from(file.chunks, { objectMode: false });
    reply.headers({
      'content-type': file.type,
      'content-disposition': contentDisposition('attachment', file.name),
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    });
    reply.send(body);
    return body;
  }
}

const alreadyExporting = () =>
  new AppError(
    'rate_limit_exceeded',
    'Your data is being exported already. Wait until that file is complete, or stop it.',
    { retryAfterS: 10 },
  );

const tooManyExports = () =>
  new AppError(
    'overloaded',
    'Too many people export their data at the moment. Try again in a minute.',
    { retryAfterS: 60 },
  );
