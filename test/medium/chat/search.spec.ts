import { describe, expect, it } from '@jest/globals';
import { Conversation } from '../../../server/src/chat/conversations/conversation.entity.js';
import { Folder } from '../../../server/src/chat/conversations/folder.entity.js';
import { Message } from '../../../server/src/chat/messages/message.entity.js';
import {
  SearchChatsDto,
  type SearchResultDto,
} from '../../../server/src/chat/search/search.dto.js';
import { SearchIndexService } from '../../../server/src/chat/search/search-index.service.js';
import { SearchService } from '../../../server/src/chat/search/search.service.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { User } from '../../../server/src/users/user.entity.js';
import { keepChat, type KeptChat, keptMessage } from '../../support/chat/kept-chats.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS, type Dialect } from '../../support/lumen/lumen-server.js';
import { addPerson } from '../../support/lumen/people.js';

const DAY_MS = 86_400_000;

async function start(dialect: Dialect) {
  const app = await TestApplication.start(dialect);
  const { dataSource } = app;
  const index = app.context.get(SearchIndexService);
  const ada = await addPerson(dataSource, 'ada@example.edu');
  const ben = await addPerson(dataSource, 'ben@example.edu');
  const keep = (chat: KeptChat, details: Partial<Conversation> = {}, user = ada) =>
    keepChat(dataSource, index, user.id, chat, details);
  const search = (q: string, filter: Partial<SearchChatsDto> = {}, user = ada) =>
    app.context
      .get(SearchService)
      .search(user.id, Object.assign(new SearchChatsDto(), filter, { q }));
  const dispose = () => app[Symbol.asyncDispose]();
  return { app, dataSource, index, ada, ben, keep, search, [Symbol.asyncDispose]: dispose };
}

const shown = ({ hits }: SearchResultDto) =>
  hits.map(({ snippet }) =>
    snippet.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text)).join(''),
  );

