import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { Conversation } from '../conversations/conversation.entity.js';
import { OwnedConversationsService } from '../conversations/owned-conversations.service.js';
import { ChatEventsService } from '../events/chat-events.service.js';
import { MessageBranchesService, type TreeMessage } from './message-branches.service.js';
import { noMessage } from './message-tree.service.js';
import { Message } from './message.entity.js';
import { type DeletedMessageDto } from './messages.dto.js';
import { newestLeaf, oldestFirst } from './newest-leaf.js';
import { type RemovedPart, RemovedPartsService } from './removed-parts.service.js';
import { subtreeOf } from './subtree.js';

interface MessagePlace {
  readonly conversationId: string;
  readonly messageId: string;
}

/**
 * Takes messages out of conversations and brings them back. Like deleted conversations they stay
 * where `chat.remove` is `hide`, else until the sweep that ends the time for undoing it.
 */
@Injectable()
export class MessageRemovalsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly owned: OwnedConversationsService,
    private readonly branches: MessageBranchesService,
    private readonly parts: RemovedPartsService,
    private readonly events: ChatEventsService,
  ) {}

  /** With all that follows it, and what was attached to nothing else. */
  async remove(
    userId: string,
    { conversationId, messageId }: MessagePlace,
  ): Promise<DeletedMessageDto> {
    const currentMessageId = await this.dataSource.transaction(async (manager) => {
      const conversation = await this.owned.lock(userId, conversationId, manager);
      const tree = await this.branches.shape(conversationId, manager);
      const subtree = subtreeOf(tree, messageId);
      if (subtree.length === 0) throw noMessage();
      if (subtree.some(({ state }) => state === 'writing')) throw stillWriting();
      await this.parts.takeOut(manager, conversation, subtree);
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

  /**
   * With all that was deleted with it; shows its branch.
   * @throws AppError not_found: also when it is too late; conflict: what it followed is deleted too
   */
  async restore(
    userId: string,
    { conversationId, messageId }: MessagePlace,
  ): Promise<DeletedMessageDto> {
    const currentMessageId = await this.dataSource.transaction(async (manager) => {
      const conversation = await this.owned.lock(userId, conversationId, manager);
      const part = await this.parts.find(manager, userId, messageId);
      if (!part) throw nothingToRestore();
      await expectParent(manager, conversationId, part);
      await this.parts.putBack(manager, conversation, part);
      const tree = await this.branches.shape(conversationId, manager);
      const shown = newestLeaf(subtreeOf(tree, messageId))?.id ?? messageId;
      await manager.update(Conversation, { id: conversationId }, { currentMessageId: shown });
      return shown;
    });
    this.events.conversationChanged(userId, conversationId);
    return { currentMessageId };
  }
}

async function expectParent(
  manager: EntityManager,
  conversationId: string,
  { parentId }: RemovedPart,
): Promise<void> {
  if (parentId === null) return;
  const parent = await manager.findOneBy(Message, { id: parentId });
  if (parent?.conversationId === conversationId) return;
  if (parent && (await isRemoved(manager, parent))) throw parentRemoved();
  throw nothingToRestore();
}

const isRemoved = async (manager: EntityManager, { conversationId }: Message) =>
  (await manager.findOneBy(Conversation, { id: conversationId }))?.removedAt !== null;

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

const nothingToRestore = () =>
  new AppError(
    'not_found',
    'The conversation has no deleted message with this id that could be brought back. It is too late for that, or it is there.',
  );

const parentRemoved = () =>
  new AppError(
    'conflict',
    'The message cannot be brought back, for the one it follows is deleted too. Bring that back first.',
  );
