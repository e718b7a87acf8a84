import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ChatLumen } from '../../support/chat/chat-lumen.js';
import { type EventReader } from '../../support/chat/event-reader.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';
import { startReplica } from '../../support/lumen/replica.js';
import { ChatEventsService } from '../../../server/src/chat/events/chat-events.service.js';
import { ChangesService } from '../../../server/src/infrastructure/changes/changes.service.js';

const QUESTION = { content: 'How do magnets work?', models: ['m'] };

describe.each(DIALECTS)('what a page is told, on %s', (dialect) => {
  let chat: ChatLumen;
  let events: EventReader;

  beforeEach(async () => {
    chat = await ChatLumen.start(dialect);
    events = await chat.page.listen('/chat/events');
  }, 60_000);

  afterEach(async () => {
    events.leave();
    await chat[Symbol.asyncDispose]();
  });

  const next = (name: string) => events.find(({ event }) => event === name);

  it('of a conversation: that it is there, is answered, is renamed and is gone', async () => {
    const { page } = chat;
    const { conversation } = await page.begin(QUESTION);
    const { id } = conversation;
    const isAnswered = ({ data }: { data: unknown }) =>
      (data as { isAnswering?: boolean }).isAnswering === false;
    expect((await events.find(isAnswered)).data).toMatchObject({ id, title: QUESTION.content });
    await page.get(`/chat/conversations/${id}`, 'PATCH', { title: 'Magnets' });
    const isNamed = ({ data }: { data: unknown }) =>
      (data as { title?: string }).title === 'Magnets';
    await events.find(isNamed);
    await page.get(`/chat/conversations/${id}`, 'DELETE');
    expect(await next('conversation-removed')).toMatchObject({ data: { id } });
    await page.get(`/chat/conversations/${id}/restoration`, 'POST');
    await events.find(isNamed);
  });

  it('of folders', async () => {
    await chat.page.get('/chat/folders', 'POST', { name: 'Physics' });
    await next('folders');
  });

  it('of money, when an answer has been paid for', async () => {
    await chat.page.begin(QUESTION);
    await next('budget');
  });

  it('of what happens at other processes', async () => {
    const { lumen } = chat;
    await using replica = await startReplica(lumen, { models: chat.modelsText });
    const { conversation } = await chat.page.begin(QUESTION);
    await events.find(({ data }) => (data as { isAnswering?: boolean }).isAnswering === false);
    const me = await chat.page.get<{ id: string }>('/api/me');
    const elsewhere = replica.context.get(ChatEventsService);
    elsewhere.foldersChanged(me.id);
    await next('folders');
    elsewhere.conversationRemoved(me.id, conversation.id);
    expect(await next('conversation-removed')).toMatchObject({ data: { id: conversation.id } });
  });

  it('is told to nobody else', async () => {
    const { lumen, page } = chat;
    await lumen.logInAs('eve@example.com');
    await lumen.ask('POST', '/chat/folders', { name: 'Hers' });
    await page.get('/chat/folders', 'POST', { name: 'Mine' });
    await next('folders');
    events.leave();
    expect((await events.rest()).filter(({ event }) => event === 'folders')).toEqual([]);
  });

  it('ends with its session', async () => {
    await chat.page.fetch('/logout', 'POST');
    expect(await events.rest()).toEqual([]);
    const again = await chat.page.fetch('/chat/events');
    expect(again.status).toBe(401);
  });

  it('ends when the person is deactivated', async () => {
    const { lumen, page } = chat;
    const { id } = await page.get<{ id: string }>('/api/me');
    await lumen.dataSource.query(
      `UPDATE users SET is_active = ${dialect === 'sqlite' ? 0 : false}`,
    );
    await lumen.app.get(ChangesService).publish('owner', id);
    expect(await events.rest()).toEqual([]);
  });

  it('goes to so many pages of one person', async () => {
    const { page } = chat;
    const pages = await Promise.all(Array.from({ length: 9 }, () => page.listen('/chat/events')));
    const refused = await page.fetch('/chat/events');
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ error: { code: 'rate_limit_exceeded' } });
    for (const each of pages) each.leave();
  });
});
