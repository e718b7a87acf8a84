import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, In, Repository } from 'typeorm';
import { type Conversation } from '../conversations/conversation.entity.js';
import { OwnedConversationsService } from '../conversations/owned-conversations.service.js';
import { MessageBranchesService } from './message-branches.service.js';
import { MessageRemovalsService } from './message-removals.service.js';
import { MessageTreeService, noMessage } from './message-tree.service.js';
import { Message } from './message.entity.js';
import {
  type DeletedMessageDto,
  type ListMessagesDto,
  type MessagePageDto,
} from './messages.dto.js';
import { newestLeaf } from './newest-leaf.js';
import { subtreeOf } from './subtree.js';
import { withComparisons } from './with-comparisons.js';

/** What is said in a person's conversations, a page of a branch at a time. */
@Injectable()
export class MessagesService {
  constructor(
    @InjectRepository(Message) private readonly messages: Repository<Message>,
    private readonly owned: OwnedConversationsService,
    private readonly branches: MessageBranchesService,
    private readonly tree: MessageTreeService,
    private readonly removals: MessageRemovalsService,
  ) {}

  /** @throws AppError not_found */
  async page(
    userId: string,
    conversationId: string,
    { before, limit }: ListMessagesDto,
  ): Promise<MessagePageDto> {
    const conversation = await this.owned.find(userId, conversationId);
    if (!before) return this.newest(conversation, limit);
    const ids = await this.branches.up(conversationId, before.toLowerCase(), { most: limit + 2 });
    if (ids.length === 0) throw noMessage();
    return this.describe(ids.slice(1), limit);
  }

  /** The end of the branch that is shown. */
  async newest(conversation: Conversation, limit: number): Promise<MessagePageDto> {
    const { id, currentMessageId } = conversation;
    if (currentMessageId === null) return { messages: [], hasEarlier: false };
    return this.describe(await this.branches.up(id, currentMessageId, { most: limit + 1 }), limit);
  }

  /** Where the branch is followed to that this message is in. @throws AppError not_found */
  async endOfBranch(
    manager: EntityManager,
    { conversationId, messageId }: { conversationId: string; messageId: string },
  ): Promise<string> {
    const tree = await this.branches.shape(conversationId, manager);
    const leaf = newestLeaf(subtreeOf(tree, messageId.toLowerCase()));
    if (!leaf) throw noMessage();
    return leaf.id;
  }

  /** With all that follows it. @throws AppError not_found; conflict: an answer is being written */
  remove(userId: string, conversationId: string, messageId: string): Promise<DeletedMessageDto> {
    return this.removals.remove(userId, { conversationId, messageId });
  }

  /** What `remove` has taken out. @throws AppError not_found, conflict */
  restore(userId: string, conversationId: string, messageId: string): Promise<DeletedMessageDto> {
    return this.removals.restore(userId, { conversationId, messageId });
  }

  /** `ids` go up the branch, one further than the page if there is more. */
  private async describe(ids: readonly string[], limit: number): Promise<MessagePageDto> {
    const branch = await this.tree.inOrder(ids.slice(0, limit).reverse());
    const messages = withComparisons(branch, await this.compared(branch));
    return { messages: await this.tree.describe(messages), hasEarlier: ids.length > limit };
  }

  private async compared(branch: readonly Message[]): Promise<Message[]> {
    const comparisonIds = branch
      .map(({ comparisonId }) => comparisonId)
      .filter((id) => id !== null);
    if (comparisonIds.length === 0) return [];
    const { conversationId } = branch[0]!;
    const parentIds = branch.map(({ parentId }) => parentId).filter((id) => id !== null);
    return this.messages.findBy({
      conversationId,
      parentId: In(parentIds),
      comparisonId: In(comparisonIds),
    });
  }
}
