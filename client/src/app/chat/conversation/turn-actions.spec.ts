import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { ReplaySubject, firstValueFrom } from 'rxjs';

import { FakeServer, json, refusal } from '../../../testing/fake-server';
import { aConversation, aMessage, aModel, anAnswer } from '../../../testing/fixtures';
import { useLanguage } from '../../../testing/language';
import { type Message } from '../../core/api/schema';
import { Toast } from '../../ui/toast';
import { Dialogs } from '../../ui/dialogs';
import { ChatModels } from '../models/chat-models';
import { ConversationStore } from './conversation-store';
import { TurnActions } from './turn-actions';

const PATH = '/chat/conversations/c-1';

describe('TurnActions', () => {
  let server: FakeServer;
  let store: ConversationStore;
  let actions: TurnActions;
  let toasts: string[];
  let undo: ReplaySubject<boolean>;
  let agrees: boolean;

  const contents = () => store.exchanges().map(({ question }) => question?.content);

  function keep(...messages: Message[]): void {
    server.on(`GET ${PATH}/messages`, () => json({ messages, hasEarlier: false }));
  }

  beforeEach(async () => {
    localStorage.clear();
    sessionStorage.clear();
    toasts = [];
    agrees = true;
    undo = new ReplaySubject(1);
    const show = (text: string) => {
      toasts.push(text);
      return firstValueFrom(undo);
    };
    TestBed.configureTestingModule({
      providers: [
        provideRouter([{ path: '**', children: [] }]),
        { provide: Toast, useValue: { show } },
        { provide: Dialogs, useValue: { open: () => Promise.resolve(agrees) } },
      ],
    });
    const conversation = aConversation({ model: 'qwen' });
    const messages = [aMessage(), anAnswer()];
    server = new FakeServer()
      .on('GET /chat/models', () =>
        json({ models: [aModel({ access: 'needs_ack' })], defaultModel: 'qwen' }),
      )
      .on(`GET ${PATH}`, () => json({ conversation, messages, hasEarlier: false }));
    await useLanguage();
    await TestBed.inject(ChatModels).load();
    store = TestBed.inject(ConversationStore);
    actions = TestBed.inject(TurnActions);
    await store.open('c-1');
  });

  it('deletes a question with what follows, and takes that back', async () => {
    const question = store.current()!.question!;
    server.on(`DELETE ${PATH}/messages/q-1`, () => json({ currentMessageId: null }));
    server.on(`POST ${PATH}/messages/q-1/restoration`, () => json({ currentMessageId: 'a-1' }));
    keep();
    expect(await actions.remove(question)).toBe(true);
    expect(contents()).toEqual([]);
    expect(toasts).toEqual(['This and what followed it was deleted.']);
    keep(aMessage(), anAnswer());
    undo.next(true);
    await vi.waitFor(() => expect(contents()).toEqual(['Why?']));
  });

  it('says so where it is not deleted, or cannot be taken back', async () => {
    const question = store.current()!.question!;
    server.on(`DELETE ${PATH}/messages/q-1`, () => refusal(409, 'conflict'));
    expect(await actions.remove(question)).toBe(false);
    expect(contents()).toEqual(['Why?']);
    server.on(`DELETE ${PATH}/messages/q-1`, () => json({ currentMessageId: null }));
    server.on(`POST ${PATH}/messages/q-1/restoration`, () => refusal(404, 'not_found'));
    keep();
    undo.next(true);
    await actions.remove(question);
    await vi.waitFor(() => expect(toasts).toHaveLength(3));
    expect(toasts[2]).toContain('refused: not_found');
  });

  it('keeps the words of a question in the editor where no model may be asked', async () => {
    agrees = false;
    const question = store.current()!.question!;
    actions.edit(question);
    await actions.reword(question, 'Why not?');
    expect(actions.editing()).toBe(question);
    expect(server.seen.filter(({ method }) => method === 'POST')).toEqual([]);
  });
});
