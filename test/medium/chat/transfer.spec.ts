import { buffer, text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { AttachmentContentsService } from '../../../server/src/chat/attachments/attachment-contents.service.js';
import { Attachment } from '../../../server/src/chat/attachments/attachment.entity.js';
import { MessageAttachment } from '../../../server/src/chat/attachments/message-attachment.entity.js';
import { Conversation } from '../../../server/src/chat/conversations/conversation.entity.js';
import { ConversationsService } from '../../../server/src/chat/conversations/conversations.service.js';
import { Folder } from '../../../server/src/chat/conversations/folder.entity.js';
import { Message } from '../../../server/src/chat/messages/message.entity.js';
import { Preset } from '../../../server/src/chat/presets/preset.entity.js';
import { SearchChatsDto } from '../../../server/src/chat/search/search.dto.js';
import { SearchIndexService } from '../../../server/src/chat/search/search-index.service.js';
import { SearchService } from '../../../server/src/chat/search/search.service.js';
import { ExportArchiveService } from '../../../server/src/chat/transfer/export-archive.service.js';
import { asJson, asMarkdown } from '../../../server/src/chat/transfer/exported-conversation.js';
import { ExportedConversationsService } from '../../../server/src/chat/transfer/exported-conversations.service.js';
import { ImportService } from '../../../server/src/chat/transfer/import.service.js';
import { ChatFileReader } from '../../../server/src/chat/transfer/reading/chat-file-reader.js';
import { type FoundConversations } from '../../../server/src/chat/transfer/reading/imported-conversation.js';
import { zip } from '../../../server/src/chat/transfer/zip-stream.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { keepChat, type KeptChat, keptMessage } from '../../support/chat/kept-chats.js';
import { readZip } from '../../support/chat/read-zip.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS, type Dialect, type LumenOptions } from '../../support/lumen/lumen-server.js';
import { addPerson } from '../../support/lumen/people.js';

async function start(dialect: Dialect, options: LumenOptions = {}) {
  const app = await TestApplication.start(dialect, options);
  const { dataSource, context } = app;
  const index = context.get(SearchIndexService);
  const ada = await addPerson(dataSource, 'ada@example.edu');
  const ben = await addPerson(dataSource, 'ben@example.edu');
  const keep = (chat: KeptChat, details: Partial<Conversation> = {}) =>
    keepChat(dataSource, index, ada.id, chat, details);
  const exported = context.get(ExportedConversationsService);
  const bringIn = (userId: string, content: unknown) =>
    context.get(ImportService).bringIn(userId, read(content));
  const dispose = () => app[Symbol.asyncDispose]();
  const { manager } = dataSource;
  return { context, manager, ada, ben, keep, exported, bringIn, [Symbol.asyncDispose]: dispose };
}

/** In this thread; that there is one of its own for it is shown in test/e2e/chat-transfer.spec.ts. */
// eslint-disable-next-line @typescript-eslint/require-await -- as the thread's
async function* read(content: unknown): AsyncGenerator<FoundConversations> {
  const reader = new ChatFileReader();
  yield reader.push(Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)));
  yield reader.end();
}

const openWebUi = (title: string, turns: number) => ({
  title,
  chat: {
    history: {
      messages: Object.fromEntries(
        Array.from({ length: turns }, (_, turn) => [
          `${turn}`,
          {
            parentId: turn === 0 ? null : `${turn - 1}`,
            role: turn % 2 ? 'assistant' : 'user',
            content: `wort ${turn}`,
            timestamp: 1_700_000_000,
          },
        ]),
      ),
      currentId: `${turns - 1}`,
    },
  },
});

