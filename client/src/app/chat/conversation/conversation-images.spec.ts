import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';

import { FakeServer, json } from '../../../testing/fake-server';
import { aConversation, aMessage, aModel, anAnswer, anAttachment } from '../../../testing/fixtures';
import { useLanguage } from '../../../testing/language';
import { type Message } from '../../core/api/schema';
import { ComposerHints } from '../composer/composer-hints';
import { Draft } from '../composer/draft';
import { QuestionCheck } from '../composer/question-check';
import { ChatModels } from '../models/chat-models';
import { ConversationImages } from './conversation-images';
import { ConversationStore } from './conversation-store';

const MODELS = [
  aModel(),
  aModel({ id: 'eagle', name: 'Eagle', inputModalities: ['text', 'image'] }),
];
const PICTURE = anAttachment({ name: 'x.png', kind: 'image' });
const TURNS = [
  aMessage(),
  anAnswer(),
  aMessage({ id: 'q-2', parentId: 'a-1', attachments: [PICTURE] }),
  anAnswer({ id: 'a-2', parentId: 'q-2', model: 'eagle' }),
  aMessage({ id: 'q-3', parentId: 'a-2' }),
  anAnswer({ id: 'a-3', parentId: 'q-3', model: 'qwen' }),
];

describe('images sent before', () => {
  let fixture: ComponentFixture<ComposerHints>;
  let store: ConversationStore;

  const page = () => fixture.nativeElement as HTMLElement;
  const buttons = () => [...page().querySelectorAll('button')];

  async function open(messages: Message[], more: object = {}, model = 'qwen'): Promise<void> {
    const { hasImages = false, hasEarlier = false } = more as Record<string, boolean>;
    const conversation = { ...aConversation({ model }), hasImages };
    new FakeServer()
      .on('GET /chat/models', () => json({ models: MODELS, defaultModel: 'qwen' }))
      .on('GET /chat/conversations/c-1', () => json({ conversation, messages, hasEarlier }))
      .on('GET /api/me', () => json({ budgets: [] }));
    await TestBed.inject(ChatModels).load();
    store = TestBed.inject(ConversationStore);
    await store.open('c-1');
    fixture = TestBed.createComponent(ComposerHints);
    await fixture.whenStable();
  }

  beforeEach(async () => {
    localStorage.clear();
    sessionStorage.clear();
    TestBed.configureTestingModule({ providers: [provideRouter([{ path: '**', children: [] }])] });
    await useLanguage();
  });

  it('are told of before a model is asked that cannot see them, with a way out', async () => {
    await open(TURNS);
    TestBed.inject(Draft).set('And this?');
    expect(page().textContent).toContain('Qwen 3 cannot see the images of this chat.');
    expect(TestBed.inject(QuestionCheck).canSend()).toBe(true);
    expect(buttons()[0]!.textContent).toContain('Switch to Eagle');
    buttons()[0]!.click();
    await vi.waitFor(() => expect(TestBed.inject(ChatModels).selected()?.id).toBe('eagle'));
    await fixture.whenStable();
    expect(page().textContent?.trim()).toBe('');
  });

  it('are told of until that is taken note of, and again for another model', async () => {
    await open(TURNS);
    buttons()[1]!.click();
    await fixture.whenStable();
    expect(page().textContent?.trim()).toBe('');
    TestBed.inject(ChatModels).choose('eagle');
    await fixture.whenStable();
    TestBed.inject(ChatModels).choose('qwen');
    await fixture.whenStable();
    expect(page().textContent).toContain('Qwen 3 cannot see the images of this chat.');
  });

  it('count where their turns are not loaded yet', async () => {
    await open([aMessage(), anAnswer()], { hasEarlier: true, hasImages: true });
    expect(TestBed.inject(ConversationImages).isAny()).toBe(true);
  });

  it.each([
    ['there are none', [aMessage(), anAnswer()], {}, 'qwen'],
    ['they are on another branch', [aMessage(), anAnswer()], { hasImages: true }, 'qwen'],
    ['the model sees them', TURNS, {}, 'eagle'],
  ])('are no matter where %s', async (_, messages, more, model) => {
    await open(messages, more, model);
    expect(page().textContent?.trim()).toBe('');
  });

  it('are told of at the answers of models that did not see them', async () => {
    await open(TURNS);
    const images = TestBed.inject(ConversationImages);
    const unseen = store
      .exchanges()
      .map((exchange) => images.areUnseenBy(exchange.shown!, exchange));
    expect(unseen).toEqual([false, false, true]);
  });
});
