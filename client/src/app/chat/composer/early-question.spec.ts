import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { ReplaySubject, firstValueFrom } from 'rxjs';

import { FakeServer, json, refusal } from '../../../testing/fake-server';
import { aConversation, aMessage, aModel, anAnswer } from '../../../testing/fixtures';
import { useLanguage } from '../../../testing/language';
import { ConversationStore } from '../conversation/conversation-store';
import { ChatModels } from '../models/chat-models';
import { Composer } from './composer';

/** What is sent before it can be. */
describe('Composer, early', () => {
  let fixture: ComponentFixture<Composer>;
  let server: FakeServer;
  let models: ReplaySubject<Response>;
  let sent: string[];

  const page = () => fixture.nativeElement as HTMLElement;
  const field = () => page().querySelector('textarea')!;
  const button = () => page().querySelector<HTMLButtonElement>('.send')!;

  async function type(text: string): Promise<void> {
    field().value = text;
    field().dispatchEvent(new Event('input'));
    await fixture.whenStable();
  }

  async function enter(): Promise<void> {
    field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', cancelable: true }));
    await fixture.whenStable();
  }

  async function come(response = json({ models: [aModel()], defaultModel: 'qwen' })) {
    models.next(response);
    await TestBed.inject(ChatModels).settled();
    await fixture.whenStable();
  }

  beforeEach(async () => {
    localStorage.clear();
    sessionStorage.clear();
    models = new ReplaySubject(1);
    server = new FakeServer().on('GET /chat/models', () => firstValueFrom(models));
    await useLanguage();
    void TestBed.inject(ChatModels).load();
    fixture = TestBed.createComponent(Composer);
    sent = [];
    fixture.componentInstance.sent.subscribe(({ content }) => sent.push(content));
    await fixture.whenStable();
  });

  it('keeps the question and sends it, once, when the models are there', async () => {
    expect(button().disabled).toBe(true);
    await type('Hello');
    expect(button().disabled).toBe(false);
    await enter();
    await enter();
    expect(sent).toEqual([]);
    expect(field().value).toBe('Hello');
    expect(button().classList).toContain('is-waiting');
    expect(page().querySelector('[role=status]')?.textContent).toContain('is sent as soon as');
    await come();
    expect(sent).toEqual(['Hello']);
    expect(page().querySelector('.is-waiting, [role=status]')).toBeNull();
  });

  it('does not send what is written on meanwhile', async () => {
    await type('Hello');
    button().click();
    await type('Hello, and');
    await come();
    expect(sent).toEqual([]);
    expect(field().value).toBe('Hello, and');
  });

  it('sends nothing that nobody asked for', async () => {
    await enter();
    await type('Hello');
    await come();
    expect(sent).toEqual([]);
  });

  it('keeps the question where the models do not come, and sends it when they do', async () => {
    await type('Hello');
    await enter();
    await come(refusal(503, 'unavailable'));
    expect(sent).toEqual([]);
    expect(field().value).toBe('Hello');
    models = new ReplaySubject(1);
    void TestBed.inject(ChatModels).load();
    await come();
    expect(sent).toEqual(['Hello']);
  });

  it('waits for the conversation that is being opened', async () => {
    await come();
    const opened = new ReplaySubject<Response>(1);
    server.on('GET /chat/conversations/c-1', () => firstValueFrom(opened));
    const opening = TestBed.inject(ConversationStore).open('c-1');
    await type('And?');
    await enter();
    expect(sent).toEqual([]);
    const messages = [aMessage(), anAnswer()];
    opened.next(json({ conversation: aConversation(), messages, hasEarlier: false }));
    await opening;
    await fixture.whenStable();
    expect(sent).toEqual(['And?']);
  });

  it('sends nothing in another conversation than it was asked in', async () => {
    await type('Hello');
    await enter();
    server.on('GET /chat/conversations/c-1', () => refusal(404, 'not_found'));
    await TestBed.inject(ConversationStore).open('c-1');
    await fixture.whenStable();
    TestBed.inject(ConversationStore).startNew();
    await come();
    expect(sent).toEqual([]);
    expect(field().value).toBe('Hello');
  });
});
