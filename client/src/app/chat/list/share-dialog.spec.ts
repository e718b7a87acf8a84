import { TestBed } from '@angular/core/testing';
import { MAT_DIALOG_DATA } from '@angular/material/dialog';

import { FakeServer, json, refusal } from '../../../testing/fake-server';
import { useLanguage } from '../../../testing/language';
import { ShareDialog } from './share-dialog';

const SHARE = {
  id: 's-1',
  conversationId: 'c-1',
  title: 'Plants',
  messages: 4,
  createdAt: '2026-11-20T08:00:00.000Z',
  updatedAt: '2026-11-20T08:00:00.000Z',
};

describe('ShareDialog', () => {
  let server: FakeServer;
  let dialog: HTMLElement;
  let stable: () => Promise<unknown>;

  const press = async (name: string) => {
    const buttons = [...dialog.querySelectorAll('button')];
    buttons.find((button) => button.textContent.trim() === name)?.click();
    await stable();
  };

  async function open(shares: unknown[]): Promise<void> {
    server.on('GET /chat/shares', () => json({ shares }));
    const fixture = TestBed.createComponent(ShareDialog);
    dialog = fixture.nativeElement as HTMLElement;
    stable = () => fixture.whenStable();
    await stable();
  }

  beforeEach(async () => {
    server = new FakeServer();
    TestBed.configureTestingModule({
      providers: [
        { provide: MAT_DIALOG_DATA, useValue: { conversationId: 'c-1', title: 'Plants' } },
      ],
    });
    await useLanguage();
  });

  it('makes a link where there is none', async () => {
    server.on('POST /chat/conversations/c-1/share', () => json(SHARE));
    await open([{ ...SHARE, id: 's-2', conversationId: 'c-2' }]);
    expect(dialog.querySelector('input')).toBeNull();
    await press('Create a link');
    expect(dialog.querySelector('input')?.value).toBe(`${location.origin}/shared/s-1`);
    expect(dialog.querySelector('[role=status]')?.textContent).toContain('The link is ready.');
    expect(dialog.textContent).toContain('Shows 4 messages');
  });

  it('renews what an existing link shows, and takes it back', async () => {
    server.on('POST /chat/conversations/c-1/share', () => json({ ...SHARE, messages: 6 }));
    server.on('DELETE /chat/shares/s-1', () => json(null, 204));
    await open([SHARE]);
    await press('Update');
    expect(dialog.textContent).toContain('Shows 6 messages');
    await press('Stop sharing');
    expect(dialog.querySelector('input')).toBeNull();
    expect(dialog.querySelector('[role=status]')?.textContent).toContain('no longer works');
  });

  it('says why it could not be shared', async () => {
    server.on('POST /chat/conversations/c-1/share', () => refusal(403, 'forbidden'));
    await open([]);
    await press('Create a link');
    expect(dialog.querySelector('[role=alert]')?.textContent).toContain('refused: forbidden');
  });
});