describe.each(DIALECTS)('exported chats on %s', (dialect) => {
  it('have all branches as JSON, and the shown one as Markdown', async () => {
    await using lumen = await start(dialect);
    const { conversation, messages } = await lumen.keep({
      title: 'Reise *nach* Rom',
      said: ['Wohin?', 'Nach Rom.'],
    });
    const other = keptMessage({
      conversationId: conversation.id,
      parentId: messages[0]!.id,
      model: 'other',
      content: 'Nach Paris.',
      reasoning: 'Hm.',
      cost: 12_500_000n,
      createdAt: new Date(1_700_000_005_000),
    });
    const writing = keptMessage({ ...other, id: newId(), content: 'halb', state: 'writing' });
    await lumen.manager.insert(Message, [other, writing]);
    const json = JSON.parse(await text(asJson(lumen.exported.whole(conversation, new Map())))) as {
      messages: object[];
    };
    expect(json).toMatchObject({
      format: 'lumen-conversation',
      version: 1,
      id: conversation.id,
      title: 'Reise *nach* Rom',
      folder: null,
      currentMessageId: messages[1]!.id,
    });
    expect(json.messages).toMatchObject([
      { id: messages[0]!.id, parentId: null, role: 'user', content: 'Wohin?' },
      { parentId: messages[0]!.id, content: 'Nach Rom.', model: 'dummy', reasoning: '' },
      { parentId: messages[0]!.id, reasoning: 'Hm.', metrics: { cost: '0.0125' } },
    ]);
    expect(await text(asMarkdown(lumen.exported.shown(conversation)))).toBe(`# Reise \\*nach\\* Rom

## Question

*2023-11-14 22:13 UTC*

Wohin?

## Answer by dummy

*2023-11-14 22:13 UTC*

Nach Rom.
`);
  });

  it('are all in one archive, and only those of the person', async () => {
    await using lumen = await start(dialect);
    const { manager, ada } = lumen;
    const folder = { id: newId(), userId: ada.id, name: 'Arbeit', createdAt: new Date() };
    await manager.insert(Folder, folder);
    const settings = { systemPrompt: 'kurz', temperature: null, maxOutputTokens: null };
    await manager.insert(Preset, {
      id: newId(),
      userId: ada.id,
      name: 'Kurz',
      model: null,
      settings: { ...settings, reasoningEffort: null },
      createdAt: new Date(),
      updatedAt: new Date(),
    });
    const first = await lumen.keep(
      { title: '../Größe', said: ['Frage', 'Antwort'] },
      { folderId: folder.id },
    );
    await lumen.keep({ title: '../Größe', said: ['Frage'] }, { isArchived: true });
    await lumen.keep({ title: 'gelöscht', said: ['Frage'] }, { removedAt: new Date() });
    await attach(lumen, first.messages[0]!.id, first.conversation);
    const archive = zip(lumen.context.get(ExportArchiveService).files(ada.id));
    const files = readZip(await buffer(archive));
    const tail = first.conversation.id.slice(-12);
    const name = `2023-11-14 Größe ${tail}`;
    expect([...files.keys()].filter((path) => path.includes(tail))).toEqual([
      `conversations/${name}.md`,
      `conversations/${name}.json`,
      expect.stringMatching(new RegExp(`^attachments/${name}/.{12} a b.txt$`)),
    ]);
    expect(files.size).toBe(6);
    const contents: unknown = JSON.parse(files.get('lumen.json')!.toString());
    expect(contents).toMatchObject({
      format: 'lumen-export',
      folders: ['Arbeit'],
      presets: [{ name: 'Kurz', settings: { systemPrompt: 'kurz' } }],
    });
    const json: unknown = JSON.parse(files.get(`conversations/${name}.json`)!.toString());
    expect(json).toMatchObject({
      folder: 'Arbeit',
      messages: [{ attachments: [{ name: 'a/b.txt', kind: 'text' }] }, {}],
    });
    expect(files.get([...files.keys()].at(3)!)!.toString()).toBe('Inhalt');
    const others = readZip(
      await buffer(zip(lumen.context.get(ExportArchiveService).files(lumen.ben.id))),
    );
    expect([...others.keys()]).toEqual(['lumen.json']);
  });
});

type Started = Awaited<ReturnType<typeof start>>;

async function attach(
  { context, manager, ada }: Started,
  messageId: string,
  { id: conversationId }: Conversation,
): Promise<void> {
  const id = newId();
  const known = { kind: 'text' as const, mediaType: 'text/plain', textChars: 6, isCut: false };
  const row = { id, contentId: id, userId: ada.id, conversationId, name: 'a/b.txt', ...known };
  await manager.insert(Attachment, { ...row, size: 6, tokens: 2, createdAt: new Date() });
  await context.get(AttachmentContentsService).keep(id, 'file', [Buffer.from('Inhalt')]);
  await manager.insert(MessageAttachment, { messageId, attachmentId: id, position: 0 });
}

