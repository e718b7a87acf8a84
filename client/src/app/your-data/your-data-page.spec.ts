import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';

import { FakeServer, json, refusal } from '../../testing/fake-server';
import { useLanguage } from '../../testing/language';
import { ApiClient } from '../core/api/api-client';
import { ApiError } from '../core/api/api-error';
import { Dialogs } from '../ui/dialogs';
import { Saving } from '../ui/saving';
import { Toast } from '../ui/toast';
import { ChatImport } from './chat-import';
import { YourDataPage } from './your-data-page';

const SHARE = {
  id: 's-1',
  conversationId: 'c-1',
  title: 'Plants',
  messages: 4,
  createdAt: '2026-11-20T08:00:00.000Z',
  updatedAt: '2026-11-20T08:00:00.000Z',
};
const UPLOAD = { maxBytes: 10, maxFiles: 5, maxTextChars: 1000, extensions: [] };

describe('YourDataPage', () => {
  let server: FakeServer;
  let fixture: ComponentFixture<YourDataPage>;
  let saved: string[];
  const page = () => fixture.nativeElement as HTMLElement;
  const button = (name: string) =>
    [...page().querySelectorAll('button')].find((one) => one.textContent.includes(name));

  async function open(options: object = { retentionDays: 180, removal: 'delete' }): Promise<void> {
    server.on('GET /chat/options', () => json({ upload: UPLOAD, ...options }));
    fixture = TestBed.createComponent(YourDataPage);
    await fixture.whenStable();
  }

  async function give(file: File): Promise<void> {
    const imports = fixture.debugElement.injector.get(ChatImport);
    await imports.take(file);
    await fixture.whenStable();
  }

  beforeEach(async () => {
    saved = [];
    server = new FakeServer().on('GET /chat/shares', () => json({ shares: [SHARE] }));
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        { provide: Saving, useValue: { save: (address: string) => saved.push(address) } },
        { provide: Toast, useValue: { show: () => Promise.resolve(false) } },
        { provide: Dialogs, useValue: { open: () => Promise.resolve(true) } },
      ],
    });
    await useLanguage();
  });

  it.each([
    [{ retentionDays: 180, removal: 'delete' }, '180 days after', 'deleted for good'],
    [{ retentionDays: 1, removal: 'hide' }, '1 day after', 'stays in the database'],
    [{ retentionDays: null, removal: 'hide' }, 'kept until you delete them', 'disappears'],
  ])('says how long things are kept: %j', async (options, kept, removed) => {
    await open(options);
    expect(page().textContent).toContain(kept);
    expect(page().textContent).toContain(removed);
  });

  it('exports everything', async () => {
    await open();
    button('Export everything')?.click();
    expect(saved).toEqual(['/chat/export']);
  });

  it('tells what an import brought in, and what not', async () => {
    const send = vi.spyOn(TestBed.inject(ApiClient), 'send');
    await open();
    send.mockResolvedValueOnce(
      json({
        imported: 2,
        skipped: [{ name: '#3', reason: 'It has no messages.' }],
        skippedCount: 1,
      }),
    );
    await give(new File(['[]'], 'chats.json'));
    const [path, request] = send.mock.lastCall ?? [];
    expect(path).toBe('/chat/imports');
    expect((request?.body as FormData).get('file')).toBeInstanceOf(File);
    expect(page().textContent).toContain('2 conversations were brought in, 1 skipped.');
    expect(page().querySelector('.skipped')?.textContent).toContain('It has no messages.');
  });

  it('says why an import failed', async () => {
    const send = vi.spyOn(TestBed.inject(ApiClient), 'send');
    await open();
    send.mockRejectedValueOnce(new ApiError(413, 'too_large', 'The file is larger than 50 MB.'));
    await give(new File(['[]'], 'chats.json'));
    expect(page().querySelector('.failure')?.textContent).toContain('larger than 50 MB');
    expect(button('Choose a file')?.disabled).toBe(false);
  });

  it('takes a share back', async () => {
    server.on('DELETE /chat/shares/s-1', () => json(null, 204));
    await open();
    expect(page().querySelector('.shares')?.textContent).toContain('Plants');
    button('Stop sharing')?.click();
    await fixture.whenStable();
    expect(page().textContent).toContain('You share nothing.');
  });

  it('says why the rules could not be shown', async () => {
    await open();
    server.on('GET /chat/options', () => refusal(503, 'unavailable'));
    fixture = TestBed.createComponent(YourDataPage);
    await fixture.whenStable();
    expect(page().querySelector('[role=alert]')?.textContent).toContain('refused: unavailable');
  });
});
