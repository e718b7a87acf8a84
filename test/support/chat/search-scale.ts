import { type DataSource } from 'typeorm';
import { Conversation } from '../../../server/src/chat/conversations/conversation.entity.js';
import { NO_SETTINGS } from '../../../server/src/chat/conversations/conversation-settings.js';
import { SearchChatsDto } from '../../../server/src/chat/search/search.dto.js';
import { SearchService } from '../../../server/src/chat/search/search.service.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { type User } from '../../../server/src/users/user.entity.js';
import { TestApplication } from '../lumen/application.js';
import { type Dialect } from '../lumen/lumen-server.js';
import { addPeople } from '../lumen/people.js';

export interface SearchFigures {
  fillS: number;
  /** The quickest of some, of one person; others use the machine, too. */
  searchMs: Record<string, number>;
}

const TIMES = 3;
const MESSAGES_OF_CONVERSATION = 50;
const WORDS_OF_MESSAGE = 60;
const VOCABULARY = 50_000;
const CONVERSATIONS_AT_ONCE = 40;
const BEGINNING_MS = 1_600_000_000_000;
const MINUTE_MS = 60_000;
const OTHER_MODEL_EVERY = 1_000;

/** The most frequent word is `aa0`; the words of the numbers beyond are ever rarer. */
const SEARCHES: Record<string, Partial<SearchChatsDto> & { q: string }> = {
  'in nearly all': { q: `${word(0)}` },
  'frequent, two': { q: `${word(3)} ${word(5)}` },
  'one letter': { q: 'a' },
  'two letters': { q: 'ca' },
  'three letters': { q: word(26).slice(0, 3) },
  rare: { q: word(VOCABULARY - 7) },
  'rare and frequent': { q: `${word(VOCABULARY - 70)} ${word(0)}` },
  'of medium frequency, three': { q: `${word(40)} ${word(90)} ${word(200)}` },
  'in none': { q: 'nowhere' },
  'of a model that answered rarely': { q: word(0), model: 'other' },
  archived: { q: word(0), in: 'archived' },
  pinned: { q: word(7), isPinned: 'true' },
};

/** Fills a database with that many messages and searches in those of one person. */
export async function measureSearch(
  dialect: Dialect,
  place: { people: number; messages: number },
): Promise<SearchFigures> {
  await using app = await TestApplication.start(dialect);
  const { dataSource } = app;
  const people = await addPeople(dataSource, place.people);
  const startedMs = performance.now();
  await fill(dataSource, people, place.messages);
  const fillS = (performance.now() - startedMs) / 1000;
  const service = app.context.get(SearchService);
  const searchMs: Record<string, number> = {};
  for (const [name, search] of Object.entries(SEARCHES)) {
    const query = Object.assign(new SearchChatsDto(), search);
    searchMs[name] = await quickestOf(() => service.search(people[0]!.id, query));
  }
  return { fillS, searchMs };
}

async function fill(dataSource: DataSource, people: User[], messages: number): Promise<void> {
  const isPostgres = dataSource.options.type === 'postgres';
  if (isPostgres) await dataSource.query('DROP INDEX message_words_words');
  const conversations = messages / MESSAGES_OF_CONVERSATION;
  for (let start = 0; start < conversations; start += CONVERSATIONS_AT_ONCE) {
    const count = Math.min(CONVERSATIONS_AT_ONCE, conversations - start);
    const some = Array.from({ length: count }, (_, n) => keptAt(start + n, people));
    const said = some.flatMap((conversation, n) => saidIn(conversation, start + n));
    await dataSource.transaction(async (manager) => {
      await manager.insert(Conversation, some);
      for (const sql of isPostgres ? ON_POSTGRES : ON_SQLITE) {
        await manager.query(sql, [JSON.stringify(said)]);
      }
    });
  }
  if (isPostgres) {
    await dataSource.query(
      'CREATE INDEX message_words_words ON message_words USING gin (words) WITH (fastupdate = off)',
    );
  }
  await dataSource.query('ANALYZE');
}

