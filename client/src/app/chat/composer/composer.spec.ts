import { signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';

import { Viewport } from '../../core/layout/viewport';
import { FakeServer, StreamedAnswer, json } from '../../../testing/fake-server';
import { aModel } from '../../../testing/fixtures';
import { useLanguage } from '../../../testing/language';
import { ChatModels } from '../models/chat-models';
import { Composer } from './composer';
import { ConversationStore } from '../conversation/conversation-store';
import { Draft } from './draft';

describe('Composer', () => {
  let fixture: ComponentFixture<Composer>;
  let sent: string[];
  const isTouch = signal(false);

  const field = () => fixture.nativeElement.querySelector('textarea') as HTMLTextAreaElement;
  const button = () => fixture.nativeElement.querySelector('.send') as HTMLButtonElement;

  async function type(text: string): Promise<void> {
    field().value = text;
    field().dispatchEvent(new Event('input'));
    await fixture.whenStable();
  }

  function enter(init: KeyboardEventInit = {}): boolean {
    const event = new KeyboardEvent('keydown', { key: 'Enter', cancelable: true, ...init });
    return !field().dispatchEvent(event);
  }

  beforeEach(async () => {
    localStorage.clear();
    sessionStorage.clear();
    isTouch.set(false);
    const viewport = { isTouch, isCompact: signal(false), hasSidebar: signal(true) };
    TestBed.configureTestingModule({ providers: [{ provide: Viewport, useValue: viewport }] });
    new FakeServer().on('GET /chat/models', () =>
      json({ models: [aModel()], defaultModel: 'qwen' }),
    );
    await useLanguage();
    await TestBed.inject(ChatModels).load();
    fixture = TestBed.createComponent(Composer);
    sent = [];
    fixture.componentInstance.sent.subscribe((text) => sent.push(text));
    await fixture.whenStable();
  });

  it('sends by Enter and by the button, but not nothing', async () => {
    expect(button().disabled).toBe(true);
    enter();
    await type('Hello');
    expect(button().disabled).toBe(false);
    expect(enter()).toBe(true);
    button().click();
    expect(sent).toEqual(['Hello', 'Hello']);
  });

  it('makes a new line by Shift and Enter', async () => {
    await type('Hello');
    expect(enter({ shiftKey: true })).toBe(false);
    expect(sent).toEqual([]);
  });

  it('does not send while characters are being composed', async () => {
    await type('こんにち');
    enter({ isComposing: true });
    enter({ keyCode: 229 });
    expect(sent).toEqual([]);
  });

  it('makes a new line by Enter on glass, and sends with Ctrl', async () => {
    isTouch.set(true);
    await type('Hello');
    enter();
    expect(sent).toEqual([]);
    enter({ ctrlKey: true });
    expect(sent).toEqual(['Hello']);
  });

  it('shows what is given back to it', async () => {
    TestBed.inject(Draft).restore('Again');
    await fixture.whenStable();
    expect(field().value).toBe('Again');
  });

  it('stops while an answer is being written, and keeps the focus', async () => {
    const answers: StreamedAnswer[] = [];
    new FakeServer().on('POST /chat/completions', ({ signal: abort }) => {
      answers.push(new StreamedAnswer(abort));
      return answers[0]!.response;
    });
    const store = TestBed.inject(ConversationStore);
    const over = store.ask('Hello');
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    await fixture.whenStable();
    expect(button().getAttribute('aria-label')).toBe('Stop the answer');
    button().click();
    await over;
    await fixture.whenStable();
    expect(button().getAttribute('aria-label')).toBe('Send');
    expect(document.activeElement).toBe(field());
  });
});
