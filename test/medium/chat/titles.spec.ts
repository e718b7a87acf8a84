import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ChatLumen } from '../../support/chat/chat-lumen.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';
import { completion, type SeenRequest, status } from '../../support/scripted-upstream.js';
import { until } from '../../support/until.js';

const QUESTION = { content: 'How do magnets work?', models: ['m'] };

describe.each(DIALECTS)('a title, on %s', (dialect) => {
  let chat: ChatLumen;

  beforeEach(async () => {
    const extra = 'chat:\n  titles:\n    model: n';
    chat = await ChatLumen.start(dialect, { names: ['m', 'n'], extra });
  }, 60_000);

  afterEach(() => chat[Symbol.asyncDispose]());

  const isForTitle = ({ bytes }: SeenRequest) => bytes.toString().includes('n-upstream');
  const title = async (id: string) => (await chat.page.open(id)).conversation.title;

  it('is made by the model for it, of the first exchange, and nobody pays', async () => {
    const { page, upstream, lumen } = chat;
    upstream.next(completion('They attract.'), completion('"Magnetism, briefly."'));
    const { conversation, answers } = await page.begin(QUESTION);
    expect(conversation.title).toBe('How do magnets work?');
    const { end } = await page.whole(answers[0]!.id);
    await until(async () => (await title(conversation.id)) === 'Magnetism, briefly');
    const asked = JSON.parse(upstream.lastRequest.bytes.toString()) as Record<string, unknown>;
    expect(asked).toMatchObject({ model: 'n-upstream', stream: false, max_tokens: 200 });
    expect(JSON.stringify(asked['messages'])).toContain('They attract.');
    expect(upstream.lastRequest.headers.authorization).toBe('Bearer upstream-secret');
    const logged = await lumen.dataSource.query<unknown[]>('SELECT id FROM request_log');
    expect(logged).toHaveLength(1);
    const found = await page.get<{ hits: unknown[] }>('/chat/search?q=briefly');
    expect(JSON.stringify(found)).toContain(conversation.id);
    const { id } = end!;
    const next = await page.ask(conversation.id, { ...QUESTION, parentId: id });
    await page.whole(next.answers[0]!.id);
    expect(upstream.requests.filter(isForTitle)).toHaveLength(1);
  });

  it.each([
    ['fails', status(500, '{}')],
    ['says nothing', completion('  ')],
    ['says no JSON', status(200, 'x')],
  ])('stays the first words where the model %s', async (_how, behaviour) => {
    const { page, upstream } = chat;
    upstream.next(completion('They attract.'), behaviour);
    const { conversation, answers } = await page.begin(QUESTION);
    await page.whole(answers[0]!.id);
    await until(() => upstream.requests.some(isForTitle));
    expect(await title(conversation.id)).toBe('How do magnets work?');
  });

  it('that a person gives meanwhile stays', async () => {
    const { page, upstream } = chat;
    const gate = Promise.withResolvers<void>();
    upstream.next(completion('They attract.'), async (request, response) => {
      await gate.promise;
      await completion('Magnetism')(request, response);
    });
    const { conversation, answers } = await page.begin(QUESTION);
    await page.whole(answers[0]!.id);
    await until(() => upstream.requests.some(isForTitle));
    await page.get(`/chat/conversations/${conversation.id}`, 'PATCH', { title: 'Mine' });
    gate.resolve();
    // The next title is made after this one was.
    const other = await page.begin(QUESTION);
    upstream.next(completion('Yes.'), completion('Other'));
    await page.whole(other.answers[0]!.id);
    await until(async () => (await title(other.conversation.id)) !== QUESTION.content);
    expect(await title(conversation.id)).toBe('Mine');
  });
});
