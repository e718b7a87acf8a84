import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type EntityManager, IsNull, Repository } from 'typeorm';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { Conversation } from '../conversations/conversation.entity.js';
import { AttachmentContentsService } from './attachment-contents.service.js';
import { AttachmentDownloadsService } from './attachment-downloads.service.js';
import { type AttachTarget, AttachmentLinksService } from './attachment-links.service.js';
import { AttachmentUploadsService } from './attachment-uploads.service.js';
import { Attachment } from './attachment.entity.js';
import { type AttachmentDto } from './attachments.dto.js';

/** What of an attachment a model is told. */
export type AttachedContent =
  | { readonly kind: 'text'; readonly name: string; readonly text: string }
  | {
      readonly kind: 'image';
      readonly name: string;
      readonly mediaType: string;
      readonly bytes: Buffer;
    };

/** Files that people give to their conversations. */
@Injectable()
export class AttachmentsService {
  constructor(
    @InjectRepository(Attachment) private readonly attachments: Repository<Attachment>,
    private readonly contents: AttachmentContentsService,
    private readonly links: AttachmentLinksService,
    private readonly uploads: AttachmentUploadsService,
    private readonly downloads: AttachmentDownloadsService,
  ) {}

  /** Reads one file of a form. @throws AppError why it is refused, for the person to read */
  async upload(userId: string, request: FastifyRequest): Promise<AttachmentDto> {
    return describe(await this.uploads.receive(userId, request));
  }

  /** @throws AppError not_found, also of one in a conversation that was deleted */
  async download(userId: string, id: string, reply: FastifyReply): Promise<void> {
    const attachment = await this.attachments.findOneBy({ id, userId });
    if (!attachment || (await this.isRemoved(attachment))) throw noSuchFile();
    await this.downloads.send(attachment, reply);
  }

  /** @throws AppError not_found, also of one that a question has */
  async remove(userId: string, id: string): Promise<void> {
    const unasked = { id, userId, conversationId: IsNull() };
    const { affected } = await this.attachments.delete(unasked);
    if (!affected) throw noSuchFile();
  }

  /**
   * Gives attachments to a message, in this order: new ones, and those the conversation has already.
   * @throws AppError not_found, invalid_request (more than `chat.upload.max_files`)
   */
  attach(
    manager: EntityManager,
    target: AttachTarget & { messageId: string },
    attachmentIds: readonly string[],
  ): Promise<void> {
    return this.links.attach(manager, target, attachmentIds);
  }

  /** Of each of these messages that has any, in order. Within a transaction: by its manager. */
  async describe(
    messageIds: readonly string[],
    manager?: EntityManager,
  ): Promise<ReadonlyMap<string, AttachmentDto[]>> {
    const found = await this.links.of(messageIds, manager);
    return new Map([...found].map(([messageId, each]) => [messageId, each.map(describe)]));
  }

  /**
   * Opened, for the model; of each of these messages that has any, in order. Not within a transaction.
   * @throws AppError conflict: one cannot be read any more
   */
  async contentsOf(messageIds: readonly string[]): Promise<ReadonlyMap<string, AttachedContent[]>> {
    const found = await this.links.of(messageIds);
    const opened = new Map<string, AttachedContent>();
    const contents = new Map<string, AttachedContent[]>();
    for (const [messageId, attachments] of found) {
      const all: AttachedContent[] = [];
      for (const attachment of attachments) {
        const content = opened.get(attachment.id) ?? (await this.contentOf(attachment));
        opened.set(attachment.id, content);
        all.push(content);
      }
      contents.set(messageId, all);
    }
    return contents;
  }

  /** For a copy of a conversation: the copied messages get copies of the attachments. */
  copy(
    manager: EntityManager,
    target: AttachTarget,
    copies: ReadonlyMap<string, string>,
  ): Promise<void> {
    return this.links.copy(manager, target, copies);
  }

  private async isRemoved({ conversationId }: Attachment): Promise<boolean> {
    if (conversationId === null) return false;
    const kept = { id: conversationId, removedAt: IsNull() };
    return !(await this.attachments.manager.existsBy(Conversation, kept));
  }

  private async contentOf(attachment: Attachment): Promise<AttachedContent> {
    const { name, kind, mediaType, size } = attachment;
    if (kind !== 'image') {
      return { kind: 'text', name, text: await this.contents.openText(attachment) };
    }
    const bytes = await this.contents.openWhole(attachment, 'file', size);
    return { kind, name, mediaType, bytes };
  }
}

function describe(attachment: Attachment): AttachmentDto {
  const { id, name, kind, mediaType, size, textChars, isCut, tokens } = attachment;
  return { id, name, kind, mediaType, size, textChars, isCut, tokens };
}

function noSuchFile(): AppError {
  return new AppError('not_found', 'There is no file of yours with this id.');
}
