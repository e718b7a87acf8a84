import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { MatMenuHarness } from '@angular/material/menu/testing';
import { Router, provideRouter } from '@angular/router';

import { FakeServer, json, refusal } from '../../../testing/fake-server';
import { aSummary } from '../../../testing/fixtures';
import { useLanguage } from '../../../testing/language';
import { type ConversationSummary } from '../../core/api/schema';
import { Saving } from '../../ui/saving';
import { Toast } from '../../ui/toast';
import { ConversationList } from './conversation-list';
import { ConversationListView } from './conversation-list-view';

const listed = (...conversations: ConversationSummary[]) =>
  json({ conversations, nextCursor: null });

describe('ConversationListView', () => {
  let server: FakeServer;
  let fixture: ComponentFixture<ConversationListView>;
  let saved: string[];

  const page = () => fixture.nativeElement as HTMLElement;
  const rows = () => [...page().querySelectorAll<HTMLElement>('[data-row]')];
  const row = (at: number) => rows()[at] as HTMLElement;
  const key = (target: Element, name: string) =>
    target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));

  async function show(): Promise<void> {
    fixture = TestBed.createComponent(ConversationListView);
    document.body.append(page());
    void TestBed.inject(ConversationList).load();
    await fixture.whenStable();
  }

  async function choose(at: number, ...labels: string[]): Promise<void> {
    const loader = TestbedHarnessEnvironment.loader(fixture);
    const menus = await loader.getAllHarnesses(
      MatMenuHarness.with({ selector: 'app-conversation-row .options' }),
    );
    const [first = '', ...rest] = labels;
    const path = rest.map((text) => ({ text }));
    await menus[at]?.open();
    await menus[at]?.clickItem({ text: first }, ...path);
    await fixture.whenStable();
  }

  beforeEach(async () => {
    saved = [];
    server = new FakeServer()
      .on('GET /chat/folders', () => json({ folders: [{ id: 'f-1', name: 'Thesis' }] }))
      .on('GET /chat/conversations?view=pinned&limit=50', () => listed())
      .on('GET /chat/conversations?view=recent&limit=50', () =>
        listed(
          aSummary({ id: 'c-2', title: 'Second', updatedAt: '2026-11-20T09:00:00.000Z' }),
          aSummary({ id: 'c-1', title: '<img src=x onerror=alert(1)>', isAnswering: true }),
        ),
      );
    TestBed.configureTestingModule({
      providers: [
        provideRouter([{ path: '**', children: [] }]),
        { provide: Toast, useValue: { show: () => Promise.resolve(false) } },
        { provide: Saving, useValue: { save: (address: string) => saved.push(address) } },
      ],
    });
    await useLanguage();
  });

  afterEach(() => page().remove());

  it('lists links with their whole title, hostile ones as the text they are', async () => {
    await show();
    expect(rows().map((one) => one.getAttribute('href'))).toEqual(['/chat/c-2', '/chat/c-1']);
    expect(row(1).title).toBe('<img src=x onerror=alert(1)>');
    expect(page().querySelector('img')).toBeNull();
    expect(row(1).querySelector('[role=img]')?.getAttribute('aria-label')).toContain('answer');
  });

  it('says which one is open', async () => {
    await show();
    await TestBed.inject(Router).navigateByUrl('/chat/c-1');
    await fixture.whenStable();
    expect(rows().map((one) => one.getAttribute('aria-current'))).toEqual([null, 'page']);
  });

  it('says that there is nothing yet', async () => {
    server
      .on('GET /chat/folders', () => json({ folders: [] }))
      .on('GET /chat/conversations?view=recent&limit=50', () => listed());
    await show();
    expect(page().textContent).toContain('Your conversations will be listed here.');
  });

  it('says why the list cannot be shown, and asks again', async () => {
    server.on('GET /chat/conversations?view=recent&limit=50', () => refusal(503, 'unavailable'));
    await show();
    expect(page().querySelector('[role=alert]')?.textContent).toContain('refused: unavailable');
    server.on('GET /chat/conversations?view=recent&limit=50', () => listed(aSummary()));
    page().querySelector<HTMLElement>('.notice button')?.click();
    await fixture.whenStable();
    expect(rows()).toHaveLength(1);
  });

  it('renames where the title stands, by menu and by F2', async () => {
    server.on('PATCH /chat/conversations/c-2', ({ body }) =>
      json({
        ...aSummary({ id: 'c-2', updatedAt: '2026-11-20T09:00:00.000Z' }),
        ...(body as object),
      }),
    );
    await show();
    key(row(0), 'F2');
    await fixture.whenStable();
    const field = page().querySelector('input') as HTMLInputElement;
    expect(document.activeElement).toBe(field);
    field.value = 'Better';
    key(field, 'Enter');
    await vi.waitFor(() => expect(document.activeElement).toBe(row(0)));
    expect(row(0).textContent).toContain('Better');
  });

  it('leaves the title on Escape', async () => {
    await show();
    key(row(0), 'F2');
    await fixture.whenStable();
    const field = page().querySelector('input') as HTMLInputElement;
    field.value = 'Worse';
    key(field, 'Escape');
    await fixture.whenStable();
    expect(row(0).textContent).toContain('Second');
    expect(server.seen.some(({ method }) => method === 'PATCH')).toBe(false);
  });

  it('moves through the rows by arrows and deletes by key, handing on the focus', async () => {
    server.on('DELETE /chat/conversations/c-2', () => json(null, 204));
    await show();
    row(0).focus();
    key(row(0), 'ArrowDown');
    expect(document.activeElement).toBe(row(1));
    key(row(1), 'ArrowDown');
    key(row(1), 'ArrowUp');
    expect(document.activeElement).toBe(row(0));
    key(row(0), 'Delete');
    await fixture.whenStable();
    expect(rows()).toHaveLength(1);
    expect(document.activeElement).toBe(row(0));
  });

  it('exports and moves by the menu', async () => {
    server.on('PATCH /chat/conversations/c-2', ({ body }) =>
      json({ ...aSummary({ id: 'c-2' }), ...(body as object) }),
    );
    await show();
    await choose(0, 'Export', 'As Markdown (.md)');
    expect(saved).toEqual(['/chat/conversations/c-2/export?format=markdown']);
    await choose(0, 'Move to folder', 'Thesis');
    expect(server.seen.at(-1)?.body).toEqual({ folderId: 'f-1' });
    expect(rows()).toHaveLength(1);
  });

  it('shows what is in a folder when it is unfolded', async () => {
    server.on('GET /chat/conversations?folderId=f-1&limit=50', () =>
      listed(aSummary({ id: 'c-7', title: 'In the folder', folderId: 'f-1' })),
    );
    await show();
    const toggle = page().querySelector('[data-folder]') as HTMLElement;
    expect(toggle.getAttribute('aria-expanded')).toBe('false');
    toggle.click();
    await vi.waitFor(() => expect(row(0).textContent).toContain('In the folder'));
    toggle.click();
    await fixture.whenStable();
    expect(rows()).toHaveLength(2);
  });
});
