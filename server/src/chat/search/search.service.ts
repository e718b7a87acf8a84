import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { ConversationDescriptionsService } from '../conversations/conversation-descriptions.service.js';
import { Conversation } from '../conversations/conversation.entity.js';
import { type ConversationSummaryDto } from '../conversations/conversations.dto.js';
import { type SearchChatsDto, type SearchHitDto, type SearchResultDto } from './search.dto.js';
import { SearchIndexService } from './search-index.service.js';
import { SearchPlacesService } from './search-places.service.js';
import { messageSnippetOf, snippetOf } from './search-snippet.js';
import { type FoundEntry, type WordTable } from './search-store.js';
import { SearchTextsService } from './search-texts.service.js';
import { wordQuery, type WordQuery } from './search-words.js';

const HITS_OF_PAGE = 20;
/** Entries looked at at a time, first and where filters left too few of them. */
const FIRST_LOOK = 60;
const FURTHER_LOOK = 2_000;
/** Of a page, which ends early then; the cursor goes on from there. */
const MOST_LOOKS = 6;
const TABLES: readonly WordTable[] = ['title_words', 'message_words'];
const NOTHING: SearchResultDto = { hits: [], nextCursor: null };

interface Place {
  readonly table: WordTable;
  /** Of the last entry that was looked at. */
  readonly after: string | null;
}

interface PageOfEntries {
  readonly entries: readonly (FoundEntry & { table: WordTable })[];
  readonly next: Place | null;
}

/** Finds words in the titles and messages of a person's conversations. */
@Injectable()
export class SearchService {
  constructor(
    private readonly index: SearchIndexService,
    private readonly places: SearchPlacesService,
    private readonly texts: SearchTextsService,
    private readonly descriptions: ConversationDescriptionsService,
    @InjectRepository(Conversation) private readonly conversations: Repository<Conversation>,
  ) {}

  /**
   * A page of what has all of the words, in titles first, each newest first. A page may be shorter
   * than another where filters leave little; `nextCursor` tells whether there is more.
   */
  async search(userId: string, filter: SearchChatsDto): Promise<SearchResultDto> {
    const query = wordQuery(filter.q);
    const start = this.placeOf(filter.cursor);
    if (query === null) return NOTHING;
    const conversationIds = await this.places.few(userId, filter);
    if (conversationIds?.length === 0) return NOTHING;
    const page = await this.page({ userId, query, conversationIds }, filter, start);
    const hits = await this.describe(page, query);
    return { hits, nextCursor: page.next && `${page.next.table}:${page.next.after ?? ''}` };
  }

  private async page(
    search: { userId: string; query: WordQuery; conversationIds: readonly string[] | null },
    filter: SearchChatsDto,
    start: Place,
  ): Promise<PageOfEntries> {
    const entries: (FoundEntry & { table: WordTable })[] = [];
    let place: Place | null = start;
    let limit = FIRST_LOOK;
    for (let looks = 0; place && looks < MOST_LOOKS; looks += 1) {
      const room: number = HITS_OF_PAGE - entries.length;
      if (room === 0) break;
      const { table, after }: Place = place;
      const enough = limit === FIRST_LOOK ? HITS_OF_PAGE : limit;
      const { found, isAll } = await this.index.find({ ...search, table, after, enough, limit });
      const recent: readonly FoundEntry[] =
        table === 'message_words' ? this.since(filter, found) : found;
      const left = await this.places.keep(search.userId, filter, search.conversationIds, recent);
      entries.push(...left.slice(0, room).map((entry) => ({ ...entry, table })));
      const isCut = left.length > room;
      const last = isCut ? left[room - 1] : found.at(-1);
      const isOver = (isAll || recent.length < found.length) && !isCut;
      place = isOver ? following(table) : { table, after: last?.position ?? after };
      limit = isOver ? FIRST_LOOK : FURTHER_LOOK;
    }
    return { entries, next: place };
  }

  /** Those that were said since then; they come newest first. */
  private since({ since }: SearchChatsDto, found: readonly FoundEntry[]): readonly FoundEntry[] {
    if (since === undefined) return found;
    const sinceMs = Date.parse(since);
    const end = found.findIndex(({ position }) => this.index.timeOf(position) < sinceMs);
    return end === -1 ? found : found.slice(0, end);
  }

  private async describe(page: PageOfEntries, query: WordQuery): Promise<SearchHitDto[]> {
    const { entries } = page;
    const summaries = await this.summaries(entries);
    const messageIds = entries.filter(isMessage).map(({ id }) => id);
    const texts = await this.texts.of(messageIds);
    return entries.flatMap((entry) => {
      const conversation = summaries.get(entry.conversationId);
      const text = isMessage(entry) ? texts.get(entry.id) : conversation?.title;
      if (!conversation || text === undefined) return [];
      const messageId = isMessage(entry) ? entry.id : null;
      const snippet = messageId === null ? snippetOf(text, query) : messageSnippetOf(text, query);
      return [{ conversation, messageId, snippet }];
    });
  }

  private async summaries(
    entries: readonly FoundEntry[],
  ): Promise<ReadonlyMap<string, ConversationSummaryDto>> {
    const ids = [...new Set(entries.map(({ conversationId }) => conversationId))];
    const conversations = await this.conversations.findBy({ id: In(ids) });
    const summaries = await this.descriptions.summary(conversations);
    return new Map(summaries.map((summary) => [summary.id, summary]));
  }

  /** @throws AppError invalid_request */
  private placeOf(cursor: string | undefined): Place {
    if (cursor === undefined) return { table: 'title_words', after: null };
    const [name, after = ''] = cursor.split(':', 2);
    const table = TABLES.find((known) => known === name);
    if (table && after === '') return { table, after: null };
    if (table && this.index.isPosition(after)) return { table, after };
    const message = 'cursor is not what a page of this search gave. Search again without it.';
    throw new AppError('invalid_request', message, { param: 'cursor' });
  }
}

const isMessage = ({ table }: { table: WordTable }) => table === 'message_words';

const following = (table: WordTable): Place | null =>
  table === 'title_words' ? { table: 'message_words', after: null } : null;