function keptAt(n: number, people: readonly User[]): Conversation {
  const at = new Date(BEGINNING_MS + n * MINUTE_MS);
  return Object.assign(new Conversation(), {
    id: newId(),
    userId: people[n % people.length]!.id,
    title: `${word(random(n) % 500)} ${n}`,
    titleSource: 'question',
    folderId: null,
    isPinned: n % 5_000 === 0,
    isArchived: Math.floor(n / people.length) % 200 === 1,
    model: null,
    settings: NO_SETTINGS,
    currentMessageId: null,
    createdAt: at,
    updatedAt: at,
    removedAt: null,
  });
}

function saidIn({ id, userId, createdAt }: Conversation, n: number) {
  return Array.from({ length: MESSAGES_OF_CONVERSATION }, (_, turn) => {
    const content = textOf(n * MESSAGES_OF_CONVERSATION + turn);
    return {
      id: newId(),
      conversation: id,
      user: userId,
      at: createdAt.getTime() + turn,
      role: turn % 2 === 0 ? 'user' : 'assistant',
      model: n % OTHER_MODEL_EVERY === 3 ? 'other' : 'dummy',
      content,
      words: [...new Set(content.split(' '))].join(' '),
      owner: `_u${userId.replaceAll('-', '')}`,
      place: `_c${id.replaceAll('-', '')}`,
    };
  });
}

/** Half of a language's words are a few, and most of its words are rare. */
function textOf(n: number): string {
  const words: string[] = [];
  for (let k = 0; k < WORDS_OF_MESSAGE; k += 1) {
    const share = random(n * WORDS_OF_MESSAGE + k) / 2 ** 32;
    words.push(word(Math.floor(VOCABULARY ** share) - 1));
  }
  return words.join(' ');
}

function word(n: number): string {
  const letter = (value: number) => String.fromCharCode(97 + (value % 26));
  return `${letter(n)}${letter(n / 26)}${n}`;
}

/** The same for the same number, and unlike those of its neighbours; below 2^32. */
function random(n: number): number {
  let mixed = Math.imul(n ^ (n >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

async function quickestOf(search: () => Promise<unknown>): Promise<number> {
  const found: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const startedMs = performance.now();
    await search();
    found.push(performance.now() - startedMs);
  }
  return Math.min(...found);
}

const MESSAGE =
  'id, conversation_id, role, content, reasoning, model, state, is_estimated, created_at';

const ON_POSTGRES = [
  `INSERT INTO messages (${MESSAGE})
    SELECT id, conversation, role, content, '', model, 'complete', false, at
    FROM json_to_recordset($1::json) AS said
      (id text, conversation text, role text, content text, model text, at bigint)`,
  `INSERT INTO message_words (id, conversation_id, user_id, created_at, words)
    SELECT id, conversation, "user", at, array_to_tsvector(string_to_array(owner || ' ' || words, ' '))
    FROM json_to_recordset($1::json) AS said
      (id text, conversation text, "user" text, at bigint, owner text, words text)`,
  `INSERT INTO conversation_models (conversation_id, model)
    SELECT DISTINCT conversation, model
    FROM json_to_recordset($1::json) AS said (conversation text, model text)`,
];

const column = (name: string) => `json_extract(value, '$.${name}')`;
const ON_SQLITE = [
  `INSERT INTO messages (${MESSAGE})
    SELECT ${column('id')}, ${column('conversation')}, ${column('role')}, ${column('content')}, '',
      ${column('model')}, 'complete', 0, ${column('at')} FROM json_each(?)`,
  `INSERT INTO message_words (position, id, conversation_id)
    SELECT ${column('at')} * 1048576 + key, ${column('id')}, ${column('conversation')}
    FROM json_each(?)`,
  `INSERT INTO message_words_text (rowid, words)
    SELECT ${column('at')} * 1048576 + key,
      ${column('owner')} || ' ' || ${column('place')} || ' ' || ${column('words')}
    FROM json_each(?)`,
  `INSERT INTO conversation_models (conversation_id, model)
    SELECT DISTINCT ${column('conversation')}, ${column('model')} FROM json_each(?)`,
];
