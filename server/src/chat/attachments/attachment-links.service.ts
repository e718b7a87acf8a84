import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In, IsNull } from 'typeorm';
import { ConfigurationService } from '../../config/configuration.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { newId } from '../../infrastructure/crypto/identifiers.js';
import { rowLock } from '../../infrastructure/database/row-lock.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { AttachmentContentsService } from './attachment-contents.service.js';
import { Attachment } from './attachment.entity.js';
import { MessageAttachment } from './message-attachment.entity.js';

const IDS_AT_ONCE = 500;

export interface AttachTarget {
  readonly userId: string;
  readonly conversationId: string;
}

/** Which messages have which attachments. */
@Injectable()
export class AttachmentLinksService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly configuration: ConfigurationService,
    private readonly contents: AttachmentContentsService,
    private readonly clock: ClockService,
  ) {}

  /** @throws AppError not_found, invalid_request */
  async attach(
    manager: EntityManager,
    target: AttachTarget & { messageId: string },
    attachmentIds: readonly string[],
  ): Promise<void> {
    const ids = [...new Set(attachmentIds.map((id) => id.toLowerCase()))];
    if (ids.length === 0) return;
    const { maxFiles } = this.configuration.current.chat.upload;
    if (ids.length > maxFiles) throw tooManyFiles(maxFiles);
    const { userId, conversationId, messageId } = target;
    const mine = { id: In(ids), userId };
    await manager.update(Attachment, { ...mine, conversationId: IsNull() }, { conversationId });
    // Whoever sweeps one of them away waits for this, or has come first.
    const where = { ...mine, conversationId };
    const found = await manager.find(Attachment, { where, ...rowLock(manager) });
    if (found.length !== ids.length) throw noSuchAttachment();
    const links = ids.map((attachmentId, position) => ({ messageId, attachmentId, position }));
    await manager.insert(MessageAttachment, links);
  }

  /** The attachments of each of these messages that has any, in order. */
  async of(
    messageIds: readonly string[],
    manager: EntityManager = this.dataSource.manager,
  ): Promise<Map<string, Attachment[]>> {
    const links = await linksOf(manager, messageIds);
    const ids = [...new Set(links.map(({ attachmentId }) => attachmentId))];
    const attachments = new Map<string, Attachment>();
    for (const some of chunksOf(ids)) {
      const rows = await manager.findBy(Attachment, { id: In(some) });
      for (const row of rows) attachments.set(row.id, row);
    }
    const found = new Map<string, Attachment[]>();
    for (const { messageId, attachmentId } of links) {
      const attachment = attachments.get(attachmentId);
      if (!attachment) continue;
      const sofar = found.get(messageId);
      if (sofar) sofar.push(attachment);
      else found.set(messageId, [attachment]);
    }
    return found;
  }

  async copy(
    manager: EntityManager,
    target: AttachTarget,
    copies: ReadonlyMap<string, string>,
  ): Promise<void> {
    const found = await this.of([...copies.keys()], manager);
    const copyIds = new Map<string, string>();
    for (const attachment of [...found.values()].flat()) {
      if (attachment.userId !== target.userId || copyIds.has(attachment.id)) continue;
      copyIds.set(attachment.id, await this.copyOne(manager, attachment, target));
    }
    for (const [messageId, attachments] of found) {
      const copyOf = copies.get(messageId)!;
      const links = attachments.flatMap(({ id }, position) => {
        const attachmentId = copyIds.get(id);
        return attachmentId === undefined ? [] : [{ messageId: copyOf, attachmentId, position }];
      });
      await manager.insert(MessageAttachment, links);
    }
  }

  private async copyOne(
    manager: EntityManager,
    attachment: Attachment,
    { conversationId }: AttachTarget,
  ): Promise<string> {
    const id = newId();
    const createdAt = this.clock.now();
    await manager.insert(Attachment, { ...attachment, id, conversationId, createdAt });
    await this.contents.copy(manager, attachment.id, id);
    return id;
  }
}

async function linksOf(
  manager: EntityManager,
  messageIds: readonly string[],
): Promise<MessageAttachment[]> {
  const links: MessageAttachment[] = [];
  for (const some of chunksOf(messageIds)) {
    const order = { messageId: 'ASC', position: 'ASC' } as const;
    links.push(
      ...(await manager.find(MessageAttachment, { where: { messageId: In(some) }, order })),
    );
  }
  return links;
}

function* chunksOf(ids: readonly string[]): Generator<string[]> {
  for (let at = 0; at < ids.length; at += IDS_AT_ONCE) yield ids.slice(at, at + IDS_AT_ONCE);
}

function tooManyFiles(most: number): AppError {
  const message =
    most === 0
      ? 'This server takes no attachments. Ask without them.'
      : `A question has at most ${most} attachments here. Remove some of them.`;
  return new AppError('invalid_request', message, { param: 'attachmentIds' });
}

function noSuchAttachment(): AppError {
  const message =
    'One of the attachments is not there: it was deleted, has waited for its question for more ' +
    'than a day, or belongs to another conversation. Attach the file again.';
  return new AppError('not_found', message, { param: 'attachmentIds' });
}
