import { type ComponentFixture, TestBed } from '@angular/core/testing';

import { FakeServer, json, refusal } from '../../../testing/fake-server';
import { aModel } from '../../../testing/fixtures';
import { useLanguage } from '../../../testing/language';
import { type Preset, type SavePreset } from '../../core/api/schema';
import { Toast } from '../../ui/toast';
import { ConversationStore } from '../conversation/conversation-store';
import { ChatModels } from '../models/chat-models';
import { Presets } from './presets';
import { SettingsPanel } from './settings-panel';

const MODELS = [
  aModel({ maxOutputTokens: 4096 }),
  aModel({ id: 'thinker', name: 'Thinker', reasoning: true }),
];
const SETTINGS = {
  systemPrompt: 'Be brief.',
  temperature: null,
  maxOutputTokens: null,
  reasoningEffort: null,
};

describe('SettingsPanel', () => {
  let fixture: ComponentFixture<SettingsPanel>;
  let server: FakeServer;
  let presets: Preset[];
  let isUndone: boolean;

  const page = () => fixture.nativeElement as HTMLElement;
  const settings = () => TestBed.inject(ConversationStore).settings();
  const field = (id: string) => page().querySelector<HTMLInputElement>(`#${id}`)!;
  const names = () => [...page().querySelectorAll('.apply')].map((row) => row.textContent?.trim());
  const saved = () => TestBed.inject(Presets).presets()[0];
  const press = (label: string) =>
    page().querySelector<HTMLButtonElement>(`[aria-label="${label}"]`)!.click();

  async function fill(id: string, value: string): Promise<void> {
    field(id).value = value;
    field(id).dispatchEvent(new Event('input'));
    field(id).dispatchEvent(new Event('change'));
    await fixture.whenStable();
  }

  beforeEach(async () => {
    localStorage.clear();
    sessionStorage.clear();
    isUndone = false;
    presets = [{ id: 'p-1', name: 'Tutor', model: 'thinker', settings: SETTINGS }];
    const toast = { show: () => Promise.resolve(isUndone) };
    TestBed.configureTestingModule({ providers: [{ provide: Toast, useValue: toast }] });
    server = new FakeServer()
      .on('GET /chat/models', () => json({ models: MODELS, defaultModel: 'qwen' }))
      .on('GET /chat/presets', () => json({ presets }))
      .on('POST /chat/presets', ({ body }) => json({ id: 'p-2', ...(body as SavePreset) }, 201))
      .on('PUT /chat/presets/p-1', ({ body }) => json({ id: 'p-1', ...(body as SavePreset) }))
      .on('DELETE /chat/presets/p-1', () => json(null, 204));
    await useLanguage();
    await TestBed.inject(ChatModels).load();
    fixture = TestBed.createComponent(SettingsPanel);
    await fixture.whenStable();
    await vi.waitFor(() => expect(names()).toEqual(['Tutor']));
  });

  it('puts in force what is typed when its field is left', async () => {
    await fill('system-prompt', 'You are a pirate.');
    await fill('temperature', '0,7');
    await fill('max-output', '200');
    expect(settings()).toEqual({
      systemPrompt: 'You are a pirate.',
      temperature: 0.7,
      maxOutputTokens: 200,
      reasoningEffort: null,
    });
    expect(page().querySelector('[role=status]')!.textContent).toContain('Saved');
  });

  it('says at the field what is wrong, and keeps what held', async () => {
    await fill('temperature', '3');
    expect(field('temperature').getAttribute('aria-invalid')).toBe('true');
    expect(page().querySelector('#temperature-hint')!.textContent).toContain('from 0 to 2');
    await fill('max-output', '5000');
    expect(page().querySelector('#max-output-hint')!.textContent).toContain('from 1 to 4,096');
    await fill('system-prompt', 'This holds all the same.');
    expect(settings()).toMatchObject({
      systemPrompt: 'This holds all the same.',
      temperature: null,
    });
    await fill('max-output', '');
    await fill('temperature', '1');
    expect(settings().temperature).toBe(1);
  });

  it('offers the effort only where the model reasons', async () => {
    expect(field('effort')).toBeNull();
    TestBed.inject(ChatModels).choose('thinker');
    await fixture.whenStable();
    await fill('effort', 'high');
    expect(settings().reasoningEffort).toBe('high');
  });

  it('gives everything back to the model', async () => {
    await fill('system-prompt', 'x');
    page().querySelector<HTMLButtonElement>('.reset')!.click();
    await vi.waitFor(() => expect(settings().systemPrompt).toBeNull());
  });

  it('puts a preset in force, with its model', async () => {
    press('Use the preset Tutor');
    await vi.waitFor(() => expect(TestBed.inject(ChatModels).selected()?.id).toBe('thinker'));
    expect(settings()).toEqual(SETTINGS);
    await fixture.whenStable();
    expect(field('system-prompt').value).toBe('Be brief.');
  });

  it('says that the model of a preset is not there', async () => {
    presets[0]!.model = 'gone';
    await TestBed.inject(Presets).load();
    await fixture.whenStable();
    press('Use the preset Tutor');
    await vi.waitFor(() => expect(page().textContent).toContain('is not open to you'));
    expect(settings()).toEqual(SETTINGS);
  });

  it('keeps the settings as a preset, and wants a name', async () => {
    await fill('system-prompt', 'You are a pirate.');
    const form = page().querySelector('form')!;
    form.dispatchEvent(new Event('submit'));
    await fixture.whenStable();
    expect(page().querySelector('#preset-message')!.textContent).toContain('Give it a name.');
    field('preset-name').value = 'Pirate';
    form.dispatchEvent(new Event('submit'));
    await vi.waitFor(() => expect(names()).toEqual(['Pirate', 'Tutor']));
    expect(server.seen.at(-1)?.body).toMatchObject({
      name: 'Pirate',
      model: 'qwen',
      settings: { systemPrompt: 'You are a pirate.' },
    });
  });

  it('says that a name is taken', async () => {
    server.on('POST /chat/presets', () => refusal(409, 'conflict'));
    field('preset-name').value = 'Tutor';
    page().querySelector('form')!.dispatchEvent(new Event('submit'));
    await vi.waitFor(() =>
      expect(page().querySelector('#preset-message')!.textContent).toContain('has this name'),
    );
  });

  it('renames, overwrites and deletes a preset', async () => {
    press('Rename Tutor');
    await fixture.whenStable();
    const input = page().querySelector<HTMLInputElement>('app-inline-name input')!;
    input.value = 'Teacher';
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await vi.waitFor(() => expect(names()).toEqual(['Teacher']));
    await fill('system-prompt', 'Teach.');
    press('Overwrite Teacher with the settings of this chat');
    await vi.waitFor(() => expect(saved()?.settings.systemPrompt).toBe('Teach.'));
    press('Delete Teacher');
    await vi.waitFor(() => expect(names()).toEqual([]));
  });

  it('brings a deleted preset back', async () => {
    isUndone = true;
    press('Delete Tutor');
    await vi.waitFor(() => expect(saved()?.id).toBe('p-2'));
    expect(saved()).toEqual({ ...presets[0]!, id: 'p-2' });
  });
});
