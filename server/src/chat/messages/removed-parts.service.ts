import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In, IsNull, Not } from 'typeorm';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { newId } from '../../infrastructure/crypto/identifiers.js';
import { placeholders } from '../../infrastructure/database/placeholders.js';
import { Conversation } from '../conversations/conversation.entity.js';
import { SearchIndexService } from '../search/search-index.service.js';
import { type TreeMessage } from './message-branches.service.js';
import { Message } from './message.entity.js';

const ROWS_AT_ONCE = 500;

/** A part of a conversation that was deleted and can still be brought back. */
export interface RemovedPart {
  /** Of the deleted conversation that holds it. */
  readonly id: string;
  /** What its first message follows in the conversation it is from; null: it began that. */
  readonly parentId: string | null;
}

/**
 * Where deleted parts of conversations are: each in a deleted conversation of its own, which is there
 * for nobody, goes when deleted conversations go, and shows nothing (`currentMessageId` is null). Its
 * first message still names what it followed.
 */
@Injectable()
export class RemovedPartsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly index: SearchIndexService,
    private readonly clock: ClockService,
  ) {}

  /** Takes a part out, with what was attached to nothing else; the conversation is locked. */
  async takeOut(
    manager: EntityManager,
    conversation: Conversation,
    part: readonly TreeMessage[],
  ): Promise<void> {
    const to = newId();
    await manager.insert(Conversation, {
      ...conversation,
      id: to,
      folderId: null,
      isPinned: false,
      currentMessageId: null,
      removedAt: this.clock.now(),
    });
    for (const ids of chunksOf(part)) {
      await this.index.forgetMessages(manager, ids);
      await manager.update(Message, { id: In(ids) }, { conversationId: to });
    }
    const values = [to, conversation.id, to, conversation.id];
    await manager.query(placeholders(this.dataSource, TAKE_ATTACHED), values);
  }

  /** The deleted part of this person's that begins with a message; null: there is none (any more). */
  async find(
    manager: EntityManager,
    userId: string,
    messageId: string,
  ): Promise<RemovedPart | null> {
    const message = await manager.findOneBy(Message, { id: messageId });
    if (!message) return null;
    const { conversationId: id, parentId } = message;
    const where = { id, userId, removedAt: Not(IsNull()), currentMessageId: IsNull() };
    if (!(await manager.existsBy(Conversation, where))) return null;
    const beginsIt =
      parentId === null || !(await manager.existsBy(Message, { id: parentId, conversationId: id }));
    return beginsIt ? { id, parentId } : null;
  }

  /** Puts a part back where it was; the conversation is locked. */
  async putBack(
    manager: EntityManager,
    { id: to, userId }: Conversation,
    part: RemovedPart,
  ): Promise<void> {
    const messages = await manager.find(Message, {
      select: { id: true },
      where: { conversationId: part.id },
    });
    for (const ids of chunksOf(messages)) {
      await manager.update(Message, { id: In(ids) }, { conversationId: to });
      await this.index.putStored(manager, { userId, conversationId: to }, ids);
    }
    await manager.query(placeholders(this.dataSource, BRING_ATTACHED), [to, to]);
    await manager.delete(Conversation, { id: part.id });
  }
}

function* chunksOf(messages: readonly { id: string }[]): Generator<string[]> {
  for (let at = 0; at < messages.length; at += ROWS_AT_ONCE) {
    yield messages.slice(at, at + ROWS_AT_ONCE).map(({ id }) => id);
  }
}

const ATTACHED_IN = `EXISTS (
  SELECT 1 FROM message_attachments attached JOIN messages ON messages.id = attached.message_id
  WHERE attached.attachment_id = attachments.id AND messages.conversation_id = ?
)`;

const TAKE_ATTACHED = `
UPDATE attachments SET conversation_id = ?
WHERE conversation_id = ? AND ${ATTACHED_IN} AND NOT ${ATTACHED_IN}`;

const BRING_ATTACHED = `
UPDATE attachments SET conversation_id = ?
WHERE id IN (
  SELECT attached.attachment_id FROM messages
  JOIN message_attachments attached ON attached.message_id = messages.id
  WHERE messages.conversation_id = ?
)`;
