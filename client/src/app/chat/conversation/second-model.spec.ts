import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';

import { FakeServer, json, refusal } from '../../../testing/fake-server';
import { aConversation, aMessage, aModel, anAnswer } from '../../../testing/fixtures';
import { FollowedAnswer } from '../../../testing/followed-answer';
import { useLanguage } from '../../../testing/language';
import { ChatModels } from '../models/chat-models';
import { ConversationStore } from './conversation-store';

const MODELS = [aModel(), aModel({ id: 'llama', name: 'Llama 4' })];

describe('the second model', () => {
  let server: FakeServer;
  let store: ConversationStore;

  /** As after a reload of the page. */
  async function load(): Promise<void> {
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({ providers: [provideRouter([{ path: '**', children: [] }])] });
    await useLanguage();
    await TestBed.inject(ChatModels).load();
    store = TestBed.inject(ConversationStore);
  }

  beforeEach(async () => {
    localStorage.clear();
    sessionStorage.clear();
    server = new FakeServer()
      .on('GET /chat/models', () => json({ models: MODELS, defaultModel: 'qwen' }))
      .on('GET /chat/conversations/c-1', () =>
        json({ conversation: aConversation(), messages: [], hasEarlier: false }),
      );
    await load();
  });

  it('is there after a reload, in a new chat and in the conversation it becomes', async () => {
    const pair = { state: 'writing', content: '', comparisonId: 'x' } as const;
    server.on('POST /chat/conversations', () => {
      const answers = [anAnswer(pair), anAnswer({ id: 'a-2', model: 'llama', ...pair })];
      return json({ conversation: aConversation(), question: aMessage(), answers }, 201);
    });
    for (const id of ['a-1', 'a-2']) {
      server.on(`GET /chat/answers/${id}/events`, () => new FollowedAnswer().response);
    }
    store.setSecondModel('llama');
    await load();
    expect(store.secondModel()).toBe('llama');
    await store.ask({ content: 'Why?' });
    expect(store.id()).toBe('c-1');
    expect(store.secondModel()).toBe('llama');
    store.startNew();
    expect(store.secondModel()).toBeNull();
    await load();
    expect(store.secondModel()).toBeNull();
    await store.open('c-1');
    expect(store.secondModel()).toBe('llama');
    store.setSecondModel(null);
    await load();
    await store.open('c-1');
    expect(store.secondModel()).toBeNull();
  });

  it('of a temporary chat is not kept, and a preset begins without one', async () => {
    store.setSecondModel('llama');
    store.startNew({ isTemporary: true });
    expect(store.secondModel()).toBeNull();
    store.setSecondModel('llama');
    store.startNew();
    expect(store.secondModel()).toBe('llama');
    const { settings } = aConversation();
    const preset = { id: 'p', name: 'P', model: null, settings, createdAt: '', updatedAt: '' };
    store.startNew({ preset });
    expect(store.secondModel()).toBeNull();
  });

  it('is not asked where there is none of that name any more', async () => {
    let asked: unknown;
    server.on('POST /chat/conversations', ({ body }) => {
      asked = (body as { models: string[] }).models;
      return refusal(400, 'invalid_request');
    });
    store.setSecondModel('gone');
    await store.ask({ content: 'Why?' });
    expect(asked).toEqual(['qwen']);
  });
});
