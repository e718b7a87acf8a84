import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isUniqueViolation } from '../../infrastructure/database/database-errors.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { type Conversation } from '../conversations/conversation.entity.js';
import { OwnedConversationsService } from '../conversations/owned-conversations.service.js';
import { Message } from '../messages/message.entity.js';

/** A question by the id its asker chose. */
export interface AskedPlace {
  readonly userId: string;
  /** Null: it began its conversation. */
  readonly conversationId: string | null;
  readonly id: string;
}

export interface KnownQuestion {
  readonly conversation: Conversation;
  readonly question: Message;
  readonly answers: readonly Message[];
}

/** Finds questions that are asked again because the answer to the first try was lost on its way. */
@Injectable()
export class AskedBeforeService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly owned: OwnedConversationsService,
  ) {}

  /** Null: nothing has this id. @throws AppError conflict: something else has, wherever and whosever */
  async find({ userId, conversationId, id }: AskedPlace): Promise<KnownQuestion | null> {
    const { manager } = this.dataSource;
    const question = await manager.findOneBy(Message, { id });
    if (!question) return null;
    const isHere = conversationId === null || question.conversationId === conversationId;
    if (question.role !== 'user' || !isHere) throw idTaken();
    const conversation = await this.owned.find(userId, question.conversationId).catch(() => null);
    if (!conversation) throw idTaken();
    const answers = await manager.find(Message, {
      where: { parentId: question.id },
      order: { id: 'ASC' },
    });
    return { conversation, question, answers: firstAnswers(answers) };
  }

  /** Two tries at a time: the one that lost answers what the other wrote. @throws `error` otherwise */
  async afterClash(place: AskedPlace, error: unknown): Promise<KnownQuestion> {
    const isClash = isUniqueViolation(error instanceof AppError ? error.cause : error);
    const twin = isClash ? await this.find(place) : null;
    if (!twin) throw error;
    return twin;
  }
}

/** Those that were asked for with the question, not later ones. */
function firstAnswers([first, ...others]: readonly Message[]): Message[] {
  if (!first) return [];
  const { comparisonId } = first;
  if (comparisonId === null) return [first];
  return [first, ...others.filter((other) => other.comparisonId === comparisonId)];
}

const idTaken = () =>
  new AppError('conflict', 'There is something with this id already. Ask with a new one.', {
    param: 'id',
  });
