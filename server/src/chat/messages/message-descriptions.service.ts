import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Brackets, type FindOptionsWhere, In, Repository } from 'typeorm';
import { nanoCoinsText } from '../../infrastructure/amounts/nano-coins.js';
import { AttachmentsService } from '../attachments/attachments.service.js';
import { Message } from './message.entity.js';
import { type AnswerMetricsDto, type MessageDto } from './messages.dto.js';
import { oldestFirst } from './newest-leaf.js';

/** Messages as their owner's browser is told of them. */
@Injectable()
export class MessageDescriptionsService {
  constructor(
    @InjectRepository(Message) private readonly messages: Repository<Message>,
    private readonly attachments: AttachmentsService,
  ) {}

  /** In the same order; all of a page at once. */
  async describe(messages: readonly Message[]): Promise<MessageDto[]> {
    if (messages.length === 0) return [];
    const questions = messages.filter(({ role }) => role === 'user').map(({ id }) => id);
    const [siblings, attachments] = await Promise.all([
      this.siblings(messages),
      this.attachments.describe(questions),
    ]);
    return messages.map((message) => ({
      id: message.id,
      parentId: message.parentId,
      role: message.role,
      content: message.content,
      reasoning: message.reasoning,
      model: message.model,
      state: message.state,
      finishReason: message.finishReason,
      error: errorOf(message),
      comparisonId: message.comparisonId,
      siblingIds: siblings.get(placeOf(message)) ?? [message.id],
      attachments: attachments.get(message.id) ?? [],
      metrics: message.role === 'assistant' ? metricsOf(message) : null,
      createdAt: message.createdAt.toISOString(),
    }));
  }

  /** By place: the ids of all messages there, oldest first. */
  private async siblings(messages: readonly Message[]): Promise<Map<string, string[]>> {
    const rows = [...(await this.followers(messages)), ...(await this.firsts(messages))].map(
      (row) => ({ ...row, createdMs: Number(row.createdMs) }),
    );
    const places = new Map<string, string[]>();
    for (const row of rows.sort(oldestFirst)) {
      const place = places.get(placeOf(row));
      if (place) place.push(row.id);
      else places.set(placeOf(row), [row.id]);
    }
    return places;
  }

  /** Of their conversations alone, so that a database that knows no figures yet looks at few rows. */
  private followers(messages: readonly Message[]): Promise<SiblingRow[]> {
    const following = messages.filter(({ parentId }) => parentId !== null);
    if (following.length === 0) return Promise.resolve([]);
    const conversationIds = new Set(following.map(({ conversationId }) => conversationId));
    const parentIds = new Set(following.map(({ parentId }) => parentId));
    return this.rows({ conversationId: In([...conversationIds]), parentId: In([...parentIds]) });
  }

  /**
   * The beginnings of the conversations whose beginning is among these. The index of parents is kept
   * out of it: every conversation begins without one.
   */
  private firsts(messages: readonly Message[]): Promise<SiblingRow[]> {
    const begun = messages.filter(({ parentId }) => parentId === null);
    const ids = [...new Set(begun.map(({ conversationId }) => conversationId))];
    if (ids.length === 0) return Promise.resolve([]);
    return this.rows(
      new Brackets((where) =>
        where
          .where({ conversationId: In(ids) })
          .andWhere("COALESCE(message.parentId, '') = :none", { none: '' }),
      ),
    );
  }

  private rows(where: FindOptionsWhere<Message> | Brackets): Promise<SiblingRow[]> {
    return this.messages
      .createQueryBuilder('message')
      .select('message.id', 'id')
      .addSelect('message.parentId', 'parentId')
      .addSelect('message.conversationId', 'conversationId')
      .addSelect('message.createdAt', 'createdMs')
      .where(where)
      .getRawMany<SiblingRow>();
  }
}

interface SiblingRow {
  readonly id: string;
  readonly parentId: string | null;
  readonly conversationId: string;
  readonly createdMs: number | string;
}

/** Messages in one place have the same parent, or begin the same conversation. */
const placeOf = ({ parentId, conversationId }: Pick<Message, 'parentId' | 'conversationId'>) =>
  parentId ?? `first of ${conversationId}`;

const errorOf = ({ errorCode, errorMessage }: Message) =>
  errorCode === null ? null : { code: errorCode, message: errorMessage ?? '' };

const metricsOf = (answer: Message): AnswerMetricsDto => ({
  promptTokens: answer.promptTokens,
  completionTokens: answer.completionTokens,
  cachedTokens: answer.cachedTokens,
  reasoningTokens: answer.reasoningTokens,
  isEstimated: answer.isEstimated,
  cost: answer.cost === null ? null : nanoCoinsText(answer.cost),
  firstTokenMs: answer.firstTokenMs,
  thinkingMs: answer.thinkingMs,
  durationMs: answer.durationMs,
  requestId: answer.requestId,
});
