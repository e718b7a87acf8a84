import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { newId } from '../../infrastructure/crypto/identifiers.js';
import { Conversation } from '../conversations/conversation.entity.js';
import { Folder } from '../conversations/folder.entity.js';
import { BLANK_MESSAGE } from '../messages/blank-message.js';
import { Message } from '../messages/message.entity.js';
import { SearchIndexService } from '../search/search-index.service.js';
import { type ImportedConversation } from './reading/imported-conversation.js';

/** Of one transaction: on SQLite others wait meanwhile. */
const MESSAGES_AT_ONCE = 200;

/** Writes conversations that are brought in. */
@Injectable()
export class ImportedConversationsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly index: SearchIndexService,
    private readonly clock: ClockService,
  ) {}

  /** All of it or nothing: until its last message is written, nobody sees it. */
  async write(userId: string, imported: ImportedConversation): Promise<Conversation> {
    const conversation = await this.begin(userId, imported);
    const messages = messagesOf(conversation.id, imported);
    try {
      for (let at = 0; at < messages.length; at += MESSAGES_AT_ONCE) {
        const some = messages.slice(at, at + MESSAGES_AT_ONCE);
        const isLast = at + MESSAGES_AT_ONCE >= messages.length;
        await this.dataSource.transaction(async (manager) => {
          if (at === 0) await manager.insert(Conversation, conversation);
          await this.add(manager, conversation, some);
          if (isLast) await this.show(manager, conversation, messages[imported.current]!.id);
        });
        await nextTurn();
      }
    } catch (error) {
      await this.dataSource.manager.delete(Conversation, { id: conversation.id });
      throw error;
    }
    return conversation;
  }

  private async begin(userId: string, imported: ImportedConversation): Promise<Conversation> {
    const { title, isPinned, isArchived, model, settings, createdMs, updatedMs } = imported;
    return Object.assign(new Conversation(), {
      id: newId(),
      userId,
      title,
      titleSource: 'person',
      folderId: imported.folder === null ? null : await this.folder(userId, imported.folder),
      isPinned,
      isArchived,
      model,
      settings,
      currentMessageId: null,
      createdAt: new Date(createdMs),
      updatedAt: new Date(updatedMs),
      removedAt: this.clock.now(),
    });
  }

  private async add(
    manager: EntityManager,
    { id, userId }: Conversation,
    messages: readonly Message[],
  ): Promise<void> {
    await manager.insert(Message, [...messages]);
    await this.index.putMessages(manager, { userId, conversationId: id }, messages);
  }

  private async show(
    manager: EntityManager,
    { id, userId, title }: Conversation,
    currentMessageId: string,
  ): Promise<void> {
    await manager.update(Conversation, { id }, { currentMessageId, removedAt: null });
    await this.index.putTitle(manager, { userId, conversationId: id }, title);
  }

  /** The person's folder of this name, made if there is none. */
  private async folder(userId: string, name: string): Promise<string> {
    const { manager } = this.dataSource;
    const existing = await manager.findOneBy(Folder, { userId, name });
    if (existing) return existing.id;
    const folder = { id: newId(), userId, name, createdAt: this.clock.now() };
    await manager.insert(Folder, folder);
    return folder.id;
  }
}

function messagesOf(
  conversationId: string,
  { messages }: Pick<ImportedConversation, 'messages'>,
): Message[] {
  const ids = messages.map(() => newId());
  return messages.map(({ parent, createdMs, ...message }, place) =>
    Object.assign(new Message(), {
      ...BLANK_MESSAGE,
      ...message,
      id: ids[place]!,
      conversationId,
      parentId: parent === null ? null : ids[parent]!,
      createdAt: new Date(createdMs),
    }),
  );
}
