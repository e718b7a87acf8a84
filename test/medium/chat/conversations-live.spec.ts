import { describe, expect, it } from '@jest/globals';
import { ChatLumen } from '../../support/chat/chat-lumen.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';
import { chunkText, stream } from '../../support/scripted-upstream.js';

const QUESTION = { content: 'How do magnets work?', models: ['m'] };
const unending = () => stream(chunkText('Hel'), new Promise(() => undefined));

describe.each(DIALECTS)('a conversation with an answer that is being written, on %s', (dialect) => {
  it('is deleted with the answer stopped, and comes back with what had come', async () => {
    await using chat = await ChatLumen.start(dialect);
    const { page, upstream } = chat;
    upstream.next(unending());
    const { conversation, answers } = await page.begin(QUESTION);
    const reader = await page.follow(answers[0]!.id);
    await reader.next();
    const address = `/chat/conversations/${conversation.id}`;
    await page.get(address, 'DELETE');
    await upstream.lastRequest.aborted;
    expect((await page.fetch(address)).status).toBe(404);
    await page.get(`${address}/restoration`, 'POST');
    const opened = await page.open(conversation.id);
    expect(opened.conversation.isAnswering).toBe(false);
    expect(opened.messages.at(-1)).toMatchObject({ state: 'stopped', content: 'Hel' });
  });

  it('tells the other pages of what happens to it', async () => {
    await using chat = await ChatLumen.start(dialect);
    const { page, upstream } = chat;
    upstream.next(unending());
    const { conversation, answers, question } = await page.begin(QUESTION);
    const { id } = conversation;
    await page.stop(answers[0]!.id);
    const events = await page.listen('/chat/events');
    const address = `/chat/conversations/${id}`;
    const next = async (name: string) => (await events.find(({ event }) => event === name)).data;
    await page.get(address, 'PATCH', { title: 'Magnets', isPinned: true });
    expect(await next('conversation')).toMatchObject({ id, title: 'Magnets', isPinned: true });
    await page.get(address, 'DELETE');
    expect(await next('conversation-removed')).toEqual({ id });
    await page.get(`${address}/restoration`, 'POST');
    expect(await next('conversation')).toMatchObject({ id, title: 'Magnets' });
    const fork = await page.get<{ id: string }>(`${address}/fork`, 'POST', {
      messageId: question.id,
    });
    expect(await next('conversation')).toMatchObject({ id: fork.id, isPinned: false });
    await page.get('/chat/folders', 'POST', { name: 'Physics' });
    expect(await next('folders')).toEqual({});
  });
});
