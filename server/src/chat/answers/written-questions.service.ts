import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { newId } from '../../infrastructure/crypto/identifiers.js';
import { type CatalogueEntry } from '../../models/index.js';
import { AttachmentsService } from '../attachments/attachments.service.js';
import { type ConversationSettings } from '../conversations/conversation-settings.js';
import { Conversation } from '../conversations/conversation.entity.js';
import { MessageTreeService, type WrittenQuestion } from '../messages/message-tree.service.js';
import { SearchIndexService } from '../search/search-index.service.js';
import { RunningAnswersService } from './running-answers.service.js';

/** A question that may be asked, and who answers it. */
export interface CheckedQuestion {
  readonly id: string;
  readonly parentId: string | null;
  readonly content: string;
  readonly attachmentIds: readonly string[];
  readonly entries: readonly CatalogueEntry[];
}

/** What is known of a conversation before its first question is written. */
export interface NewConversation {
  readonly userId: string;
  readonly title: string;
  readonly folderId: string | null;
  readonly settings: ConversationSettings;
}

export interface Written extends WrittenQuestion {
  readonly conversation: Conversation;
}

/** Writes questions with all that belongs to them, in one transaction each: all of it, or nothing. */
@Injectable()
export class WrittenQuestionsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: ClockService,
    private readonly tree: MessageTreeService,
    private readonly attachments: AttachmentsService,
    private readonly index: SearchIndexService,
    private readonly running: RunningAnswersService,
  ) {}

  /** A conversation with its first question. @throws AppError as `add` */
  begin(begun: NewConversation, question: CheckedQuestion): Promise<Written> {
    const conversation = this.conversationOf(begun);
    const { id: conversationId, userId, title } = conversation;
    return this.dataSource.transaction(async (manager) => {
      await manager.insert(Conversation, conversation);
      await this.index.putTitle(manager, { userId, conversationId }, title);
      return this.write(manager, conversation, question);
    });
  }

  /** @throws AppError not_found, invalid_request, conflict, rate_limit_exceeded */
  add(conversation: Conversation, question: CheckedQuestion): Promise<Written> {
    return this.dataSource.transaction((manager) => this.write(manager, conversation, question));
  }

  /** Further answers to a question. @throws AppError not_found, invalid_request, rate_limit_exceeded */
  addAnswers(
    conversation: Conversation,
    { questionId, entries }: { questionId: string; entries: readonly CatalogueEntry[] },
  ): Promise<Written> {
    const asked = { questionId, models: entries.map(({ id }) => id) };
    return this.dataSource.transaction(async (manager) => {
      const written = await this.tree.addAnswers(manager, conversation, asked);
      await this.beginAnswers(manager, conversation, written);
      return { ...written, conversation };
    });
  }

  private async write(
    manager: EntityManager,
    conversation: Conversation,
    { entries, attachmentIds, ...asked }: CheckedQuestion,
  ): Promise<Written> {
    const { id: messageId, content } = asked;
    const place = { userId: conversation.userId, conversationId: conversation.id };
    const models = entries.map(({ id }) => id);
    const written = await this.tree.addQuestion(manager, conversation, { ...asked, models });
    await this.attachments.attach(manager, { ...place, messageId }, attachmentIds);
    await this.index.putMessage(manager, place, { id: messageId, content });
    await this.beginAnswers(manager, conversation, written);
    return { ...written, conversation };
  }

  private beginAnswers(
    manager: EntityManager,
    { userId }: Conversation,
    { answers }: WrittenQuestion,
  ): Promise<void> {
    const ids = answers.map(({ id }) => id);
    return this.running.begin(manager, userId, ids);
  }

  private conversationOf(begun: NewConversation): Conversation {
    const now = this.clock.now();
    return {
      ...begun,
      id: newId(),
      titleSource: 'words',
      isPinned: false,
      isArchived: false,
      model: null,
      currentMessageId: null,
      createdAt: now,
      updatedAt: now,
      removedAt: null,
    };
  }
}
