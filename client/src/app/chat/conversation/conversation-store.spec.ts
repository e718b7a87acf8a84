import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';

import { ChatServer, WRITING } from '../../../testing/chat-server';
import { json, refusal } from '../../../testing/fake-server';
import { aMessage, anAnswer } from '../../../testing/fixtures';
import { FollowedAnswer } from '../../../testing/followed-answer';
import { type Message } from '../../core/api/schema';
import { type Answer } from '../answers/answer';
import { Draft } from '../composer/draft';
import { ConversationStore } from './conversation-store';
import { KeptBranches } from './kept-branches';

describe('ConversationStore', () => {
  let server: ChatServer;
  let store: ConversationStore;
  let draft: Draft;

  const answer = (): Answer => store.current()!.shown!;

  beforeEach(async () => {
    server = await ChatServer.start();
    store = TestBed.inject(ConversationStore);
    draft = TestBed.inject(Draft);
  });

  it('begins a conversation with the first question and gives it an address', async () => {
    server.takes('/chat/conversations', anAnswer(WRITING));
    draft.set('Why?');
    await store.ask({ content: ' Why? ' });
    expect(server.bodyOf('/chat/conversations')).toMatchObject({
      content: 'Why?',
      models: ['qwen'],
    });
    expect(store.id()).toBe('c-1');
    expect(store.title()).toBe('Mixed-effects model');
    expect(draft.text()).toBe('');
    await vi.waitFor(() => expect(TestBed.inject(Router).url).toBe('/chat/c-1'));
    (await server.stream('a-1')).say('Because.');
    await vi.waitFor(() => expect(answer().content()).toBe('Because.'));
    expect(store.isAnswering()).toBe(true);
    const metrics = { promptTokens: 3, completionTokens: 4, cost: '0.002' };
    (await server.stream('a-1')).end(anAnswer({ metrics: metrics as Message['metrics'] }));
    await vi.waitFor(() => expect(store.isAnswering()).toBe(false));
    expect(store.contextTokens()).toBe(7);
    await vi.waitFor(() => expect(store.cost()).toBe('0.002'));
  });

  it('opens a conversation and joins what is being written', async () => {
    server.keep(aMessage(), anAnswer({ ...WRITING, content: 'Be' }));
    server.on('GET /chat/answers/a-1/events', ({ headers }) => {
      expect(headers.get('last-event-id')).toBe('2.0');
      server.streams.set('a-1', new FollowedAnswer());
      return server.streams.get('a-1')!.response;
    });
    await store.open('c-1');
    (await server.stream('a-1')).say('cause').end(anAnswer({ content: 'Because' }));
    await vi.waitFor(() => expect(answer().state()).toBe('done'));
    expect(answer().content()).toBe('Because');
  });

  it('asks further after the answer that is shown', async () => {
    server.keep(aMessage(), anAnswer());
    await store.open('c-1');
    server.takes('/chat/conversations/c-1/questions', anAnswer({ id: 'a-2', ...WRITING }));
    await store.ask({ content: 'And?' });
    expect(server.bodyOf('/chat/conversations/c-1/questions')).toMatchObject({ parentId: 'a-1' });
    await store.ask({ content: 'Too early' });
    expect(store.exchanges()).toHaveLength(2);
  });

  it('gives the question back when it was refused, and lets it be sent again as the same', async () => {
    server.on('POST /chat/conversations', () => refusal(503, 'model_unavailable'));
    await store.ask({ content: 'Hello?' });
    expect(answer().state()).toBe('failed');
    expect(answer().failure()).toMatchObject({ kind: 'unavailable', requestId: 'r-1' });
    expect(draft.text()).toBe('Hello?');
    const { id } = server.bodyOf('/chat/conversations');
    server.takes('/chat/conversations', anAnswer(WRITING));
    await store.answerAgain(store.current()!);
    expect(server.bodyOf('/chat/conversations')['id']).toBe(id);
    expect(draft.text()).toBe('');
    expect(store.id()).toBe('c-1');
  });

  it('sends a question once more when its answer was lost on the way', async () => {
    let isFirst = true;
    server.takes('/chat/conversations', anAnswer(WRITING));
    const fetching = fetch;
    vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
      if (path !== '/chat/conversations' || !isFirst) return fetching(path, init);
      isFirst = false;
      return Promise.reject(new TypeError('network'));
    });
    await store.ask({ content: 'Why?' });
    expect(store.id()).toBe('c-1');
  });

  it('words a question anew as a branch beside it, with its attachments', async () => {
    server.keep(aMessage(), anAnswer(), aMessage({ id: 'q-2', parentId: 'a-1' }));
    await store.open('c-1');
    server.takes('/chat/conversations/c-1/questions', anAnswer({ id: 'a-9', ...WRITING }));
    await store.reword(store.exchanges()[1]!.question!, 'Why not?');
    const body = server.bodyOf('/chat/conversations/c-1/questions');
    expect(body).toMatchObject({ parentId: 'a-1', content: 'Why not?', attachmentIds: [] });
    expect(store.exchanges().map(({ question }) => question?.content)).toEqual([
      'Why?',
      'Why not?',
    ]);
  });

  it('answers again beside the former answer, and can go back while that is refused', async () => {
    server.keep(aMessage(), anAnswer());
    await store.open('c-1');
    server.on('POST /chat/conversations/c-1/messages/q-1/answers', () =>
      refusal(429, 'budget_exceeded'),
    );
    await store.answerAgain(store.current()!, 'llama');
    expect(answer().failure()?.kind).toBe('budget');
    expect(answer().siblingIds()).toEqual(['a-1']);
    store.shown().revert();
    expect(answer().content()).toBe('Because.');
    const beside = anAnswer({ id: 'a-2', model: 'llama', ...WRITING });
    server.takes('/chat/conversations/c-1/messages/q-1/answers', beside);
    await store.answerAgain(store.current()!, 'llama');
    expect(server.bodyOf('/chat/conversations/c-1/messages/q-1/answers')).toEqual({
      models: ['llama'],
    });
    expect(answer().id()).toBe('a-2');
  });

  it('asks two models side by side and goes on from the first', async () => {
    const pair = { comparisonId: 'x', siblingIds: ['a-1', 'a-2'], ...WRITING };
    server.takes(
      '/chat/conversations',
      anAnswer(pair),
      anAnswer({ id: 'a-2', model: 'llama', ...pair }),
    );
    store.setSecondModel('llama');
    await store.ask({ content: 'Why?' });
    expect(server.bodyOf('/chat/conversations')['models']).toEqual(['qwen', 'llama']);
    expect(store.current()?.answers.map((one) => one.modelName)).toEqual(['Qwen 3', 'Llama 4']);
    expect(answer().id()).toBe('a-1');
  });

  it('stops, also where the server did not know of the answer yet', async () => {
    server.on('POST /chat/answers/a-1/stop', () => json(anAnswer({ state: 'stopped' })));
    server.takes('/chat/conversations', anAnswer(WRITING));
    const asking = store.ask({ content: 'Why?' });
    await vi.waitFor(() => expect(store.isAnswering()).toBe(true));
    store.stop();
    await asking;
    await vi.waitFor(() => expect(answer().state()).toBe('stopped'));
  });

  it('goes on with an answer that was cut', async () => {
    server.keep(aMessage(), anAnswer({ finishReason: 'length' }));
    await store.open('c-1');
    expect(answer().isCut()).toBe(true);
    server.takes('/nowhere', anAnswer());
    server.on('POST /chat/conversations/c-1/messages/a-1/continuation', () =>
      json(anAnswer({ ...WRITING, content: 'Because.' })),
    );
    await store.continue(answer());
    (await server.stream('a-1')).say(' So.').end(anAnswer({ content: 'Because. So.' }));
    await vi.waitFor(() => expect(answer().content()).toBe('Because. So.'));
  });

  it('says that a conversation is not there', async () => {
    server.on('GET /chat/conversations/c-9', () => refusal(404, 'not_found'));
    await store.open('c-9');
    expect(store.shown().failure()?.status).toBe(404);
    expect(store.isEmpty()).toBe(false);
  });

  it('takes over what was said from elsewhere, but does not jump to another branch', async () => {
    server.keep(aMessage(), anAnswer());
    await store.open('c-1');
    const kept = TestBed.inject(KeptBranches);
    server.keep(
      aMessage(),
      anAnswer(),
      aMessage({ id: 'q-2', parentId: 'a-1', content: 'Elsewhere' }),
    );
    await kept.catchUp(store.shown());
    expect(store.current()?.question?.content).toBe('Elsewhere');
    server.keep(aMessage({ id: 'q-7', siblingIds: ['q-1', 'q-7'] }), anAnswer({ id: 'a-7' }));
    await kept.catchUp(store.shown());
    expect(store.current()?.question?.content).toBe('Elsewhere');
    expect(store.exchanges()[0]?.question?.siblingIds()).toEqual(['q-1', 'q-7']);
  });

  it('keeps settings for the new chat until it is kept', async () => {
    const settings = { ...store.settings(), temperature: 0.5 };
    await store.saveSettings(settings);
    server.takes('/chat/conversations', anAnswer(WRITING));
    await store.ask({ content: 'Why?' });
    expect(server.bodyOf('/chat/conversations')['settings']).toEqual(settings);
  });

  it('shows a conversation one comes back to at once', async () => {
    server.keep(aMessage(), anAnswer());
    await store.open('c-1');
    store.startNew();
    expect(store.isEmpty()).toBe(true);
    const opening = store.open('c-1');
    expect(answer().content()).toBe('Because.');
    await opening;
  });
});
