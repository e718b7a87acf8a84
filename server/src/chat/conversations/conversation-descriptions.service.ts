import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import { nanoCoinsText } from '../../infrastructure/amounts/nano-coins.js';
import { Attachment } from '../attachments/attachment.entity.js';
import { RunningAnswer } from '../answers/running-answer.entity.js';
import { Message } from '../messages/message.entity.js';
import { CHAT_RETENTION, type ChatRetention } from '../retention/chat-retention.js';
import { SharedConversation } from '../sharing/shared-conversation.entity.js';
import { type Conversation } from './conversation.entity.js';
import { type ConversationDto, type ConversationSummaryDto } from './conversations.dto.js';

const DAY_MS = 86_400_000;

/** Conversations as their owner's browser is told of them. */
@Injectable()
export class ConversationDescriptionsService {
  constructor(
    @InjectRepository(Message) private readonly messages: Repository<Message>,
    @InjectRepository(RunningAnswer) private readonly running: Repository<RunningAnswer>,
    @InjectRepository(SharedConversation) private readonly shares: Repository<SharedConversation>,
    @Inject(CHAT_RETENTION) private readonly retention: ChatRetention,
  ) {}

  /** In the same order. */
  async summary(conversations: readonly Conversation[]): Promise<ConversationSummaryDto[]> {
    const answering = await this.answering(conversations);
    return conversations.map((conversation) =>
      asSummary(conversation, answering.has(conversation.id)),
    );
  }

  async describe(conversation: Conversation): Promise<ConversationDto> {
    const [summary, cost, share, days, hasImages] = await Promise.all([
      this.summary([conversation]),
      this.cost(conversation.id),
      this.shares.findOne({ select: { id: true }, where: { conversationId: conversation.id } }),
      this.retention.daysOf(conversation.userId),
      this.messages.manager.existsBy(Attachment, {
        conversationId: conversation.id,
        kind: 'image',
      }),
    ]);
    return {
      ...summary[0]!,
      model: conversation.model,
      settings: conversation.settings,
      currentMessageId: conversation.currentMessageId,
      cost: nanoCoinsText(cost),
      hasImages,
      shareId: share?.id ?? null,
      expiresAt: days === null ? null : afterDays(conversation.updatedAt, days),
    };
  }

  /** Few answers are being written for a person at a time: they are looked through, not the messages. */
  private async answering(conversations: readonly Conversation[]): Promise<ReadonlySet<string>> {
    const userIds = [...new Set(conversations.map(({ userId }) => userId))];
    if (userIds.length === 0) return new Set();
    const rows = await this.running
      .createQueryBuilder('running')
      .innerJoin(Message, 'message', 'message.id = running.id')
      .select('message.conversationId', 'id')
      .where({ userId: In(userIds) })
      .getRawMany<{ id: string }>();
    return new Set(rows.map(({ id }) => id));
  }

  /** Nano-coins of all answers, on every branch; read as text, for SQLite rounds large numbers. */
  private async cost(conversationId: string): Promise<bigint> {
    const row = await this.messages
      .createQueryBuilder('message')
      .select('CAST(SUM(message.cost) AS TEXT)', 'cost')
      .where({ conversationId })
      .getRawOne<{ cost: string | null }>();
    return BigInt(row?.cost ?? 0);
  }
}

const asSummary = (
  { id, title, folderId, isPinned, isArchived, createdAt, updatedAt }: Conversation,
  isAnswering: boolean,
): ConversationSummaryDto => ({
  id,
  title,
  folderId,
  isPinned,
  isArchived,
  isAnswering,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

const afterDays = (time: Date, days: number) =>
  new Date(time.getTime() + days * DAY_MS).toISOString();
