import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, type SelectQueryBuilder } from 'typeorm';
import { MessagesService } from '../messages/messages.service.js';
import { ConversationDescriptionsService } from './conversation-descriptions.service.js';
import { Conversation } from './conversation.entity.js';
import {
  type ConversationPageDto,
  type ConversationView,
  type ListConversationsDto,
  type OpenConversationDto,
} from './conversations.dto.js';
import { FoldersService } from './folders.service.js';
import { asCursor, fromCursor } from './list-cursor.js';
import { OwnedConversationsService } from './owned-conversations.service.js';

const FIRST_PAGE = 60;

/**
 * Lists and opens a person's conversations. Every page of the list is a walk along an index from
 * where the page before ended, so the last of 100,000 costs what the first does, and nothing that is
 * said meanwhile moves a row onto a second page.
 */
@Injectable()
export class ConversationReadsService {
  constructor(
    @InjectRepository(Conversation) private readonly conversations: Repository<Conversation>,
    private readonly folders: FoldersService,
    private readonly owned: OwnedConversationsService,
    private readonly messages: MessagesService,
    private readonly descriptions: ConversationDescriptionsService,
  ) {}

  /** With the newest messages of the branch that is shown. @throws AppError not_found */
  async open(userId: string, id: string): Promise<OpenConversationDto> {
    const found = await this.owned.find(userId, id);
    const [conversation, page] = await Promise.all([
      this.descriptions.describe(found),
      this.messages.newest(found, FIRST_PAGE),
    ]);
    return { conversation, ...page };
  }

  /** Newest first. @throws AppError not_found: the folder; invalid_request: the cursor */
  async page(userId: string, query: ListConversationsDto): Promise<ConversationPageDto> {
    if (query.folderId) await this.folders.find(userId, query.folderId);
    const rows = query.folderId
      ? await this.inFolder(userId, query.folderId, query)
      : await this.inView(userId, query);
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    const hasMore = rows.length > query.limit && last !== undefined;
    return {
      conversations: await this.descriptions.summary(page),
      nextCursor: hasMore ? asCursor({ updatedMs: last.updatedAt.getTime(), id: last.id }) : null,
    };
  }

  private async inView(userId: string, query: ListConversationsDto): Promise<Conversation[]> {
    const stretches = await Promise.all(
      STRETCHES[query.view].map((flags) =>
        this.query(query)
          .andWhere({ userId, ...flags })
          .getMany(),
      ),
    );
    return stretches.length === 1 ? stretches[0]! : stretches.flat().sort(newestFirst);
  }

  /**
   * The index is that of the folder. Whose it is and what is archived is asked in a way that no index
   * serves, for a planner without figures would take the one of all the person's conversations.
   */
  private inFolder(
    userId: string,
    folderId: string,
    query: ListConversationsDto,
  ): Promise<Conversation[]> {
    const { view } = query;
    const rows = this.query(query)
      .andWhere('conversation.folderId = :folderId', { folderId: folderId.toLowerCase() })
      .andWhere("(conversation.userId || '') = :userId", { userId })
      .andWhere(view === 'archived' ? 'conversation.isArchived' : 'NOT conversation.isArchived');
    if (view === 'pinned') rows.andWhere('conversation.isPinned');
    return rows.getMany();
  }

  /** One more than the page, to know whether there is another. */
  private query({ cursor, limit }: ListConversationsDto): SelectQueryBuilder<Conversation> {
    const query = this.conversations
      .createQueryBuilder('conversation')
      .where('conversation.removedAt IS NULL')
      .orderBy('conversation.updatedAt', 'DESC')
      .addOrderBy('conversation.id', 'DESC')
      .limit(limit + 1);
    if (!cursor) return query;
    return query.andWhere(
      '(conversation.updatedAt, conversation.id) < (:updatedMs, :id)',
      fromCursor(cursor),
    );
  }
}

/** The stretches of the index `conversations_view` that a view is made of. */
const STRETCHES: Record<
  ConversationView,
  readonly Pick<Conversation, 'isArchived' | 'isPinned'>[]
> = {
  recent: [{ isArchived: false, isPinned: false }],
  pinned: [{ isArchived: false, isPinned: true }],
  archived: [
    { isArchived: true, isPinned: false },
    { isArchived: true, isPinned: true },
  ],
};

function newestFirst(one: Conversation, other: Conversation): number {
  const later = other.updatedAt.getTime() - one.updatedAt.getTime();
  return later === 0 ? Number(one.id < other.id) - Number(one.id > other.id) : later;
}
