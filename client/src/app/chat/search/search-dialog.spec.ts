import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { MatDialogRef } from '@angular/material/dialog';
import { Router, provideRouter } from '@angular/router';

import { FakeServer, json, refusal } from '../../../testing/fake-server';
import { aSummary } from '../../../testing/fixtures';
import { useLanguage } from '../../../testing/language';
import { Theme } from '../../core/theme/theme';
import { ConversationList } from '../list/conversation-list';
import { SearchDialog } from './search-dialog';

const HITS = [
  {
    conversation: aSummary({ id: 'c-1', title: 'Green leaves' }),
    messageId: null,
    snippet: [
      { text: 'Green ', isMatch: false },
      { text: 'leaves', isMatch: true },
    ],
  },
  {
    conversation: aSummary({ id: 'c-2', title: 'Autumn' }),
    messageId: 'm-7',
    snippet: [
      { text: '…why the ', isMatch: false },
      { text: 'leaves', isMatch: true },
      { text: ' fall <img src=x onerror=alert(1)>', isMatch: false },
    ],
  },
];

describe('SearchDialog', () => {
  let server: FakeServer;
  let fixture: ComponentFixture<SearchDialog>;
  let isClosed: boolean;

  const page = () => fixture.nativeElement as HTMLElement;
  const field = () => page().querySelector('input') as HTMLInputElement;
  const options = () => [...page().querySelectorAll('[role=option]')];
  const titles = () => options().map((one) => one.querySelector('.title')?.textContent.trim());
  const active = () => page().querySelector(`#${field().getAttribute('aria-activedescendant')}`);

  async function type(text: string): Promise<void> {
    field().value = text;
    field().dispatchEvent(new Event('input'));
    await fixture.whenStable();
    await vi.advanceTimersByTimeAsync(200);
    await fixture.whenStable();
  }

  async function press(key: string): Promise<void> {
    field().dispatchEvent(new KeyboardEvent('keydown', { key }));
    await fixture.whenStable();
  }

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    isClosed = false;
    server = new FakeServer()
      .on('GET /chat/search?q=leaves', () => json({ hits: HITS, nextCursor: null }))
      .on('GET /chat/search?q=zzz', () => json({ hits: [], nextCursor: null }));
    TestBed.configureTestingModule({
      providers: [
        provideRouter([{ path: '**', children: [] }]),
        { provide: MatDialogRef, useValue: { close: () => (isClosed = true) } },
      ],
    });
    await useLanguage();
    const list = TestBed.inject(ConversationList);
    list.put(aSummary({ id: 'c-p', title: 'Pinned one', isPinned: true }));
    fixture = TestBed.createComponent(SearchDialog);
    await fixture.whenStable();
  });

  afterEach(() => vi.useRealTimers());

  it('begins with what was used last and what can be done', () => {
    expect(titles().slice(0, 2)).toEqual(['Pinned one', 'New chat']);
    expect(server.seen.filter(({ path }) => path.startsWith('/chat/search'))).toEqual([]);
  });

  it('asks once after a pause, and marks what was found as the text it is', async () => {
    field().value = 'lea';
    field().dispatchEvent(new Event('input'));
    await type('leaves');
    expect(server.seen.filter(({ path }) => path.startsWith('/chat/search'))).toHaveLength(1);
    expect(titles()).toEqual(['Green leaves', 'Autumn']);
    expect([...page().querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual([
      'leaves',
      'leaves',
    ]);
    expect(page().querySelector('img')).toBeNull();
  });

  it('opens by Enter what the arrows chose, at the message', async () => {
    await type('leaves');
    expect(active()).toBe(options()[0]);
    await press('ArrowDown');
    expect(active()).toBe(options()[1]);
    await press('Enter');
    expect(isClosed).toBe(true);
    await vi.waitFor(() => expect(TestBed.inject(Router).url).toBe('/chat/c-2#m-7'));
  });

  it('goes round with the arrows', async () => {
    await type('leaves');
    await press('ArrowUp');
    expect(active()).toBe(options()[1]);
    await press('ArrowDown');
    expect(active()).toBe(options()[0]);
  });

  it('runs commands by their name', async () => {
    server.on('GET /chat/search?q=dark', () => json({ hits: [], nextCursor: null }));
    await type('dark');
    await press('Enter');
    expect(TestBed.inject(Theme).mode()).toBe('dark');
    TestBed.inject(Theme).choose('system');
  });

  it('narrows by filters, and says what it did not find', async () => {
    server.on('GET /chat/search?q=zzz&in=archived', () => json({ hits: [], nextCursor: null }));
    await type('zzz');
    expect(page().querySelector('.notice')?.textContent).toContain('Nothing was found for “zzz”.');
    page().querySelector<HTMLElement>('.notice .chip')?.click();
    await fixture.whenStable();
    await vi.advanceTimersByTimeAsync(200);
    await fixture.whenStable();
    expect(server.seen.at(-1)?.path).toBe('/chat/search?q=zzz&in=archived');
    expect(page().querySelector('[aria-pressed=true]')?.textContent).toContain('Archived');
  });

  it('narrows to a time, and to any again', async () => {
    const asked = () => new URL(server.seen.at(-1)!.path, 'http://x').searchParams;
    const period = () => page().querySelector<HTMLSelectElement>('select[aria-label=Time]')!;
    const choose = async (value: string) => {
      period().value = value;
      period().dispatchEvent(new Event('change'));
      await fixture.whenStable();
      await vi.advanceTimersByTimeAsync(200);
      await fixture.whenStable();
    };
    await type('leaves');
    expect([...period().options].map(({ text }) => text.trim())).toEqual([
      'Any time',
      'Last 7 days',
      'Last 30 days',
      'This year',
    ]);
    await choose('year');
    const beginning = new Date(new Date().getFullYear(), 0, 1);
    expect(asked().get('since')).toBe(beginning.toISOString());
    await choose('');
    expect(asked().has('since')).toBe(false);
  });

  it('drops an answer that is out of date', async () => {
    let late!: (response: Response) => void;
    server.on('GET /chat/search?q=old', () => new Promise((resolve) => (late = resolve)));
    await type('old');
    await type('leaves');
    late(json({ hits: [], nextCursor: null }));
    await fixture.whenStable();
    expect(titles()).toEqual(['Green leaves', 'Autumn']);
  });

  it('says why it cannot search', async () => {
    server.on('GET /chat/search?q=broken', () => refusal(503, 'unavailable'));
    await type('broken');
    expect(page().querySelector('[role=alert]')?.textContent).toContain('refused: unavailable');
  });
});
