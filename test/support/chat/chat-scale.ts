import { type DataSource } from 'typeorm';
import { NO_SETTINGS } from '../../../server/src/chat/conversations/conversation-settings.js';
import { asCursor } from '../../../server/src/chat/conversations/list-cursor.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { InProcessLumen } from '../lumen/in-process.js';
import { type Dialect } from '../lumen/lumen-server.js';
import { BEGUN_MS, dialogue, show, writeMessages } from './written-conversations.js';

export interface ChatScale {
  /** Of one person. */
  conversations: number;
  /** In each of them, one after the other. */
  messages: number;
}

/** Milliseconds of the server: the median and the second slowest of several. */
export interface Took {
  median: number;
  slow: number;
}

export type ChatFigures = Record<
  | 'open'
  | 'open one of 5,000 messages'
  | 'older messages of 5,000'
  | 'first page'
  | 'page in the middle'
  | 'pinned'
  | 'archived'
  | 'first page of a folder',
  Took
>;

const TIMES = 20;
const LONG_TURNS = 2_500;
const FOLDER = '00000000-0000-7000-8000-00000000f01d';
const TEXT = 'Some words about a thing that somebody wanted to know. '.repeat(10);

/** Opens and lists one person's many conversations. Throws if any answer is not what it has to be. */
export async function measureChat(dialect: Dialect, scale: ChatScale): Promise<ChatFigures> {
  await using lumen = await InProcessLumen.start(dialect, chatConfiguration);
  const userId = await ownerOf(lumen);
  await writeChats(lumen.dataSource, userId, scale);
  const long = await writeLongChat(lumen.dataSource, scale);
  const list = (query: string, least: number) => ask(lumen, () => `?${query}`, least);
  const open = (id: () => string, least: number) => ask(lumen, () => `/${id()}`, least);
  let seed = 1;
  const any = () => idOf((seed = (seed * 48_271) % 2_147_483_647) % (scale.conversations - 1));
  const middle = asCursor({
    updatedMs: BEGUN_MS + Math.floor(scale.conversations / 2),
    id: newId(),
  });
  return {
    open: await open(any, scale.messages),
    'open one of 5,000 messages': await open(() => long.id, 60),
    'older messages of 5,000': await open(() => `${long.id}/messages?before=${long.middle}`, 60),
    'first page': await list('limit=50', 50),
    'page in the middle': await list(`limit=50&cursor=${middle}`, 50),
    pinned: await list('view=pinned&limit=50', scale.conversations / 1_000),
    archived: await list('view=archived&limit=50', scale.conversations / 500),
    'first page of a folder': await list(`folderId=${FOLDER}&limit=50`, scale.conversations / 200),
  };
}

/** How long these take, each with at least so many rows (or a page of 50). */
async function ask(lumen: InProcessLumen, address: () => string, least: number): Promise<Took> {
  const found: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const { status, body, tookMs } = await lumen.ask('GET', `/chat/conversations${address()}`);
    const { messages, conversations } = body as Record<string, unknown[] | undefined>;
    const rows = (messages ?? conversations)?.length ?? 0;
    if (status !== 200 || rows < Math.min(50, Math.floor(least))) {
      throw new Error(`${address()}: ${status} with ${rows} rows instead of ${least}`);
    }
    found.push(tookMs);
  }
  found.sort((one, other) => one - other);
  return { median: found[TIMES / 2]!, slow: found[TIMES - 2]! };
}

/** `ada@example.edu` asks as often as they like. */
export const chatConfiguration = (databaseUrl: string) => `
app:
  secret_key: test-secret-test-secret-test-secret-test
  encryption_key: test-encryption-test-encryption-test-enc
  database_url: ${databaseUrl}
  debug: true
  dev_user: ada@example.edu
log: { level: error }
rate_limiting: { limit: 100000 per second }
retention: { chat_days: 3650 }
models:
  - name: dummy
    endpoints: [{ url: "http://127.0.0.1:9/v1", api_key: none }]
groups:
  default: { max: 10 }
`;

async function ownerOf(lumen: InProcessLumen): Promise<string> {
  const [row] = await lumen.dataSource.query<{ id: string }[]>(
    "SELECT id FROM users WHERE email = 'ada@example.edu'",
  );
  return row!.id;
}

const idOf = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/**
 * Inside the database, which is a hundred times as fast: number n was said in at a moment that has
 * nothing to do with n; each 1,000th is pinned, each 50th archived, each 100th in the folder.
 */
async function writeChats(
  dataSource: DataSource,
  userId: string,
  { conversations, messages }: ChatScale,
): Promise<void> {
  const isPostgres = dataSource.options.type === 'postgres';
  const last = (text: string, length: number) =>
    isPostgres
      ? `right('000000000000' || ${text}, ${length})`
      : `substr('000000000000' || ${text}, -${length})`;
  const conversationId = `'00000000-0000-7000-8000-' || ${last('n', 12)}`;
  const messageId = (k: string) =>
    `'00000000-' || ${last(k, 4)} || '-7000-8000-' || ${last('n', 12)}`;
  const numbers = (name: string, count: number) =>
    `${name} AS (SELECT 0 AS ${name[0]} UNION ALL SELECT ${name[0]} + 1 FROM ${name} WHERE ${name[0]} < ${count - 1})`;
  await dataSource.query(
    `INSERT INTO folders (id, user_id, name, created_at) VALUES ('${FOLDER}', '${userId}', 'Folder', ${BEGUN_MS})`,
  );
  await dataSource.query(`
    INSERT INTO conversations (id, user_id, title, title_source, folder_id, is_pinned, is_archived,
      model, settings, current_message_id, created_at, updated_at)
    WITH RECURSIVE ${numbers('n', conversations)}
    SELECT ${conversationId}, '${userId}', 'Number ' || n, 'words',
      CASE WHEN n % 100 = 0 THEN '${FOLDER}' END, n % 1000 = 1, n % 50 = 3, 'dummy',
      '${JSON.stringify(NO_SETTINGS)}', ${messageId(`${messages - 1}`)}, ${BEGUN_MS},
      ${BEGUN_MS} + (n * 7919) % ${conversations} FROM n`);
  await dataSource.query(`
    INSERT INTO messages (id, conversation_id, parent_id, role, model, state, cost, is_estimated,
      created_at, content, reasoning)
    WITH RECURSIVE ${numbers('n', conversations)}, ${numbers('k', messages)}
    SELECT ${messageId('k')}, ${conversationId}, CASE WHEN k > 0 THEN ${messageId('(k - 1)')} END,
      CASE WHEN k % 2 = 0 THEN 'user' ELSE 'assistant' END, CASE WHEN k % 2 = 1 THEN 'dummy' END,
      'complete', CASE WHEN k % 2 = 1 THEN 1000 END, 1 = 0, ${BEGUN_MS} + k, '${TEXT}', ''
    FROM k CROSS JOIN n`);
}

/** The last conversation gets a further beginning, with 5,000 messages in a row. */
async function writeLongChat(
  dataSource: DataSource,
  { conversations }: ChatScale,
): Promise<{ id: string; middle: string }> {
  const id = idOf(conversations - 1);
  const said = dialogue(LONG_TURNS).map((each) => ({ ...each, content: TEXT, cost: 1_000n }));
  const ids = await writeMessages(dataSource, id, said);
  await show(dataSource, id, ids[`a${LONG_TURNS - 1}`]!);
  return { id, middle: ids[`a${LONG_TURNS / 2}`]! };
}
