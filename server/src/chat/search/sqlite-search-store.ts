import { type DataSource, type EntityManager } from 'typeorm';
import {
  type FoundEntries,
  type FoundEntry,
  type IndexedPlace,
  ROWS_OF,
  type SearchEntry,
  type SearchStore,
  type StoredSearch,
  type WordTable,
} from './search-store.js';

/** Entries of one millisecond that can be told apart. */
const PER_MS = 2 ** 20;
const LARGEST_POSITION = '9223372036854775807';

/**
 * Words in FTS5, which reads entries in the order of their position and stops when there are enough:
 * positions grow with time. They exceed what a number can tell apart, and are texts outside.
 */
export class SqliteSearchStore implements SearchStore {
  constructor(private readonly dataSource: DataSource) {}

  async put(
    manager: EntityManager,
    table: WordTable,
    place: IndexedPlace,
    entries: readonly SearchEntry[],
  ): Promise<void> {
    const owners = `${userToken(place.userId)} ${conversationToken(place.conversationId)}`;
    for (const { id, words } of entries) {
      await manager.query(addEntry(table), [id]);
      await manager.query(
        `INSERT OR REPLACE INTO ${table}_text (rowid, words)
          SELECT position, ? FROM ${table} WHERE id = ?`,
        [`${owners} ${words.join(' ')}`, id],
      );
    }
  }

  async find({ table, after, limit, ...search }: StoredSearch): Promise<FoundEntries> {
    const found = await this.dataSource.query<FoundEntry[]>(
      `SELECT entry.id AS id, entry.conversation_id AS "conversationId",
          CAST(entry.position AS TEXT) AS position
        FROM ${table}_text CROSS JOIN ${table} entry ON entry.position = ${table}_text.rowid
        WHERE ${table}_text MATCH ? AND ${table}_text.rowid < CAST(? AS INTEGER)
        ORDER BY ${table}_text.rowid DESC LIMIT ?`,
      [expression(search), after ?? LARGEST_POSITION, limit],
    );
    return { found, isAll: found.length < limit };
  }

  isPosition(text: string): boolean {
    return /^\d{1,18}$|^[1-8]\d{18}$/.test(text);
  }

  timeOf(position: string): number {
    return Number(BigInt(position) / BigInt(PER_MS));
  }
}

/** With the next position of its millisecond. */
function addEntry(table: WordTable): string {
  const conversation = table === 'title_words' ? 'id' : 'conversation_id';
  return `INSERT INTO ${table} (position, id, conversation_id)
    SELECT COALESCE(
        (SELECT MAX(position) + 1 FROM ${table}
          WHERE position >= created_at * ${PER_MS} AND position < (created_at + 1) * ${PER_MS}),
        created_at * ${PER_MS}),
      id, ${conversation}
    FROM ${ROWS_OF[table]} WHERE id = ?
    ON CONFLICT (id) DO NOTHING`;
}

/** Words are letters and digits; those that begin with a line below are Lumen's. */
const userToken = (id: string) => `_u${id.replaceAll('-', '')}`;
const conversationToken = (id: string) => `_c${id.replaceAll('-', '')}`;

function expression({
  userId,
  query,
  conversationIds,
}: Pick<StoredSearch, 'userId' | 'query' | 'conversationIds'>): string {
  const places = conversationIds?.map((id) => `"${conversationToken(id)}"`).join(' OR ');
  const words = query.words.map((word) => `"${word}"`);
  return [
    `"${userToken(userId)}"`,
    ...(places === undefined ? [] : [`(${places})`]),
    ...words,
    `"${query.prefix}" *`,
  ].join(' AND ');
}
