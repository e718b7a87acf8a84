import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { MAT_DIALOG_DATA, MatDialogRef } from '@angular/material/dialog';

import { FakeServer, json, refusal } from '../../../testing/fake-server';
import { aModel } from '../../../testing/fixtures';
import { useLanguage } from '../../../testing/language';
import { AcknowledgementDialog } from './acknowledgement-dialog';
import { ChatModels } from './chat-models';

const asking = (text: string, textHash: string) =>
  aModel({ name: 'Outside', access: 'needs_ack', acknowledgement: { text, textHash } });

describe('AcknowledgementDialog', () => {
  let fixture: ComponentFixture<AcknowledgementDialog>;
  let server: FakeServer;
  let closed: unknown[];

  const page = () => fixture.nativeElement as HTMLElement;
  const agree = () =>
    page().querySelector<HTMLButtonElement>('mat-dialog-actions button:last-child')!.click();

  beforeEach(async () => {
    closed = [];
    const dialog = { close: (result: unknown) => closed.push(result) };
    TestBed.configureTestingModule({
      providers: [
        { provide: MAT_DIALOG_DATA, useValue: 'qwen' },
        { provide: MatDialogRef, useValue: dialog },
      ],
    });
    server = new FakeServer()
      .on('GET /chat/models', () =>
        json({ models: [asking('It **leaves** the campus.', 'h-1')], defaultModel: null }),
      )
      .on('POST /api/acknowledgements', () => json({}));
    await useLanguage();
    await TestBed.inject(ChatModels).load();
    fixture = TestBed.createComponent(AcknowledgementDialog);
    await fixture.whenStable();
  });

  it('shows what is agreed to, and records it', async () => {
    expect(page().querySelector('h2')!.textContent).toContain('Before you use Outside');
    await vi.waitFor(() => expect(page().querySelector('strong')?.textContent).toBe('leaves'));
    agree();
    await vi.waitFor(() => expect(closed).toEqual([true]));
    expect(server.seen.at(-1)?.body).toEqual({ model: 'qwen', textHash: 'h-1' });
  });

  it('shows the new text when it has changed meanwhile', async () => {
    server
      .on('GET /chat/models', () => json({ models: [asking('New rules.', 'h-2')] }))
      .on('POST /api/acknowledgements', () => refusal(409, 'conflict'));
    agree();
    await vi.waitFor(() => expect(page().textContent).toContain('New rules.'));
    expect(page().querySelector('[role=alert]')!.textContent).toContain('has changed meanwhile');
    expect(closed).toEqual([]);
    server.on('POST /api/acknowledgements', () => json({}));
    agree();
    await vi.waitFor(() => expect(closed).toEqual([true]));
    expect(server.seen.at(-1)?.body).toEqual({ model: 'qwen', textHash: 'h-2' });
  });
});