describe.each(DIALECTS)('imported chats on %s', (dialect) => {
  it('are opened and found like others', async () => {
    await using lumen = await start(dialect);
    const result = await lumen.bringIn(lumen.ada.id, [openWebUi('Eins', 4), openWebUi('Zwei', 1)]);
    expect(result).toEqual({ imported: 2, skipped: [], skippedCount: 0 });
    const conversations = await lumen.manager.find(Conversation, { order: { title: 'ASC' } });
    expect(conversations).toMatchObject([
      { title: 'Eins', removedAt: null, userId: lumen.ada.id, titleSource: 'person' },
      { title: 'Zwei', removedAt: null },
    ]);
    const opened = await lumen.context
      .get(ConversationsService)
      .open(lumen.ada.id, conversations[0]!.id);
    expect(opened.messages.map(({ content }) => content)).toEqual(
      [0, 1, 2, 3].map((turn) => `wort ${turn}`),
    );
    const query = Object.assign(new SearchChatsDto(), { q: 'wort' });
    const found = await lumen.context.get(SearchService).search(lumen.ada.id, query);
    expect(found.hits).toHaveLength(5);
    expect((await lumen.context.get(SearchService).search(lumen.ben.id, query)).hits).toEqual([]);
  });

  it('are what was exported', async () => {
    await using lumen = await start(dialect);
    const folder = { id: newId(), userId: lumen.ada.id, name: 'Arbeit', createdAt: new Date() };
    await lumen.manager.insert(Folder, folder);
    const { conversation, messages } = await lumen.keep(
      { title: 'Titel', said: ['Frage', 'Antwort', 'Weiter', 'Ja'] },
      { folderId: folder.id, isPinned: true },
    );
    const branch = { conversationId: conversation.id, parentId: messages[0]!.id };
    const other = keptMessage({ ...branch, model: 'm', content: 'Anders', state: 'stopped' });
    await lumen.manager.insert(Message, other);
    const names = new Map([[folder.id, 'Arbeit']]);
    const json = await text(asJson(lumen.exported.whole(conversation, names)));
    for (const user of [lumen.ada, lumen.ben]) {
      expect(await lumen.bringIn(user.id, json)).toMatchObject({ imported: 1, skippedCount: 0 });
    }
    const copy = await lumen.manager.findOneByOrFail(Conversation, { userId: lumen.ben.id });
    expect(copy).toMatchObject({
      title: 'Titel',
      isPinned: true,
      updatedAt: conversation.updatedAt,
    });
    const folders = await lumen.manager.findBy(Folder, { name: 'Arbeit' });
    expect(folders.map(({ userId }) => userId).sort()).toEqual([lumen.ada.id, lumen.ben.id].sort());
    const again = JSON.parse(await text(asJson(lumen.exported.whole(copy, names)))) as {
      messages: { content: string; state?: string }[];
    };
    const said = JSON.parse(json) as typeof again;
    const contents = ({ messages: all }: typeof again) => all.map((each) => each.content).sort();
    expect(contents(again)).toEqual(contents(said));
    expect(again.messages.find(({ content }) => content === 'Anders')?.state).toBe('stopped');
    expect(await text(asMarkdown(lumen.exported.shown(copy)))).toBe(
      await text(asMarkdown(lumen.exported.shown(conversation))),
    );
  });

  it('may be long', async () => {
    await using lumen = await start(dialect);
    expect(await lumen.bringIn(lumen.ada.id, openWebUi('Lang', 5_000))).toMatchObject({
      imported: 1,
    });
    expect(await lumen.manager.countBy(Message, {})).toBe(5_000);
    expect(await lumen.manager.countBy(Conversation, { title: 'Lang' })).toBe(1);
  });

  it('are skipped with a reason, and never there by half', async () => {
    await using lumen = await start(dialect);
    const lost = openWebUi('Verloren', 3);
    Object.assign(lost.chat.history.messages['1']!, { parentId: 'gone' });
    const circle = openWebUi('Kreis', 3);
    Object.assign(circle.chat.history.messages['0']!, { parentId: '2' });
    const result = await lumen.bringIn(lumen.ada.id, [lost, circle, 5, openWebUi('Gut', 2)]);
    expect(result).toEqual({
      imported: 1,
      skippedCount: 3,
      skipped: [
        {
          name: 'Verloren',
          reason: 'It was skipped: a message in it follows one that is not there.',
        },
        { name: 'Kreis', reason: 'It was skipped: its messages follow each other in a circle.' },
        { name: 'Conversation 3', reason: 'It was skipped: it is no conversation.' },
      ],
    });
    expect(await lumen.manager.countBy(Conversation, {})).toBe(1);
    expect(await lumen.manager.countBy(Message, {})).toBe(2);
  });

  it('are skipped where they would be deleted for their age', async () => {
    await using lumen = await start(dialect, { extra: 'retention: { chat_days: 30 }' });
    const recent = { ...openWebUi('Neu', 1), chat: { messages: [{ role: 'user', content: 'x' }] } };
    const result = await lumen.bringIn(lumen.ada.id, [openWebUi('Alt', 2), recent]);
    expect(result).toEqual({
      imported: 1,
      skippedCount: 1,
      skipped: [
        {
          name: 'Alt',
          reason: 'It was skipped: it is older than the 30 days that conversations are kept here.',
        },
      ],
    });
  });

  it('leave nothing of one that cannot be stored', async () => {
    await using lumen = await start(dialect);
    const long = openWebUi('Lang', 401);
    const failing =
      lumen.manager.dataSource.options.type === 'postgres'
        ? `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
         CREATE TRIGGER fail BEFORE INSERT ON messages FOR EACH ROW WHEN (NEW.content = 'wort 400')
         EXECUTE FUNCTION fail()`
        : `CREATE TRIGGER fail BEFORE INSERT ON messages WHEN NEW.content = 'wort 400'
         BEGIN SELECT RAISE(ABORT, 'no'); END`;
    await lumen.manager.query(failing);
    const result = await lumen.bringIn(lumen.ada.id, [long, openWebUi('Gut', 2)]);
    expect(result).toMatchObject({ imported: 1, skippedCount: 1, skipped: [{ name: 'Lang' }] });
    expect(await lumen.manager.countBy(Conversation, {})).toBe(1);
    expect(await lumen.manager.countBy(Message, {})).toBe(2);
  });

  it.each(['', 'PK\u0003\u0004', 'no JSON'])('are not in %j', async (content) => {
    await using lumen = await start(dialect);
    const refused = lumen.bringIn(lumen.ada.id, content);
    await expect(refused).rejects.toMatchObject({ code: 'invalid_request', param: 'file' });
  });
});
