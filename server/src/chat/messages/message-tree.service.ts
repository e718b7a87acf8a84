import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, In, Repository } from 'typeorm';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { newId } from '../../infrastructure/crypto/identifiers.js';
import { isUniqueViolation } from '../../infrastructure/database/database-errors.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { Conversation } from '../conversations/conversation.entity.js';
import { OwnedConversationsService } from '../conversations/owned-conversations.service.js';
import { BLANK_MESSAGE } from './blank-message.js';
import { MessageBranchesService } from './message-branches.service.js';
import { MessageDescriptionsService } from './message-descriptions.service.js';
import { type MessageDto } from './messages.dto.js';
import { Message } from './message.entity.js';

const ROWS_AT_ONCE = 500;

/** A question to be written, and the models that are to answer it. */
export interface NewQuestion {
  /** Chosen by the asker, or made here. */
  readonly id: string;
  readonly parentId: string | null;
  readonly content: string;
  readonly models: readonly string[];
}

/** A question with the answers that are to come, as they were written: empty, `writing`. */
export interface WrittenQuestion {
  readonly question: Message;
  readonly answers: readonly Message[];
}

/** Reads and grows the trees of messages; for those who have made sure whose they are. */
@Injectable()
export class MessageTreeService {
  constructor(
    @InjectRepository(Message) private readonly messages: Repository<Message>,
    private readonly owned: OwnedConversationsService,
    private readonly branches: MessageBranchesService,
    private readonly descriptions: MessageDescriptionsService,
    private readonly clock: ClockService,
  ) {}

  /**
   * Writes a question and its answers to come, and shows that branch: the first of the answers. Until
   * the transaction ends nobody else changes the conversation, which `conversation` then is as it is.
   * @throws AppError not_found: the conversation is gone, or `parentId` is no message of it;
   * invalid_request: it is not one that can be followed by a question; conflict: it is still being
   * written, or there is a message with this id already
   */
  async addQuestion(
    manager: EntityManager,
    conversation: Conversation,
    { id, parentId, content, models }: NewQuestion,
  ): Promise<WrittenQuestion> {
    await this.lock(manager, conversation);
    if (parentId !== null) await this.expectAnswer(manager, conversation.id, parentId);
    const question = manager.create(Message, {
      ...BLANK_MESSAGE,
      id: id.toLowerCase(),
      conversationId: conversation.id,
      parentId: parentId?.toLowerCase() ?? null,
      role: 'user',
      content,
      state: 'complete',
      createdAt: this.clock.now(),
    });
    await insertNew(manager, question);
    return { question, answers: await this.write(manager, conversation, { question, models }) };
  }

  /**
   * Further answers to a question, as siblings of those it has; shows the first of them.
   * @throws AppError not_found, invalid_request: it is no question
   */
  async addAnswers(
    manager: EntityManager,
    conversation: Conversation,
    { questionId, models }: { questionId: string; models: readonly string[] },
  ): Promise<WrittenQuestion> {
    await this.lock(manager, conversation);
    const question = await this.find(manager, conversation.id, questionId);
    if (question.role !== 'user') {
      throw new AppError(
        'invalid_request',
        'Only a question can be answered again, and this message is an answer. Name the question it answers.',
      );
    }
    return { question, answers: await this.write(manager, conversation, { question, models }) };
  }

  /** From the first message of the branch to this one. @throws AppError not_found */
  async branchTo(conversationId: string, messageId: string): Promise<Message[]> {
    const ids = await this.branches.up(conversationId, messageId.toLowerCase());
    if (ids.length === 0) throw noMessage();
    return this.inOrder(ids.reverse());
  }

  /** As the browser is told, siblings and attachments included; in the same order. */
  describe(messages: readonly Message[]): Promise<MessageDto[]> {
    return this.descriptions.describe(messages);
  }

  /** The messages with these ids, in the order of the ids; what is gone is left out. */
  async inOrder(ids: readonly string[]): Promise<Message[]> {
    const found = new Map<string, Message>();
    for (let start = 0; start < ids.length; start += ROWS_AT_ONCE) {
      const wanted = ids.slice(start, start + ROWS_AT_ONCE);
      for (const row of await this.messages.findBy({ id: In(wanted) })) found.set(row.id, row);
    }
    return ids.map((id) => found.get(id)).filter((message) => message !== undefined);
  }

  /** Two tabs that ask at once wait for each other here; each gets its own branch. */
  private async lock(manager: EntityManager, conversation: Conversation): Promise<void> {
    const { userId, id } = conversation;
    Object.assign(conversation, await this.owned.lock(userId, id, manager));
  }

  private async find(manager: EntityManager, conversationId: string, id: string): Promise<Message> {
    const found = await manager.findOneBy(Message, { id: id.toLowerCase(), conversationId });
    if (!found) throw noMessage();
    return found;
  }

  private async expectAnswer(
    manager: EntityManager,
    conversationId: string,
    id: string,
  ): Promise<void> {
    const { role, state } = await this.find(manager, conversationId, id);
    if (role !== 'assistant') {
      throw new AppError(
        'invalid_request',
        'A question follows an answer, and parentId names a question. Name the answer it follows, or the parent of the question it replaces.',
        { param: 'parentId' },
      );
    }
    if (state === 'writing') {
      throw new AppError(
        'conflict',
        'The answer this question follows is still being written. Wait for it, or stop it first.',
      );
    }
  }

  private async write(
    manager: EntityManager,
    conversation: Conversation,
    { question, models }: { question: Message; models: readonly string[] },
  ): Promise<Message[]> {
    const createdAt = this.clock.now();
    const comparisonId = models.length > 1 ? newId() : null;
    const answers = models.map((model) =>
      manager.create(Message, {
        ...BLANK_MESSAGE,
        id: newId(),
        conversationId: conversation.id,
        parentId: question.id,
        role: 'assistant',
        model,
        state: 'writing',
        comparisonId,
        createdAt,
      }),
    );
    await manager.insert(Message, answers);
    const shown = {
      currentMessageId: (answers[0] ?? question).id,
      model: models[0] ?? conversation.model,
      updatedAt: createdAt,
    };
    await manager.update(Conversation, { id: conversation.id }, shown);
    Object.assign(conversation, shown);
    return answers;
  }
}

/** @throws AppError conflict: a message has this id; the cause tells it from other conflicts */
async function insertNew(manager: EntityManager, question: Message): Promise<void> {
  try {
    await manager.insert(Message, question);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new AppError(
      'conflict',
      'A message has this id already. Ask with a new id; nothing was asked twice.',
      { cause: error, param: 'id' },
    );
  }
}

export const noMessage = (): AppError =>
  new AppError(
    'not_found',
    'The conversation has no message with this id. It may have been deleted; open the conversation again.',
  );
