import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In } from 'typeorm';
import { placeholders } from '../../infrastructure/database/placeholders.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { Conversation } from '../conversations/conversation.entity.js';
import { OwnedConversationsService } from '../conversations/owned-conversations.service.js';
import { ChatEventsService } from '../events/chat-events.service.js';
import { SearchIndexService } from '../search/search-index.service.js';
import { MessageBranchesService, type TreeMessage } from './message-branches.service.js';
import { noMessage } from './message-tree.service.js';
import { Message } from './message.entity.js';
import { type DeletedMessageDto } from './messages.dto.js';
import { newestLeaf, oldestFirst } from './newest-leaf.js';
import { subtreeOf } from './subtree.js';

const ROWS_AT_ONCE = 500;

/** Takes messages out of conversations, for good. */
@Injectable()
export class MessageRemovalsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly owned: OwnedConversationsService,
    private readonly branches: MessageBranchesService,
    private readonly index: SearchIndexService,
    private readonly events: ChatEventsService,
  ) {}

  /** With all that follows it, and what was attached to nothing else. */
  async remove(
    userId: string,
    { conversationId, messageId }: { conversationId: string; messageId: string },
  ): Promise<DeletedMessageDto> {
    const currentMessageId = await this.dataSource.transaction(async (manager) => {
      const conversation = await this.owned.lock(userId, conversationId, manager);
      const tree = await this.branches.shape(conversationId, manager);
      const subtree = subtreeOf(tree, messageId);
      if (subtree.length === 0) throw noMessage();
      if (subtree.some(({ state }) => state === 'writing')) throw stillWriting();
      await this.delete(manager, conversationId, subtree);
      if (!subtree.some(({ id }) => id === conversation.currentMessageId)) {
        return conversation.currentMessageId;
      }
      const shown = shownWithout(tree, subtree);
      await manager.update(Conversation, { id: conversationId }, { currentMessageId: shown });
      return shown;
    });
    this.events.conversationChanged(userId, conversationId);
    return { currentMessageId };
  }

  private async delete(
    manager: EntityManager,
    conversationId: string,
    subtree: readonly TreeMessage[],
  ): Promise<void> {
    const ids = subtree.map(({ id }) => id);
    const parts: string[][] = [];
    for (let start = 0; start < ids.length; start += ROWS_AT_ONCE) {
      parts.push(ids.slice(start, start + ROWS_AT_ONCE));
    }
    // No part can go while another follows it.
    for (const some of parts) {
      await manager.update(Message, { id: In(some) }, { parentId: null });
    }
    for (const some of parts) {
      await this.index.forgetMessages(manager, some);
      await manager.delete(Message, { id: In(some) });
    }
    await manager.query(placeholders(this.dataSource, DELETE_UNATTACHED), [conversationId]);
  }
}

/** What is shown instead: the newest of the other branches at this place, else what they follow. */
function shownWithout(tree: readonly TreeMessage[], gone: readonly TreeMessage[]): string | null {
  const { id, parentId } = gone[0]!;
  const newest = tree
    .filter((message) => message.parentId === parentId && message.id !== id)
    .sort(oldestFirst)
    .at(-1);
  if (!newest) return parentId;
  return newestLeaf(subtreeOf(tree, newest.id))?.id ?? newest.id;
}

const stillWriting = () =>
  new AppError(
    'conflict',
    'An answer that would be deleted is still being written. Stop it first, then delete.',
  );

const DELETE_UNATTACHED = `
DELETE FROM attachments WHERE conversation_id = ? AND NOT EXISTS (
  SELECT 1 FROM message_attachments WHERE message_attachments.attachment_id = attachments.id
)`;
