import { signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';

import { type Budget } from '../../core/api/schema';
import { Budgets } from '../../core/budgets/budgets';
import { Viewport } from '../../core/layout/viewport';
import { FakeServer, StreamedAnswer, json } from '../../../testing/fake-server';
import { FakeUploads } from '../../../testing/fake-uploads';
import { aBudget, aModel, anAttachment } from '../../../testing/fixtures';
import { useLanguage } from '../../../testing/language';
import { ChatModels } from '../models/chat-models';
import { ChatPreferences } from '../settings/chat-preferences';
import { Composer } from './composer';
import { ComposerAttachments } from './composer-attachments';
import { ConversationStore } from '../conversation/conversation-store';
import { Draft } from './draft';

const MODELS = [
  aModel(),
  aModel({
    id: 'eagle',
    name: 'Eagle',
    inputModalities: ['text', 'image'],
    notice: 'Runs outside the campus.',
  }),
  aModel({ id: 'free', name: 'Free', inputCostPerMillion: 0, outputCostPerMillion: 0 }),
];
const LIMITS = { maxBytes: 1e6, extensions: ['txt', 'png'], maxFiles: 3, maxTextChars: 100 };
const AN_IMAGE = anAttachment({ name: 'x.png', kind: 'image', tokens: 85 });
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000 - 500).toISOString();

