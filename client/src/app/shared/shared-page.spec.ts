import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';

import { FakeServer, json, refusal } from '../../testing/fake-server';
import { useLanguage } from '../../testing/language';
import { type SharedConversation } from '../core/api/schema';
import { SharedPage } from './shared-page';

const SHARED: SharedConversation = {
  title: 'Plants',
  sharedBy: 'Grace Hopper',
  isMine: false,
  updatedAt: '2026-11-20T08:00:00.000Z',
  messages: [
    {
      role: 'user',
      content: '<b>Why</b> green?',
      model: null,
      attachments: ['leaf.png'],
    },
    { role: 'assistant', content: 'Chlorophyll.', model: 'Qwen 3', attachments: [] },
  ],
};

describe('SharedPage', () => {
  let server: FakeServer;
  let fixture: ComponentFixture<SharedPage>;
  const page = () => fixture.nativeElement as HTMLElement;

  async function loaded(): Promise<void> {
    await fixture.whenStable();
    await vi.waitFor(() => expect(page().querySelector('[aria-busy=true]')).toBeNull());
  }

  async function open(): Promise<void> {
    fixture = TestBed.createComponent(SharedPage);
    fixture.componentRef.setInput('id', 's-1');
    await loaded();
  }

  beforeEach(async () => {
    server = new FakeServer();
    TestBed.configureTestingModule({ providers: [provideRouter([])] });
    await useLanguage();
  });

  it('shows who shares what, to be read only', async () => {
    server.on('GET /chat/shared/s-1', () => json(SHARED));
    await open();
    expect(page().querySelector('h1')?.textContent).toBe('Plants');
    expect(page().querySelector('.about')?.textContent).toContain('Shared by Grace Hopper.');
    expect(page().querySelector('.bubble')?.textContent).toBe('<b>Why</b> green?');
    expect(page().querySelector('.attachments')?.textContent).toContain('leaf.png');
    expect(page().textContent).toContain('Qwen 3 said');
    expect(page().querySelector('button, textarea')).toBeNull();
  });

  it.each([404, 400])('says that a link shows nothing (%i)', async (status) => {
    server.on('GET /chat/shared/s-1', () => refusal(status, 'not_found'));
    await open();
    expect(page().textContent).toContain('This link shows nothing');
  });

  it('tries again after a fault', async () => {
    server.on('GET /chat/shared/s-1', () => refusal(503, 'unavailable'));
    await open();
    expect(page().textContent).toContain('refused: unavailable');
    server.on('GET /chat/shared/s-1', () => json(SHARED));
    page().querySelector('button')?.click();
    await loaded();
    expect(page().querySelector('h1')?.textContent).toBe('Plants');
  });
});