describe.each(DIALECTS)('searching chats on %s', (dialect) => {
  it('finds words in titles first, then in messages, the newest first', async () => {
    await using lumen = await start(dialect);
    const old = await lumen.keep({
      title: 'Reise nach Rom',
      said: ['Wohin im Frühling?', 'Der FRÜHLING in Rom ist mild.'],
    });
    const recent = await lumen.keep({
      title: 'Frühling',
      said: ['Wann beginnt der Fruhling?', 'Im März.'],
      startedAtMs: 1_700_000_000_000 + DAY_MS,
    });
    const result = await lumen.search('früh');
    expect(shown(result)).toEqual([
      '[Frühling]',
      'Wann beginnt der [Fruhling]?',
      'Der [FRÜHLING] in Rom ist mild.',
      'Wohin im [Frühling]?',
    ]);
    expect(result.hits.map(({ messageId }) => messageId)).toEqual([
      null,
      recent.messages[0]!.id,
      old.messages[1]!.id,
      old.messages[0]!.id,
    ]);
    expect(result.hits[0]!.conversation).toMatchObject({
      id: recent.conversation.id,
      title: 'Frühling',
    });
    expect(result.nextCursor).toBeNull();
  });

  it('finds what was said since a day, also in conversations begun before it', async () => {
    await using lumen = await start(dialect);
    const begun = 1_700_000_000_000;
    const said = ['alte Birnen', 'noch ältere Birnen'];
    const older = await lumen.keep({ title: 'Birnen', said, startedAtMs: begun });
    const recent = { title: 'Obst', said: ['neue Birnen'], startedAtMs: begun + 9 * DAY_MS };
    await lumen.keep(recent);
    const since = new Date(begun + DAY_MS).toISOString();
    expect(shown(await lumen.search('birnen', { since }))).toEqual(['neue [Birnen]']);
    // Something was said in the old one too.
    const row = { id: older.conversation.id };
    const updatedAt = new Date(begun + 8 * DAY_MS);
    await lumen.dataSource.getRepository(Conversation).update(row, { updatedAt });
    const both = await lumen.search('birnen', { since });
    expect(shown(both)).toEqual(['[Birnen]', 'neue [Birnen]']);
    expect(both.nextCursor).toBeNull();
    expect(shown(await lumen.search('birnen'))).toHaveLength(4);
  });

  it('shows messages as they read, without the signs of Markdown', async () => {
    await using lumen = await start(dialect);
    await lumen.keep({ title: 'x', said: ['## Obst\n\n- **Rote** [Äpfel](https://x.example)'] });
    expect(shown(await lumen.search('äpfel'))).toEqual(['Obst Rote [Äpfel]']);
  });

  it('wants all words, the last of which may be unfinished', async () => {
    await using lumen = await start(dialect);
    await lumen.keep({ title: 'x', said: ['rote Äpfel und grüne Birnen'] });
    expect(shown(await lumen.search('birnen rote'))).toHaveLength(1);
    expect(shown(await lumen.search('rote bir'))).toHaveLength(1);
    expect(shown(await lumen.search('rot birnen'))).toEqual([]);
    expect(shown(await lumen.search('rote kirschen'))).toEqual([]);
    expect(shown(await lumen.search('?!'))).toEqual([]);
    expect(shown(await lumen.search(`'"*:() AND OR NOT NEAR _u${lumen.ada.id}`))).toEqual([]);
  });

  it('shows nothing of another person', async () => {
    await using lumen = await start(dialect);
    await lumen.keep({ title: 'geheim', said: ['geheim'] });
    const { conversation } = await lumen.keep(
      { title: 'mein', said: ['auch geheim'] },
      {},
      lumen.ben,
    );
    const { hits } = await lumen.search('geheim', {}, lumen.ben);
    expect(hits.map(({ conversation: found }) => found.id)).toEqual([conversation.id]);
    const folder = Object.assign(new Folder(), { id: newId(), userId: lumen.ada.id, name: 'f' });
    await lumen.dataSource.manager.insert(Folder, { ...folder, createdAt: new Date() });
    await lumen.keep({ title: 'x', said: ['geheim'] }, { folderId: folder.id });
    expect((await lumen.search('geheim', { folderId: folder.id }, lumen.ben)).hits).toEqual([]);
  });

  it('follows what is changed, hidden and deleted', async () => {
    await using lumen = await start(dialect);
    const { conversation, messages } = await lumen.keep({
      title: 'alpha',
      said: ['beta', 'gamma'],
    });
    const place = { userId: lumen.ada.id, conversationId: conversation.id };
    const manager = lumen.dataSource.manager;
    const count = async (q: string) => (await lumen.search(q)).hits.length;

    await manager.update(Conversation, conversation.id, { title: 'delta' });
    await lumen.index.putTitle(manager, place, 'delta');
    await manager.update(Message, messages[1]!.id, { content: 'epsilon' });
    await lumen.index.putMessage(manager, place, { id: messages[1]!.id, content: 'epsilon' });
    const counts = async () =>
      Promise.all(['alpha', 'beta', 'gamma', 'delta', 'epsilon'].map(count));
    expect(await counts()).toEqual([0, 1, 0, 1, 1]);

    await manager.update(Conversation, conversation.id, { removedAt: new Date() });
    expect(await counts()).toEqual([0, 0, 0, 0, 0]);
    await manager.update(Conversation, conversation.id, { removedAt: null });
    expect(await counts()).toEqual([0, 1, 0, 1, 1]);

    await lumen.index.forgetMessages(manager, [messages[0]!.id]);
    expect(await counts()).toEqual([0, 0, 0, 1, 1]);
    await lumen.index.forgetConversations(manager, [conversation.id]);
    expect(await counts()).toEqual([0, 0, 0, 0, 0]);
  });

  it('does not show what is still written or came to nothing', async () => {
    await using lumen = await start(dialect);
    const { messages } = await lumen.keep({ title: 'x', said: ['frage', 'antwort'] });
    for (const state of ['writing', 'failed'] as const) {
      await lumen.dataSource.manager.update(Message, messages[1]!.id, { state });
      expect((await lumen.search('antwort')).hits).toEqual([]);
    }
    for (const state of ['stopped', 'interrupted'] as const) {
      await lumen.dataSource.manager.update(Message, messages[1]!.id, { state });
      expect((await lumen.search('antwort')).hits).toHaveLength(1);
    }
  });

  it('keeps no words of what is gone for good, a whole person included', async () => {
    await using lumen = await start(dialect);
    const { conversation } = await lumen.keep({ title: 'wort', said: ['wort', 'wort'] });
    await lumen.keep({ title: 'wort', said: ['wort', 'wort'] });
    const rows = async () => {
      const tables = ['title_words', 'message_words', 'conversation_models'];
      const texts = ['title_words_text', 'message_words_text'];
      const counted = dialect === 'sqlite' ? [...tables, ...texts] : tables;
      const counts = await Promise.all(
        counted.map((table) =>
          lumen.dataSource.query<{ n: number | string }[]>(`SELECT COUNT(*) AS n FROM ${table}`),
        ),
      );
      return counts.map(([row]) => Number(row!.n));
    };
    expect((await rows()).slice(0, 3)).toEqual([2, 4, 2]);
    await lumen.dataSource.manager.delete(Conversation, conversation.id);
    expect((await rows()).slice(0, 3)).toEqual([1, 2, 1]);
    await lumen.dataSource.manager.delete(User, lumen.ada.id);
    expect(new Set(await rows())).toEqual(new Set([0]));
  });

  it('deletes a conversation of 5,000 messages, one after the other', async () => {
    await using lumen = await start(dialect);
    const said = Array.from({ length: 5_000 }, (_, turn) => `wort ${turn}`);
    const { conversation } = await lumen.keep({ title: 'lang', said });
    await lumen.dataSource.manager.delete(Conversation, conversation.id);
    expect(await lumen.dataSource.manager.countBy(Message, {})).toBe(0);
    expect((await lumen.search('wort')).hits).toEqual([]);
  });

  it('is in what the filters leave', async () => {
    await using lumen = await start(dialect);
    const folder = { id: newId(), userId: lumen.ada.id, name: 'f', createdAt: new Date() };
    await lumen.dataSource.manager.insert(Folder, folder);
    const said = ['ziel', 'nichts'];
    await lumen.keep({ title: 'one', said });
    await lumen.keep({ title: 'archived', said }, { isArchived: true });
    await lumen.keep({ title: 'pinned', said }, { isPinned: true });
    await lumen.keep({ title: 'folder', said }, { folderId: folder.id });
    await lumen.keep({ title: 'model', said, model: 'other' });
    const titles = async (filter: Partial<SearchChatsDto>) =>
      (await lumen.search('ziel', filter)).hits
        .map(({ conversation }) => conversation.title)
        .sort();
    expect(await titles({})).toEqual(['folder', 'model', 'one', 'pinned']);
    expect(await titles({ in: 'archived' })).toEqual(['archived']);
    expect(await titles({ in: 'all' })).toHaveLength(5);
    expect(await titles({ isPinned: 'true' })).toEqual(['pinned']);
    expect(await titles({ folderId: folder.id })).toEqual(['folder']);
    expect(await titles({ model: 'other' })).toEqual(['model']);
    expect(await titles({ model: 'none' })).toEqual([]);
  });

  it.each([1, 150])(
    'pages through all hits once, in %d conversations',
    async (conversations) => {
      await using lumen = await start(dialect);
      const each = 300 / conversations;
      for (let n = 0; n < conversations; n += 1) {
        const said = Array.from({ length: each }, (_, turn) => `wort ${n * each + turn}`);
        const startedAtMs = 1_700_000_000_000 + n * DAY_MS;
        await lumen.keep({ title: n % 2 ? 'wort' : 'anders', said, startedAtMs });
      }
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const page: SearchResultDto = await lumen.search('wort', { cursor });
        expect(page.hits.length).toBeLessThanOrEqual(20);
        found.push(...page.hits.map(({ conversation, messageId }) => messageId ?? conversation.id));
        cursor = page.nextCursor ?? undefined;
        // What comes in between moves nothing.
        if (found.length === 20) {
          await lumen.keep({ title: 'wort', said: ['wort'], startedAtMs: 1_800_000_000_000 });
        }
      } while (cursor);
      const inTitles = Math.floor(conversations / 2);
      const arrived = found.length - (300 + inTitles);
      expect(new Set(found).size).toBe(found.length);
      expect([0, 1]).toContain(arrived);
    },
    60_000,
  );

  it('fills pages where filters leave little of much', async () => {
    await using lumen = await start(dialect);
    for (let n = 0; n < 230; n += 1) {
      const isArchived = n < 110;
      await lumen.keep({ title: 'x', said: ['wort', 'wort'] }, { isArchived });
    }
    const { hits, nextCursor } = await lumen.search('wort', { in: 'archived' });
    expect(hits).toHaveLength(20);
    expect(nextCursor).not.toBeNull();
    expect(hits.every(({ conversation }) => conversation.isArchived)).toBe(true);
  });

  it.each(['x', 'message_words:x', 'message_words:-1', "title_words:1'", 'users:', ':'])(
    'refuses %j as a cursor',
    async (cursor) => {
      await using lumen = await start(dialect);
      const refused = lumen.search('wort', { cursor });
      await expect(refused).rejects.toMatchObject({ code: 'invalid_request', param: 'cursor' });
    },
  );

  it('takes two answers of one moment', async () => {
    await using lumen = await start(dialect);
    const { conversation } = await lumen.keep({ title: 'x', said: [] });
    const place = { userId: lumen.ada.id, conversationId: conversation.id };
    const answer = () =>
      keptMessage({
        conversationId: conversation.id,
        parentId: null,
        model: 'm',
        content: 'gleich',
      });
    await Promise.all(
      Array.from({ length: 10 }, () =>
        lumen.dataSource.transaction(async (manager) => {
          const message = answer();
          await manager.insert(Message, message);
          await lumen.index.putMessage(manager, place, message);
        }),
      ),
    );
    expect((await lumen.search('gleich')).hits).toHaveLength(10);
  });
});
