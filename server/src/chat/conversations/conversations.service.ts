import { Injectable } from '@nestjs/common';
import { ChatEventsService } from '../events/chat-events.service.js';
import { ConversationChangesService } from './conversation-changes.service.js';
import { ConversationDescriptionsService } from './conversation-descriptions.service.js';
import { ConversationForksService } from './conversation-forks.service.js';
import { ConversationReadsService } from './conversation-reads.service.js';
import { ConversationRemovalsService } from './conversation-removals.service.js';
import {
  type ConversationDto,
  type ConversationPageDto,
  type ListConversationsDto,
  type OpenConversationDto,
  type UpdateConversationDto,
} from './conversations.dto.js';

/** A person's conversations. Whatever is not theirs, or deleted, is not found. */
@Injectable()
export class ConversationsService {
  constructor(
    private readonly reads: ConversationReadsService,
    private readonly changes: ConversationChangesService,
    private readonly removals: ConversationRemovalsService,
    private readonly forks: ConversationForksService,
    private readonly descriptions: ConversationDescriptionsService,
    private readonly events: ChatEventsService,
  ) {}

  list(userId: string, query: ListConversationsDto): Promise<ConversationPageDto> {
    return this.reads.page(userId, query);
  }

  open(userId: string, id: string): Promise<OpenConversationDto> {
    return this.reads.open(userId, id);
  }

  /** None of this moves it in the list: that is what is said in it. */
  async update(
    userId: string,
    id: string,
    change: UpdateConversationDto,
  ): Promise<ConversationDto> {
    const conversation = await this.changes.update(userId, id, change);
    this.events.conversationChanged(userId, id);
    return this.descriptions.describe(conversation);
  }

  async remove(userId: string, id: string): Promise<void> {
    await this.removals.remove(userId, id);
    this.events.conversationRemoved(userId, id);
  }

  async restore(userId: string, id: string): Promise<ConversationDto> {
    const conversation = await this.removals.restore(userId, id);
    this.events.conversationChanged(userId, id);
    return this.descriptions.describe(conversation);
  }

  async fork(userId: string, id: string, messageId: string): Promise<ConversationDto> {
    const fork = await this.forks.fork(userId, id, messageId);
    this.events.conversationChanged(userId, fork.id);
    return this.descriptions.describe(fork);
  }
}
