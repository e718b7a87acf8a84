import { type EntityManager } from 'typeorm';
import { type WordQuery } from './search-words.js';

/** Where words stand; the rows of `title_words` are conversations, those of `message_words` messages. */
export type WordTable = 'title_words' | 'message_words';

/** A title or a message to be found by its words. */
export interface SearchEntry {
  readonly id: string;
  readonly words: readonly string[];
}

/** Whose text it is, and where it stands. */
export interface IndexedPlace {
  readonly userId: string;
  readonly conversationId: string;
}

export interface StoredSearch {
  readonly table: WordTable;
  readonly userId: string;
  readonly query: WordQuery;
  /** Only in these few; null: in all of the person's. */
  readonly conversationIds: readonly string[] | null;
  /** `position` of the last one known; null: from the newest on. */
  readonly after: string | null;
  /** So many are enough, if more take longer. */
  readonly enough: number;
  readonly limit: number;
}

export interface FoundEntry {
  readonly id: string;
  readonly conversationId: string;
  /** Where to go on behind it. */
  readonly position: string;
}

export interface FoundEntries {
  readonly found: readonly FoundEntry[];
  /** There are no more behind these. */
  readonly isAll: boolean;
}

/** What each database has for finding words. */
export interface SearchStore {
  /** Entries as they are now, instead of what they were; their rows have been written before. */
  put(
    manager: EntityManager,
    table: WordTable,
    place: IndexedPlace,
    entries: readonly SearchEntry[],
  ): Promise<void>;

  /** Newest first. */
  find(search: StoredSearch): Promise<FoundEntries>;

  isPosition(text: string): boolean;

  /** Milliseconds. */
  timeOf(position: string): number;
}

/** The table whose rows the entries belong to. */
export const ROWS_OF: Record<WordTable, string> = {
  title_words: 'conversations',
  message_words: 'messages',
};
