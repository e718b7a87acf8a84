import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';

import { FakeServer, StreamedAnswer, json, refusal } from '../../../testing/fake-server';
import { aModel } from '../../../testing/fixtures';
import { useLanguage } from '../../../testing/language';
import { type Answer } from '../answers/answer';
import { Draft } from '../composer/draft';
import { ChatModels } from '../models/chat-models';
import { ConversationStore } from './conversation-store';

describe('TemporaryChat', () => {
  let server: FakeServer;
  let store: ConversationStore;
  let draft: Draft;
  let answers: StreamedAnswer[];

  const answer = (): Answer => store.current()!.shown!;
  const contents = () =>
    (server.seen.at(-1)?.body as { messages: { content: string }[] }).messages.map(
      ({ content }) => content,
    );

  /** Asks, and waits until the server has been asked. */
  async function ask(content: string): Promise<{ over: Promise<void>; stream: StreamedAnswer }> {
    const count = answers.length;
    const over = store.ask({ content });
    await vi.waitFor(() => expect(answers).toHaveLength(count + 1));
    return { over, stream: answers[count]! };
  }

  beforeEach(async () => {
    localStorage.clear();
    sessionStorage.clear();
    answers = [];
    server = new FakeServer();
    server.on('GET /chat/models', () => json({ models: [aModel()], defaultModel: 'qwen' }));
    server.on('POST /chat/completions', ({ signal }) => {
      const streamed = new StreamedAnswer(signal);
      answers.push(streamed);
      return streamed.response;
    });
    TestBed.configureTestingModule({ providers: [provideRouter([])] });
    await useLanguage();
    await TestBed.inject(ChatModels).load();
    store = TestBed.inject(ConversationStore);
    draft = TestBed.inject(Draft);
    store.startNew({ isTemporary: true });
  });

  it('shows words before the answer is complete, then what it took', async () => {
    const { over, stream } = await ask('Why?');
    expect(answer().state()).toBe('waiting');
    stream.say('Be');
    await vi.waitFor(() => expect(answer().content()).toBe('Be'));
    expect(store.isAnswering()).toBe(true);
    stream.say('cause.').finish();
    await over;
    expect(answer().state()).toBe('done');
    expect(answer().content()).toBe('Because.');
    const metrics = { promptTokens: 3, completionTokens: 4, requestId: 'r-stream' };
    expect(answer().metrics()).toMatchObject(metrics);
    expect(answer().metrics()?.firstTokenMs).toBeGreaterThanOrEqual(0);
  });

  it('asks nobody to keep anything', async () => {
    const { over, stream } = await ask('Secret');
    stream.say('Hush').finish();
    await over;
    const changing = server.seen.filter(({ method }) => method !== 'GET');
    expect(changing.map(({ path }) => path)).toEqual(['/chat/completions']);
    expect(store.id()).toBeNull();
  });

  it('tells the model the whole conversation, and what is set for it', async () => {
    await store.saveSettings({ ...store.settings(), systemPrompt: 'Be brief.', temperature: 0.2 });
    const first = await ask('One');
    first.stream.say('Two').finish();
    await first.over;
    const second = await ask('Three');
    expect(contents()).toEqual(['Be brief.', 'One', 'Two', 'Three']);
    expect(server.seen.at(-1)?.body).toMatchObject({ temperature: 0.2 });
    second.stream.finish();
    await second.over;
  });

  it('takes one question at a time', async () => {
    const { over, stream } = await ask('One');
    await store.ask({ content: 'Two' });
    expect(store.exchanges()).toHaveLength(1);
    stream.finish();
    await over;
  });

  it('stops, and keeps what has come', async () => {
    const { over, stream } = await ask('Long?');
    stream.say('A begin');
    await vi.waitFor(() => expect(answer().hasWords()).toBe(true));
    store.stop();
    await over;
    expect(answer().state()).toBe('stopped');
    expect(answer().content()).toBe('A begin');
    expect(draft.text()).toBe('');
  });

  it('does not go on unseen when one leaves it for another chat, and can be brought back', async () => {
    const { over, stream } = await ask('Secret?');
    stream.say('A begin');
    await vi.waitFor(() => expect(answer().hasWords()).toBe(true));
    const left = store.shown();
    server.on('GET /chat/conversations/c-1', () => refusal(404, 'not_found'));
    await store.open('c-1');
    await over;
    expect(left.answers()[0]?.state()).toBe('stopped');
    store.bringBack(left);
    expect(answer().content()).toBe('A begin');
  });

  it('takes what was not answered with it when one leaves', async () => {
    const { over } = await ask('Secret?');
    store.startNew();
    await over;
    expect(draft.text()).toBe('');
    expect(sessionStorage).toHaveLength(0);
  });

  it('gives the question back when it was stopped before the first word', async () => {
    const { over } = await ask('Too hasty');
    store.stop();
    await over;
    expect(draft.text()).toBe('Too hasty');
  });

  it('gives the question back when it was refused, and drops it from the conversation', async () => {
    server.on('POST /chat/completions', () => refusal(503, 'model_down'));
    await store.ask({ content: 'Hello?' });
    expect(answer().state()).toBe('failed');
    expect(answer().failure()).toMatchObject({ kind: 'unavailable', requestId: 'r-1' });
    expect(draft.text()).toBe('Hello?');
    await store.ask({ content: 'Hello again?' });
    expect(store.exchanges()).toHaveLength(1);
    expect(contents()).toEqual(['Hello again?']);
  });

  it('keeps the part that came before the connection broke', async () => {
    const { over, stream } = await ask('Story?');
    stream.say('Once');
    await vi.waitFor(() => expect(answer().hasWords()).toBe(true));
    stream.fail();
    await over;
    expect(answer().state()).toBe('broken');
    expect(answer().content()).toBe('Once');
    expect(answer().failure()?.kind).toBe('network');
  });

  it('answers again in place of the former answer', async () => {
    const first = await ask('Dice?');
    first.stream.say('3').finish();
    await first.over;
    const again = store.answerAgain(store.current()!);
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    answers[1]!.say('5').finish();
    await again;
    expect(store.exchanges()).toHaveLength(1);
    expect(answer().content()).toBe('5');
    expect(contents()).toEqual(['Dice?']);
  });

  it('separates thoughts from words, however the model marks them', async () => {
    const first = await ask('Think!');
    first.stream.frame({ choices: [{ delta: { reasoning_content: 'Hm.' } }] });
    await vi.waitFor(() => expect(answer().isThinking()).toBe(true));
    first.stream.say('Done.').finish();
    await first.over;
    expect(answer().reasoning()).toBe('Hm.');
    expect(answer().content()).toBe('Done.');
    expect(answer().thinkingSeconds()).toBeGreaterThanOrEqual(0);
    const second = await ask('Again!');
    second.stream.say('<think>Ha.</think>Yes.').finish();
    await second.over;
    expect(answer().reasoning()).toBe('Ha.');
    expect(answer().content()).toBe('Yes.');
  });
});