describe('Composer', () => {
  let fixture: ComponentFixture<Composer>;
  let server: FakeServer;
  let uploads: FakeUploads;
  let budgets: Budget[];
  let sent: string[];
  const isTouch = signal(false);

  const page = () => fixture.nativeElement as HTMLElement;
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

  function paste(text: string, files: File[] = []): Event {
    const clipboardData = { files, getData: () => text };
    const event = Object.assign(new Event('paste', { cancelable: true }), { clipboardData });
    field().dispatchEvent(event);
    return event;
  }

  afterEach(() => vi.unstubAllGlobals());

  beforeEach(async () => {
    localStorage.clear();
    sessionStorage.clear();
    isTouch.set(false);
    budgets = [];
    const no = signal(false);
    const viewport = { isTouch, isCompact: no, hasSidebar: signal(true), hasPanel: no };
    TestBed.configureTestingModule({ providers: [{ provide: Viewport, useValue: viewport }] });
    uploads = new FakeUploads();
    URL.createObjectURL = () => 'blob:x';
    server = new FakeServer()
      .on('GET /chat/models', () => json({ models: MODELS, defaultModel: 'qwen' }))
      .on('GET /chat/options', () => json({ upload: LIMITS }))
      .on('GET /api/me', () => json({ budgets }));
    await useLanguage();
    await TestBed.inject(ChatModels).load();
    fixture = TestBed.createComponent(Composer);
    sent = [];
    fixture.componentInstance.sent.subscribe(({ content }) => sent.push(content));
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

  it('takes nothing of one conversation into another, however soon it is written on', async () => {
    const draft = TestBed.inject(Draft);
    await type('only here');
    draft.use('c-1');
    // A key that is pressed before the page is drawn again.
    field().value += 'x';
    field().dispatchEvent(new Event('input'));
    expect(draft.text()).toBe('x');
    draft.use(null);
    expect(draft.text()).toBe('only here');
    expect(field().value).toBe('only here');
  });

  it('does not bring back what was sent when it is written on at once', async () => {
    await type('A question');
    TestBed.inject(Draft).set('');
    field().value += 'And';
    field().dispatchEvent(new Event('input'));
    expect(TestBed.inject(Draft).text()).toBe('And');
  });

  it('leaves the caret where it is when the new chat gets its id', async () => {
    await type('half a thought');
    field().setSelectionRange(4, 4);
    TestBed.inject(Draft).adopt('c-1');
    await fixture.whenStable();
    expect(field().selectionStart).toBe(4);
    expect(field().value).toBe('half a thought');
  });

  it('stops while an answer is being written, and keeps the focus', async () => {
    const answers: StreamedAnswer[] = [];
    server.on('POST /chat/completions', ({ signal: abort }) => {
      answers.push(new StreamedAnswer(abort));
      return answers[0]!.response;
    });
    const store = TestBed.inject(ConversationStore);
    store.startNew({ isTemporary: true });
    const over = store.ask({ content: 'Hello' });
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    await fixture.whenStable();
    expect(button().getAttribute('aria-label')).toBe('Stop the answer');
    button().click();
    await over;
    await fixture.whenStable();
    expect(button().getAttribute('aria-label')).toBe('Send');
    expect(document.activeElement).toBe(field());
  });

  it('makes a new line by Enter for those who prefer that', async () => {
    TestBed.inject(ChatPreferences).setEnterNewline(true);
    await type('Hello');
    expect(enter()).toBe(false);
    expect(enter({ metaKey: true })).toBe(true);
    expect(sent).toEqual(['Hello']);
  });

  it('offers to make a file of a long text that is pasted', async () => {
    const long = 'word '.repeat(1000);
    paste(`${long}\r\nend`);
    await type(`Look: ${long}\nend`);
    expect(page().textContent).toContain('You pasted 5,004 characters.');
    const [attach] = page().querySelectorAll<HTMLButtonElement>('.offer button');
    attach!.click();
    await vi.waitFor(() => expect(uploads.all).toHaveLength(1));
    await fixture.whenStable();
    expect(await uploads.all[0]!.file.text()).toBe(`${long}\nend`);
    expect(field().value).toBe('Look: ');
    expect(page().querySelector('.offer')).toBeNull();
  });

  it('offers nothing for a short text, nor once it is gone again', async () => {
    paste('short');
    await type('short');
    expect(page().querySelector('.offer')).toBeNull();
    paste('x'.repeat(5000));
    await type('y');
    expect(page().querySelector('.offer')).toBeNull();
  });

  it('attaches an image that is pasted, and waits for it', async () => {
    const event = paste('', [new File(['x'], 'image.png', { type: 'image/png' })]);
    expect(event.defaultPrevented).toBe(true);
    await type('What is this?');
    await vi.waitFor(() => expect(uploads.all).toHaveLength(1));
    await fixture.whenStable();
    expect(button().disabled).toBe(true);
    enter();
    await fixture.whenStable();
    expect(sent).toEqual([]);
    expect(page().textContent).toContain('Sending is possible once the files are there.');
  });

  it('attaches what is dropped anywhere, and leaves other things alone', async () => {
    const drop = (types: string[], files: File[]) => {
      const event = Object.assign(new Event('drop', { cancelable: true, bubbles: true }), {
        dataTransfer: { types, files },
      });
      document.body.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(drop(['text/plain'], [])).toBe(false);
    expect(drop(['Files'], [new File(['x'], 'notes.txt')])).toBe(true);
    await vi.waitFor(() => expect(uploads.all).toHaveLength(1));
    expect(uploads.all[0]!.file.name).toBe('notes.txt');
  });

  it('takes no files in a temporary chat, of which nothing is kept', async () => {
    TestBed.inject(ConversationStore).startNew({ isTemporary: true });
    await fixture.whenStable();
    const event = paste('', [new File(['x'], 'image.png', { type: 'image/png' })]);
    expect(event.defaultPrevented).toBe(true);
    expect(page().querySelector('.tool')!.getAttribute('aria-disabled')).toBe('true');
    await fixture.whenStable();
    expect(TestBed.inject(ComposerAttachments).items()).toEqual([]);
  });

  it('does not send images to a model that cannot see them, and offers one that can', async () => {
    await type('What is this?');
    TestBed.inject(ComposerAttachments).restore([AN_IMAGE]);
    await fixture.whenStable();
    expect(button().disabled).toBe(true);
    expect(page().textContent).toContain('Qwen 3 cannot see images.');
    const switchTo = [...page().querySelectorAll<HTMLButtonElement>('.hint button')][0]!;
    expect(switchTo.textContent).toContain('Switch to Eagle');
    switchTo.click();
    await vi.waitFor(() => expect(button().disabled).toBe(false));
    expect(TestBed.inject(ChatModels).selected()?.id).toBe('eagle');
  });

  it('says why it cannot be sent with an empty budget, and what is free', async () => {
    await type('Hello');
    budgets = [aBudget({ balance: '0', available: '0', nextRefreshAt: inMinutes(42) })];
    await TestBed.inject(Budgets).refresh();
    await fixture.whenStable();
    expect(button().disabled).toBe(true);
    const card = page().querySelector('app-budget-card')!;
    expect(card.textContent).toContain('Your budget is used up');
    expect(card.textContent).toContain('Next 0.1 coins in 42 min.');
    card.querySelector('button')!.click();
    await vi.waitFor(() => expect(button().disabled).toBe(false));
    expect(TestBed.inject(ChatModels).selected()?.id).toBe('free');
    expect(field().value).toBe('Hello');
  });

  it('tells the price where it matters', async () => {
    budgets = [aBudget({ balance: '20', available: '20' })];
    await TestBed.inject(Budgets).refresh();
    await type('Hello');
    expect(page().querySelector('.estimate')).toBeNull();
    budgets = [aBudget({ balance: '0.01', available: '0.01' })];
    await TestBed.inject(Budgets).refresh();
    await fixture.whenStable();
    expect(page().querySelector('.estimate')?.textContent).toContain('≈ 0.0006 coins');
  });

  it('shows what is to be known of the model', async () => {
    TestBed.inject(ChatModels).choose('eagle');
    await fixture.whenStable();
    expect(page().querySelector('.notice')?.textContent).toContain('Runs outside the campus.');
  });
});
