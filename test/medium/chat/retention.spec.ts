import { describe, expect, it } from '@jest/globals';
import { Conversation } from '../../../server/src/chat/conversations/conversation.entity.js';
import { ConversationsService } from '../../../server/src/chat/conversations/conversations.service.js';
import { Message } from '../../../server/src/chat/messages/message.entity.js';
import { DeletedConversationsService } from '../../../server/src/chat/retention/deleted-conversations.service.js';
import { OldConversationsService } from '../../../server/src/chat/retention/old-conversations.service.js';
import { SearchIndexService } from '../../../server/src/chat/search/search-index.service.js';
import { ClockService } from '../../../server/src/infrastructure/clock/clock.service.js';
import { type User } from '../../../server/src/users/user.entity.js';
import { keepChat } from '../../support/chat/kept-chats.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS, type Dialect, type LumenOptions } from '../../support/lumen/lumen-server.js';
import { addPerson } from '../../support/lumen/people.js';
import { moveTime } from '../../support/moving-clock.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

async function start(dialect: Dialect, options: LumenOptions) {
  const app = await TestApplication.start(dialect, options);
  const { dataSource, context } = app;
  const index = context.get(SearchIndexService);
  const nowMs = Date.now();
  const ada = await addPerson(dataSource, 'ada@example.edu');
  const keep = async (user: User, title: string, days: number, details = {}) => {
    const chat = { title, said: ['Frage', 'Antwort'], startedAtMs: nowMs - days * DAY_MS };
    const { conversation } = await keepChat(dataSource, index, user.id, chat, details);
    return conversation;
  };
  const titles = async () => {
    const rows = await dataSource.manager.find(Conversation, { order: { title: 'ASC' } });
    return rows.map(({ title }) => title);
  };
  const old = context.get(OldConversationsService);
  const deleted = context.get(DeletedConversationsService);
  const jobs = { old, deleted };
  const dispose = () => app[Symbol.asyncDispose]();
  return { app, dataSource, context, ada, keep, titles, ...jobs, [Symbol.asyncDispose]: dispose };
}

describe.each(DIALECTS)('how long chats are kept on %s', (dialect) => {
  it('removes those in which nothing was said for long, with their messages', async () => {
    await using lumen = await start(dialect, { extra: 'retention: { chat_days: 30 }' });
    await lumen.keep(lumen.ada, 'recent', 29);
    await lumen.keep(lumen.ada, 'old', 31);
    await lumen.keep(lumen.ada, 'old, pinned', 31, { isPinned: true });
    await lumen.keep(lumen.ada, 'old, archived', 31, { isArchived: true });
    await lumen.keep(lumen.ada, 'old, hidden', 31, { removedAt: new Date() });
    expect(await lumen.old.removeOld()).toBe(4);
    expect(await lumen.titles()).toEqual(['recent']);
    expect(await lumen.dataSource.manager.countBy(Message, {})).toBe(2);
    expect(await lumen.old.removeOld()).toBe(0);
  });

  it('keeps all where nothing is said', async () => {
    await using lumen = await start(dialect, { extra: 'retention: { chat_days: 0 }' });
    await lumen.keep(lumen.ada, 'ancient', 5_000);
    expect(await lumen.old.removeOld()).toBe(0);
  });

  it('goes by the groups of each person', async () => {
    await using lumen = await start(dialect, {
      extra: `retention: { chat_days: 10 }
users:
  short@example.edu: { groups: [short] }
  both@example.edu: { groups: [short, ever] }`,
      groups: '  short: { chat_days: 2 }\n  ever: { chat_days: 0 }',
    });
    for (const name of ['short', 'both', 'none']) {
      const person = await addPerson(lumen.dataSource, `${name}@example.edu`);
      for (const days of [1.5, 5, 50]) await lumen.keep(person, `${name} ${days}`, days);
    }
    await lumen.old.removeOld();
    expect(await lumen.titles()).toEqual([
      'both 1.5',
      'both 5',
      'both 50',
      'none 1.5',
      'none 5',
      'short 1.5',
    ]);
  });

  it('removes more than go at a time', async () => {
    await using lumen = await start(dialect, { extra: 'retention: { chat_days: 1 }' });
    for (let n = 0; n < 25; n += 1) await lumen.keep(lumen.ada, `${n}`, 3);
    expect(await lumen.old.removeOld()).toBe(25);
  });

  it('ends where the lease was lost', async () => {
    await using lumen = await start(dialect, { extra: 'retention: { chat_days: 1 }' });
    for (let n = 0; n < 25; n += 1) await lumen.keep(lumen.ada, `${n}`, 3);
    expect(await lumen.old.removeOld(AbortSignal.abort())).toBe(0);
  });

  it('removes deleted ones for good when that cannot be undone any more', async () => {
    await using lumen = await start(dialect, { extra: 'chat: { remove: delete }' });
    const time = moveTime(lumen.context.get(ClockService));
    const conversations = lumen.context.get(ConversationsService);
    const { id } = await lumen.keep(lumen.ada, 'deleted', 0);
    await lumen.keep(lumen.ada, 'kept', 0);
    await conversations.remove(lumen.ada.id, id);
    time.forward(MINUTE_MS - 1);
    expect(await lumen.deleted.removeDeleted()).toBe(0);
    await conversations.restore(lumen.ada.id, id);
    await conversations.remove(lumen.ada.id, id);
    time.forward(MINUTE_MS);
    expect(await lumen.deleted.removeDeleted()).toBe(1);
    expect(await lumen.titles()).toEqual(['kept']);
    const gone = conversations.restore(lumen.ada.id, id);
    await expect(gone).rejects.toMatchObject({ code: 'not_found' });
  });

  it('keeps deleted ones where they are only hidden', async () => {
    await using lumen = await start(dialect, { extra: 'chat: { remove: hide }' });
    const time = moveTime(lumen.context.get(ClockService));
    const { id } = await lumen.keep(lumen.ada, 'deleted', 0);
    await lumen.context.get(ConversationsService).remove(lumen.ada.id, id);
    time.forward(DAY_MS);
    await lumen.deleted.removeDeletedInBackground();
    expect(await lumen.titles()).toEqual(['deleted']);
  });
});
