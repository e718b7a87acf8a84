import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { begun } from '../../infrastructure/collections/begun.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { AttachmentContentsService } from '../attachments/attachment-contents.service.js';
import { Attachment } from '../attachments/attachment.entity.js';
import { type Conversation } from '../conversations/conversation.entity.js';
import { Preset } from '../presets/preset.entity.js';
import { fileName } from './export-names.js';
import { asJson, asMarkdown, FORMAT_VERSION } from './exported-conversation.js';
import { ExportedConversationsService } from './exported-conversations.service.js';
import { type ZipFile } from './zip-stream.js';

const EXPORT_FORMAT = 'lumen-export';
/** Of the end of an id, which is random; its beginning is a time. */
const ID_END = 12;

/** The files of everything that a person has in the chat. */
@Injectable()
export class ExportArchiveService {
  constructor(
    private readonly exported: ExportedConversationsService,
    @InjectRepository(Preset) private readonly presets: Repository<Preset>,
    @InjectRepository(Attachment) private readonly attachments: Repository<Attachment>,
    private readonly contents: AttachmentContentsService,
    private readonly clock: ClockService,
  ) {}

  /** Read when their turn comes. */
  async *files(userId: string): AsyncGenerator<ZipFile> {
    const folders = await this.exported.folderNames(userId);
    yield await this.contentsFile(userId, [...folders.values()]);
    for await (const conversation of this.exported.all(userId)) {
      const name = nameOf(conversation);
      const at = conversation.updatedAt;
      const shown = asMarkdown(this.exported.shown(conversation));
      yield { path: `conversations/${name}.md`, at, chunks: shown };
      const whole = asJson(this.exported.whole(conversation, folders));
      yield { path: `conversations/${name}.json`, at, chunks: whole };
      yield* this.attached(conversation, `attachments/${name}`);
    }
  }

  private async contentsFile(userId: string, folders: readonly string[]): Promise<ZipFile> {
    const presets = await this.presets.find({ where: { userId }, order: { id: 'ASC' } });
    const at = this.clock.now();
    const text = JSON.stringify(
      {
        format: EXPORT_FORMAT,
        version: FORMAT_VERSION,
        exportedAt: at.toISOString(),
        folders,
        presets: presets.map(({ name, model, settings }) => ({ name, model, settings })),
      },
      null,
      2,
    );
    return { path: 'lumen.json', at, chunks: only(`${text}\n`) };
  }

  private async *attached({ id }: Conversation, folder: string): AsyncGenerator<ZipFile> {
    const attachments = await this.attachments.find({
      where: { conversationId: id },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
    for (const attachment of attachments) {
      const path = `${folder}/${endOf(attachment.id)} ${fileName(attachment.name, 'file')}`;
      yield* this.attachedFile(attachment, path);
    }
  }

  /** One that cannot be read any more does not keep a person from the rest. */
  private async *attachedFile(attachment: Attachment, path: string): AsyncGenerator<ZipFile> {
    const at = attachment.createdAt;
    try {
      const chunks = await begun(this.contents.open(attachment, 'file', attachment.size));
      yield { path, at, chunks };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      yield { path: `${path} (unreadable).txt`, at, chunks: only(`${error.message}\n`) };
    }
  }
}

function nameOf({ id, title, updatedAt }: Conversation): string {
  const day = updatedAt.toISOString().slice(0, 10);
  return `${day} ${fileName(title, 'Conversation')} ${endOf(id)}`;
}

const endOf = (id: string) => id.slice(-ID_END);

// eslint-disable-next-line @typescript-eslint/require-await -- as others that are read are
async function* only(text: string): AsyncGenerator<string> {
  yield text;
}
