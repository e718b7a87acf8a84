import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';

import { FakeServer, json, refusal } from '../../../testing/fake-server';
import { aSummary } from '../../../testing/fixtures';
import { useLanguage } from '../../../testing/language';
import { Toast } from '../../ui/toast';
import { ArchivePage } from './archive-page';

const PATH = 'GET /chat/conversations?view=archived&limit=50';
const archived = (id: string, title: string) => aSummary({ id, title, isArchived: true });

describe('ArchivePage', () => {
  let server: FakeServer;
  let fixture: ComponentFixture<ArchivePage>;
  const page = () => fixture.nativeElement as HTMLElement;
  const titles = () => [...page().querySelectorAll('li .title')].map((one) => one.textContent);
  const press = async (label: string) => {
    page().querySelector<HTMLElement>(`[aria-label="${label}"]`)?.click();
    await fixture.whenStable();
  };

  async function open(): Promise<void> {
    fixture = TestBed.createComponent(ArchivePage);
    document.body.append(page());
    await vi.waitFor(() => expect(page().querySelector('[role=status]')).toBeNull());
    await fixture.whenStable();
  }

  beforeEach(async () => {
    server = new FakeServer().on(PATH, () =>
      json({ conversations: [archived('c-2', 'Two'), archived('c-1', 'One')], nextCursor: null }),
    );
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        { provide: Toast, useValue: { show: () => Promise.resolve(false) } },
      ],
    });
    await useLanguage();
  });

  afterEach(() => page().remove());

  it('takes a conversation out, and hands on the focus', async () => {
    server.on('PATCH /chat/conversations/c-2', ({ body }) =>
      json({ ...archived('c-2', 'Two'), ...(body as object) }),
    );
    await open();
    await press('Move “Two” out of the archive');
    expect(titles()).toEqual(['One']);
    expect(document.activeElement?.textContent).toContain('One');
  });

  it('deletes for good', async () => {
    server.on('DELETE /chat/conversations/c-1', () => json(null, 204));
    await open();
    await press('Delete “One”');
    expect(titles()).toEqual(['Two']);
    expect(document.activeElement?.textContent).toContain('Two');
  });

  it('says that it is empty, or why it cannot be shown', async () => {
    server.on(PATH, () => refusal(503, 'unavailable'));
    await open();
    expect(page().textContent).toContain('refused: unavailable');
    server.on(PATH, () => json({ conversations: [], nextCursor: null }));
    page().querySelector<HTMLElement>('app-notice button')?.click();
    await vi.waitFor(() => expect(page().textContent).toContain('The archive is empty'));
  });
});
