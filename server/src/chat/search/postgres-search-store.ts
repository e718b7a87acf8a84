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

/** Newest entries of a person that are looked through one by one, before the index of words is asked. */
const LOOKED_THROUGH = 2_000;
/** Entries of conversations that are named, looked through likewise. */
const LOOKED_THROUGH_IN_SOME = 20_000;
const NEWEST = { ms: String(Number.MAX_SAFE_INTEGER), id: '' };
const ROW = 'id, conversation_id AS "conversationId", created_at || \'.\' || id AS position';
const BEFORE = '(created_at, id) < ($2::bigint, $3)';
const NEWEST_FIRST = 'ORDER BY created_at DESC, id DESC';

/** Words in text search vectors. Their index knows no order, so frequent words are found without it. */
export class PostgresSearchStore implements SearchStore {
  constructor(private readonly dataSource: DataSource) {}

  async put(
    manager: EntityManager,
    table: WordTable,
    place: IndexedPlace,
    entries: readonly SearchEntry[],
  ): Promise<void> {
    const owner = userLexeme(place.userId);
    const rows = entries.map(({ id, words }) => ({ id, words: [owner, ...words].join(' ') }));
    await manager.query(
      `INSERT INTO ${table} (id, conversation_id, user_id, created_at, words)
        SELECT entry.id, $1, $2, written.created_at,
          array_to_tsvector(string_to_array(entry.words, ' '))
        FROM json_to_recordset($3::json) AS entry (id varchar, words text)
        JOIN ${ROWS_OF[table]} written ON written.id = entry.id
        ON CONFLICT (id) DO UPDATE SET words = excluded.words`,
      [place.conversationId, place.userId, JSON.stringify(rows)],
    );
  }

  async find(search: StoredSearch): Promise<FoundEntries> {
    const { conversationIds, enough, limit } = search;
    if (conversationIds) return all(await this.findInSome(search, conversationIds), limit);
    const first = await this.lookThrough(search);
    const { found } = first;
    if (first.isAll || found.length >= enough) return first;
    const after = found.at(-1)?.position ?? search.after;
    const rest = await this.findByIndex({ ...search, after, limit: limit - found.length });
    return all([...found, ...rest], limit);
  }

  isPosition(text: string): boolean {
    return /^\d{1,15}\.[\da-f-]{36}$/.test(text);
  }

  timeOf(position: string): number {
    return Number.parseInt(position, 10);
  }

  /**
   * The index of words is asked only where these conversations are long: it has the words of everybody,
   * and what begins with a letter is nearly everything.
   */
  private async findInSome(search: StoredSearch, ids: readonly string[]): Promise<FoundEntry[]> {
    const { table, limit } = search;
    const [count] = await this.dataSource.query<[{ isMany: boolean }]>(
      `SELECT COUNT(*) > ${LOOKED_THROUGH_IN_SOME} AS "isMany" FROM (SELECT 1 FROM ${table}
        WHERE conversation_id = ANY($1) LIMIT ${LOOKED_THROUGH_IN_SOME + 1}) entries`,
      [ids],
    );
    // The planner does not look past OFFSET.
    const fence = count.isMany ? '' : 'OFFSET 0';
    return this.dataSource.query<FoundEntry[]>(
      `SELECT ${ROW} FROM (SELECT * FROM ${table} WHERE conversation_id = ANY($4) ${fence}) entries
        WHERE words @@ $1::tsquery AND ${BEFORE} ${NEWEST_FIRST} LIMIT $5`,
      [...this.start(search), ids, limit],
    );
  }

  /** Enough wherever the words are not rare, and for all who have not written very much. */
  private async lookThrough(search: StoredSearch): Promise<FoundEntries> {
    const rows = await this.dataSource.query<(FoundEntry & { isLast: boolean })[]>(
      `WITH newest AS MATERIALIZED (
          SELECT id, conversation_id, created_at, words FROM ${search.table}
            WHERE user_id = $4 AND ${BEFORE} ${NEWEST_FIRST} LIMIT ${LOOKED_THROUGH}),
        looked AS (SELECT COUNT(*) < ${LOOKED_THROUGH} AS "isLast" FROM newest)
        SELECT ${ROW}, "isLast" FROM looked LEFT JOIN newest ON words @@ $1::tsquery
          ${NEWEST_FIRST} LIMIT $5`,
      [...this.start(search), search.userId, search.limit],
    );
    const found = rows.filter(({ id }) => id !== null);
    return { found, isAll: found.length < search.limit && (rows[0]?.isLast ?? true) };
  }

  /**
   * All that the index has, then the newest of these. The planner would rather read the table from its
   * end or its beginning, which is slow for the rare words that come here.
   */
  private findByIndex(search: StoredSearch): Promise<FoundEntry[]> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SET LOCAL enable_seqscan = off; SET LOCAL jit = off');
      return manager.query<FoundEntry[]>(
        `WITH found AS MATERIALIZED (
            SELECT id, conversation_id, created_at FROM ${search.table}
              WHERE words @@ $1::tsquery)
          SELECT ${ROW} FROM found WHERE ${BEFORE} ${NEWEST_FIRST} LIMIT $4`,
        [...this.start(search), search.limit],
      );
    });
  }

  private start({ userId, query, after }: StoredSearch): string[] {
    const [ms = NEWEST.ms, id = NEWEST.id] = after?.split('.') ?? [];
    const words = [userLexeme(userId), ...query.words].map((word) => `'${word}'`);
    return [`${words.join(' & ')} & '${query.prefix}':*`, ms, id];
  }
}

const all = (found: readonly FoundEntry[], limit: number): FoundEntries => ({
  found,
  isAll: found.length < limit,
});

/** Words are letters and digits; those that begin with a line below are Lumen's. */
const userLexeme = (id: string) => `_u${id.replaceAll('-', '')}`;
