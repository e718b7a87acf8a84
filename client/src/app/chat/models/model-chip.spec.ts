import { DialogRef } from '@angular/cdk/dialog';
import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { ReplaySubject, Subject, firstValueFrom } from 'rxjs';

import { FakeServer, json } from '../../../testing/fake-server';
import { aModel } from '../../../testing/fixtures';
import { useLanguage } from '../../../testing/language';
import { AnchoredDialogs } from '../../ui/anchored-dialogs';
import { Dialogs } from '../../ui/dialogs';
import { ConversationStore } from '../conversation/conversation-store';
import { ChatModels } from './chat-models';
import { ModelChip } from './model-chip';
import { type ModelPickerData } from './model-picker';

const MODELS = [
  aModel({ id: 'a', name: 'Alpha' }),
  aModel({ id: 'b', name: 'Beta' }),
  aModel({ id: 'c', name: 'Gamma', access: 'needs_ack' }),
];

describe('ModelChip', () => {
  let fixture: ComponentFixture<ModelChip>;
  let opened: ModelPickerData[];
  let closed: Subject<string | undefined>;
  let agrees: boolean;

  const chips = () =>
    [...(fixture.nativeElement as HTMLElement).querySelectorAll('.name')].map((name) =>
      name.textContent?.trim(),
    );

  /** Presses the chip; resolves when the list is about to be shown. */
  async function open(): Promise<void> {
    const before = opened.length;
    void fixture.componentInstance.open();
    await vi.waitFor(() => expect(opened.length).toBe(before + 1));
  }

  async function pick(id: string): Promise<void> {
    closed.next(id);
    await fixture.whenStable();
  }

  beforeEach(async () => {
    localStorage.clear();
    sessionStorage.clear();
    opened = [];
    agrees = true;
    closed = new Subject();
    const anchored = {
      open: (_content: unknown, { data }: { data: ModelPickerData }) => {
        opened.push(data);
        closed = new Subject();
        return { closed } as unknown as DialogRef<string>;
      },
    };
    TestBed.configureTestingModule({
      providers: [
        { provide: AnchoredDialogs, useValue: anchored },
        { provide: Dialogs, useValue: { open: () => Promise.resolve(agrees) } },
      ],
    });
    new FakeServer().on('GET /chat/models', () => json({ models: MODELS, defaultModel: 'a' }));
    await useLanguage();
    await TestBed.inject(ChatModels).load();
    fixture = TestBed.createComponent(ModelChip);
    await fixture.whenStable();
  });

  it('chooses a model', async () => {
    await open();
    await pick('b');
    await vi.waitFor(() => expect(chips()).toEqual(['Beta']));
  });

  it('chooses what asks for an agreement only after that', async () => {
    agrees = false;
    await open();
    await pick('c');
    expect(chips()).toEqual(['Alpha']);
    agrees = true;
    await open();
    await pick('c');
    await vi.waitFor(() => expect(chips()).toEqual(['Gamma']));
  });

  it('puts a second model beside the first, and takes it away', async () => {
    await open();
    opened[0]!.askSecond!();
    await vi.waitFor(() => expect(opened[1]).toEqual({ otherThan: 'a', chosen: null }));
    await pick('b');
    await vi.waitFor(() => expect(chips()).toEqual(['Alpha', 'Beta']));
    expect(TestBed.inject(ConversationStore).secondModel()).toBe('b');
    fixture.nativeElement.querySelector('.remove').click();
    await fixture.whenStable();
    expect(chips()).toEqual(['Alpha']);
  });

  it('asks one model where both would be the same', async () => {
    TestBed.inject(ConversationStore).setSecondModel('b');
    await fixture.whenStable();
    await open();
    await pick('b');
    await vi.waitFor(() => expect(chips()).toEqual(['Beta']));
  });

  it('opens the choice also while the models are being loaded', async () => {
    TestBed.resetTestingModule();
    const models = new ReplaySubject<Response>(1);
    new FakeServer().on('GET /chat/models', () => firstValueFrom(models));
    await useLanguage();
    void TestBed.inject(ChatModels).load();
    fixture = TestBed.createComponent(ModelChip);
    await fixture.whenStable();
    const chip = fixture.nativeElement.querySelector('button');
    expect(chips()).toEqual(['Models …']);
    void fixture.componentInstance.open();
    await vi.waitFor(() => expect(document.querySelector('app-model-picker')).not.toBeNull());
    await fixture.whenStable();
    const picker = document.querySelector('app-model-picker')!;
    expect(picker.querySelector('[aria-busy=true] .skeleton')).not.toBeNull();
    models.next(json({ models: MODELS, defaultModel: 'b' }));
    await TestBed.inject(ChatModels).settled();
    await fixture.whenStable();
    expect(picker.querySelector('.is-active')?.textContent).toContain('Beta');
    expect(fixture.nativeElement.querySelector('button')).toBe(chip);
    picker
      .querySelector('input')!
      .dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await vi.waitFor(() => expect(document.querySelector('app-model-picker')).toBeNull());
    expect(chips()).toEqual(['Beta']);
  });
});
