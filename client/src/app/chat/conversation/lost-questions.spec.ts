import { TestBed } from '@angular/core/testing';

import { ChatServer, WRITING } from '../../../testing/chat-server';
import { StreamedAnswer, json, refusal } from '../../../testing/fake-server';
import {
  aConversation,
  aMessage,
  aSummary,
  anAnswer,
  anAttachment,
} from '../../../testing/fixtures';
import { type Answer } from '../answers/answer';
import { ComposerAttachments } from '../composer/composer-attachments';
import { Draft } from '../composer/draft';
import { ChatEvents } from '../list/chat-events';
import { ConversationStore } from './conversation-store';
import { ConversationSync } from './conversation-sync';

const QUESTIONS = '/chat/conversations/c-1/questions';

/** What becomes of a question when the network, or whoever asks, goes elsewhere meanwhile. */
describe('a question on its way', () => {
  let server: ChatServer;
  let store: ConversationStore;
  let draft: Draft;

  const answer = (): Answer => store.current()!.shown!;
  const questions = () => store.exchanges().map(({ question }) => question?.content);

  const branches = () => store.exchanges()[0]?.question?.siblingIds();

  /** The server answers when, and as, the test says. */
  function hold(route: string): (response: Response) => void {
    let answerWith: (response: Response) => void = () => undefined;
    const held = new Promise<Response>((resolve) => (answerWith = resolve));
    server.on(route, () => held);
    return answerWith;
  }

  /** A further question, of which the test says what becomes. */
  function waits(path: string): { refuse: () => void; take: () => void } {
    const answerWith = hold(path);
    const question = aMessage({ id: 'q-2', content: 'And?', parentId: 'a-1' });
    const answers = [anAnswer({ id: 'a-2', parentId: 'q-2', ...WRITING })];
    const asked = { conversation: aConversation(), question, answers };
    return {
      refuse: () => answerWith(refusal(429, 'rate_limit_exceeded')),
      take: () => answerWith(json(asked, 201)),
    };
  }

  /** The server tells that something happened in the conversation. */
  function listen(): () => void {
    TestBed.inject(ConversationSync);
    const events = new StreamedAnswer();
    server.on('GET /chat/events', () => events.response);
    TestBed.inject(ChatEvents).start();
    const data = JSON.stringify(aSummary({ id: 'c-1' }));
    return () => void events.raw(`event: conversation\ndata: ${data}\n\n`);
  }

  beforeEach(async () => {
    server = await ChatServer.start();
    store = TestBed.inject(ConversationStore);
    draft = TestBed.inject(Draft);
  });

  it('keeps its id, and its place, when it is sent again from the field', async () => {
    server.on('POST /chat/conversations', () => refusal(503, 'model_unavailable'));
    await store.ask({ content: 'Hello?' });
    const { id } = server.bodyOf('/chat/conversations');
    server.takes('/chat/conversations', anAnswer(WRITING));
    await store.ask({ content: 'Hello?' });
    expect(server.bodyOf('/chat/conversations')['id']).toBe(id);
    expect(questions()).toEqual(['Hello?']);
    expect(answer().id()).toBe('a-1');
  });

  it('is another question in other words', async () => {
    server.on('POST /chat/conversations', () => refusal(503, 'model_unavailable'));
    await store.ask({ content: 'Hello?' });
    const { id } = server.bodyOf('/chat/conversations');
    server.takes('/chat/conversations', anAnswer(WRITING));
    await store.ask({ content: 'Hello again?' });
    expect(server.bodyOf('/chat/conversations')['id']).not.toBe(id);
    expect(questions()).toEqual(['Hello again?']);
  });

  it('is answered by whom it was for when it arrived first', async () => {
    server.keep(aMessage(), anAnswer());
    await store.open('c-1');
    server.on(`POST ${QUESTIONS}`, () => refusal(503, 'model_unavailable'));
    await store.ask({ content: 'And?' });
    const { id } = server.bodyOf(QUESTIONS) as { id: string };
    const begun = anAnswer({ id: 'a-2', parentId: id, ...WRITING });
    server.takes(QUESTIONS, begun);
    server.keep(aMessage(), anAnswer(), aMessage({ id, content: 'And?', parentId: 'a-1' }), begun);
    store.setSecondModel('llama');
    await store.ask({ content: 'And?' });
    expect(store.current()?.answers.map((one) => one.id())).toEqual(['a-2']);
    (await server.stream('a-2')).end(anAnswer({ id: 'a-2', content: 'So.' }));
    await vi.waitFor(() => expect(store.isAnswering()).toBe(false));
  });

  it('is taken out of the field when it has arrived after all', async () => {
    const tell = listen();
    server.keep(aMessage(), anAnswer());
    await store.open('c-1');
    server.on(`POST ${QUESTIONS}`, () => refusal(503, 'model_unavailable'));
    await store.ask({ content: 'And?' });
    expect(draft.text()).toBe('And?');
    const { id } = server.bodyOf(QUESTIONS) as { id: string };
    const question = aMessage({ id, content: 'And?', parentId: 'a-1' });
    server.keep(aMessage(), anAnswer(), question, anAnswer({ id: 'a-2', parentId: id }));
    tell();
    await vi.waitFor(() => expect(draft.text()).toBe(''));
    expect(questions()).toEqual(['Why?', 'And?']);
    expect(answer().id()).toBe('a-2');
  });

  it('stays where it was refused while others go on elsewhere', async () => {
    const tell = listen();
    server.keep(aMessage(), anAnswer());
    await store.open('c-1');
    server.on(`POST ${QUESTIONS}`, () => refusal(503, 'model_unavailable'));
    await store.ask({ content: 'And?' });
    const other = aMessage({ id: 'q-9', parentId: 'a-1', siblingIds: ['q-9', 'q-10'] });
    server.keep(aMessage({ siblingIds: ['q-1', 'q-0'] }), anAnswer(), other);
    tell();
    await vi.waitFor(() => expect(branches()).toEqual(['q-1', 'q-0']));
    expect(questions()).toEqual(['Why?', 'And?']);
    expect(answer().failure()?.kind).toBe('unavailable');
    expect(draft.text()).toBe('And?');
  });

  it('goes back to its own field, with its files, when one looks elsewhere', async () => {
    server.keep(aMessage(), anAnswer());
    await store.open('c-1');
    const post = waits(`POST ${QUESTIONS}`);
    const asking = store.ask({ content: 'And?', attachments: [anAttachment()] });
    await vi.waitFor(() => expect(server.bodyOf(QUESTIONS)).toBeDefined());
    store.startNew();
    draft.set('Something else');
    post.refuse();
    await asking;
    expect(draft.text()).toBe('Something else');
    await store.open('c-1');
    expect(draft.text()).toBe('And?');
    expect(TestBed.inject(ComposerAttachments).ready()).toEqual([anAttachment()]);
  });

  it('is not hidden by what was read before it arrived', async () => {
    server.keep(aMessage(), anAnswer());
    await store.open('c-1');
    store.startNew();
    const answerWith = hold('GET /chat/conversations/c-1');
    const page = { messages: [aMessage(), anAnswer()], hasEarlier: false };
    const open = { conversation: aConversation(), ...page };
    server.takes('/nowhere', anAnswer({ id: 'a-2' }));
    const post = waits(`POST ${QUESTIONS}`);
    const opening = store.open('c-1');
    const asking = store.ask({ content: 'And?' });
    await vi.waitFor(() => expect(server.bodyOf(QUESTIONS)).toBeDefined());
    post.take();
    await asking;
    answerWith(json(open));
    await opening;
    expect(questions()).toEqual(['Why?', 'And?']);
    expect(store.isAnswering()).toBe(true);
  });

  it('is not hidden by what is read while it is under way', async () => {
    server.keep(aMessage(), anAnswer());
    await store.open('c-1');
    const post = waits(`POST ${QUESTIONS}`);
    server.takes('/nowhere', anAnswer({ id: 'a-2' }));
    const asking = store.ask({ content: 'And?' });
    await vi.waitFor(() => expect(server.bodyOf(QUESTIONS)).toBeDefined());
    store.startNew();
    await store.open('c-1');
    expect(questions()).toEqual(['Why?', 'And?']);
    post.take();
    await asking;
    expect(store.isAnswering()).toBe(true);
  });
});
