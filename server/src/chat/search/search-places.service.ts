import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, type SelectQueryBuilder } from 'typeorm';
import { Conversation } from '../conversations/conversation.entity.js';
import { type SearchChatsDto } from './search.dto.js';
import { type FoundEntry } from './search-store.js';

/** Conversations that can be named in a search; where more are left, what is found is filtered. */
const FEW = 100;

/** Which conversations of a person a search is in. */
@Injectable()
export class SearchPlacesService {
  constructor(
    @InjectRepository(Conversation) private readonly conversations: Repository<Conversation>,
  ) {}

  /** The conversations that the filter leaves, if they are few; null: they are many. */
  async few(userId: string, filter: SearchChatsDto): Promise<string[] | null> {
    const rows = await this.filtered(userId, filter)
      .limit(FEW + 1)
      .getMany();
    return rows.length > FEW ? null : rows.map(({ id }) => id);
  }

  /** Those of the entries that the filter leaves, unless `few` has named where they are from. */
  async keep(
    userId: string,
    filter: SearchChatsDto,
    few: readonly string[] | null,
    entries: readonly FoundEntry[],
  ): Promise<readonly FoundEntry[]> {
    if (few !== null || entries.length === 0) return entries;
    const ids = [...new Set(entries.map(({ conversationId }) => conversationId))];
    const rows = await this.filtered(userId, filter)
      .andWhere('conversation.id IN (:...ids)', { ids })
      .getMany();
    const left = new Set(rows.map(({ id }) => id));
    return entries.filter(({ conversationId }) => left.has(conversationId));
  }

  private filtered(
    userId: string,
    { in: place, isPinned, folderId, model, since }: SearchChatsDto,
  ): SelectQueryBuilder<Conversation> {
    const query = this.conversations
      .createQueryBuilder('conversation')
      .select(['conversation.id'])
      .where('conversation.userId = :userId', { userId })
      .andWhere('conversation.removedAt IS NULL');
    if (place !== 'all') {
      query.andWhere('conversation.isArchived = :isArchived', { isArchived: place === 'archived' });
    }
    if (isPinned) query.andWhere('conversation.isPinned = :isPinned', { isPinned: true });
    if (folderId) query.andWhere('conversation.folderId = :folderId', { folderId });
    if (since !== undefined) {
      query.andWhere('conversation.updatedAt >= :since', { since: Date.parse(since) });
    }
    if (model !== undefined) query.andWhere(ANSWERED_BY, { model });
    return query;
  }
}

const ANSWERED_BY = `EXISTS (SELECT 1 FROM conversation_models answered
  WHERE answered.conversation_id = conversation.id AND answered.model = :model)`;
