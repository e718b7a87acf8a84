import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { MessagesService } from '../messages/messages.service.js';
import { SearchIndexService } from '../search/search-index.service.js';
import { settingsOf } from './conversation-settings.js';
import { Conversation } from './conversation.entity.js';
import { type UpdateConversationDto } from './conversations.dto.js';
import { FoldersService } from './folders.service.js';
import { OwnedConversationsService } from './owned-conversations.service.js';

/** What a person changes of a conversation besides saying something in it. */
@Injectable()
export class ConversationChangesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly owned: OwnedConversationsService,
    private readonly messages: MessagesService,
    private readonly folders: FoldersService,
    private readonly index: SearchIndexService,
  ) {}

  /** Changes of two tabs are made together. @throws AppError not_found: it, the folder, the message */
  update(userId: string, id: string, change: UpdateConversationDto): Promise<Conversation> {
    return this.dataSource.transaction(async (manager) => {
      const conversation = await this.owned.lock(userId, id, manager);
      const fields = await this.fields(manager, conversation, change);
      if (Object.keys(fields).length > 0) await manager.update(Conversation, { id }, fields);
      if (fields.title !== undefined) {
        await this.index.putTitle(manager, { userId, conversationId: id }, fields.title);
      }
      return Object.assign(conversation, fields);
    });
  }

  /** What a change means for the row. */
  private async fields(
    manager: EntityManager,
    conversation: Conversation,
    change: UpdateConversationDto,
  ): Promise<Partial<Conversation>> {
    const { title, isPinned, isArchived, model, settings, folderId, currentMessageId } = change;
    const fields: Partial<Conversation> = {};
    if (title) Object.assign(fields, { title, titleSource: 'person' });
    if (typeof isPinned === 'boolean') fields.isPinned = isPinned;
    if (typeof isArchived === 'boolean') fields.isArchived = isArchived;
    if (model) fields.model = model;
    if (settings) fields.settings = settingsOf(settings);
    if (folderId === null) fields.folderId = null;
    if (folderId) {
      fields.folderId = (await this.folders.keep(conversation.userId, folderId, manager)).id;
    }
    if (currentMessageId) {
      const place = { conversationId: conversation.id, messageId: currentMessageId };
      fields.currentMessageId = await this.messages.endOfBranch(manager, place);
    }
    return fields;
  }
}
