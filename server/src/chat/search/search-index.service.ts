import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In } from 'typeorm';
import { placeholders } from '../../infrastructure/database/placeholders.js';
import { Message } from '../messages/message.entity.js';
import { PostgresSearchStore } from './postgres-search-store.js';
import {
  type FoundEntries,
  type IndexedPlace,
  ROWS_OF,
  type SearchStore,
  type StoredSearch,
  type WordTable,
} from './search-store.js';
import { wordsOf } from './search-words.js';
import { SqliteSearchStore } from './sqlite-search-store.js';

export { type IndexedPlace } from './search-store.js';

/** Ids in one statement. */
const IDS_AT_A_TIME = 500;
/** Messages in one statement. */
const MESSAGES_AT_A_TIME = 100;

/**
 * Keeps what can be searched for in step with what is written, in the same transaction. Rows that are
 * deleted for good are forgotten by themselves; conversations that are hidden stay and are not shown.
 */
@Injectable()
export class SearchIndexService {
  private readonly store: SearchStore;

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {
    const isPostgres = dataSource.options.type === 'postgres';
    this.store = new (isPostgres ? PostgresSearchStore : SqliteSearchStore)(dataSource);
  }

  /** The title as it is now; the conversation's row has been written. */
  async putTitle(manager: EntityManager, place: IndexedPlace, title: string): Promise<void> {
    const entry = { id: place.conversationId, words: wordsOf(title) };
    await this.store.put(manager, 'title_words', place, [entry]);
  }

  /** A message as it is now; called once its text is complete and its row written, and at changes. */
  async putMessage(
    manager: EntityManager,
    place: IndexedPlace,
    message: { id: string; content: string },
  ): Promise<void> {
    await this.putMessages(manager, place, [message]);
  }

  /** The same for many of one conversation. */
  async putMessages(
    manager: EntityManager,
    place: IndexedPlace,
    messages: readonly { id: string; content: string }[],
  ): Promise<void> {
    for (let at = 0; at < messages.length; at += MESSAGES_AT_A_TIME) {
      const some = messages.slice(at, at + MESSAGES_AT_A_TIME);
      const entries = some.map(({ id, content }) => ({ id, words: wordsOf(content) }));
      await this.store.put(manager, 'message_words', place, entries);
      const ids = some.map(({ id }) => id);
      await this.change(
        manager,
        `INSERT INTO conversation_models (conversation_id, model)
          SELECT DISTINCT conversation_id, model FROM messages
          WHERE id IN (${marks(ids)}) AND model IS NOT NULL AND role = 'assistant'
          ON CONFLICT (conversation_id, model) DO NOTHING`,
        ids,
      );
    }
  }

  /** Messages of one conversation by their ids, with the texts their rows have. */
  async putStored(
    manager: EntityManager,
    place: IndexedPlace,
    ids: readonly string[],
  ): Promise<void> {
    for (let at = 0; at < ids.length; at += MESSAGES_AT_A_TIME) {
      const some = await manager.find(Message, {
        select: { id: true, content: true },
        where: { id: In(ids.slice(at, at + MESSAGES_AT_A_TIME)) },
      });
      await this.putMessages(manager, place, some);
    }
  }

  async forgetMessages(manager: EntityManager, messageIds: readonly string[]): Promise<void> {
    await this.forget(manager, 'message_words', messageIds, (ids) => `id IN (${marks(ids)})`);
  }

  /** Its title and its messages. */
  async forgetConversations(manager: EntityManager, ids: readonly string[]): Promise<void> {
    await this.forget(manager, 'title_words', ids, (some) => `id IN (${marks(some)})`);
    const ofThese = (some: readonly string[]) =>
      `id IN (SELECT id FROM ${ROWS_OF.message_words} WHERE conversation_id IN (${marks(some)}))`;
    await this.forget(manager, 'message_words', ids, ofThese);
  }

  /** Titles or messages, newest first. */
  find(search: StoredSearch): Promise<FoundEntries> {
    return this.store.find(search);
  }

  /** That a `position` is one that could have been given out. */
  isPosition(text: string): boolean {
    return this.store.isPosition(text);
  }

  /** When the entry at a position was written, in milliseconds. */
  timeOf(position: string): number {
    return this.store.timeOf(position);
  }

  private async forget(
    manager: EntityManager,
    table: WordTable,
    ids: readonly string[],
    where: (ids: readonly string[]) => string,
  ): Promise<void> {
    for (let at = 0; at < ids.length; at += IDS_AT_A_TIME) {
      const some = ids.slice(at, at + IDS_AT_A_TIME);
      await this.change(manager, `DELETE FROM ${table} WHERE ${where(some)}`, some);
    }
  }

  private change(manager: EntityManager, sql: string, values: readonly string[]): Promise<unknown> {
    return manager.query(placeholders(this.dataSource, sql), [...values]);
  }
}

const marks = (ids: readonly unknown[]) => ids.map(() => '?').join(', ');
