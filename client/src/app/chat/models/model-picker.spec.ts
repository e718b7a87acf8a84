import { DialogRef } from '@angular/cdk/dialog';
import { type ComponentFixture, TestBed } from '@angular/core/testing';

import { FakeServer, json } from '../../../testing/fake-server';
import { aModel } from '../../../testing/fixtures';
import { useLanguage } from '../../../testing/language';
import { ChatModels } from './chat-models';
import { ModelPicker } from './model-picker';

const MODELS = [
  aModel({ id: 'a', name: 'Alpha', inputCostPerMillion: 0, outputCostPerMillion: 0 }),
  {
    ...aModel({ id: 'b', name: 'Beta', reasoning: true, inputModalities: ['text', 'image'] }),
    load: 2,
  },
  aModel({ id: 'c', name: 'Gamma', status: 'down' }),
];

describe('ModelPicker', () => {
  let fixture: ComponentFixture<ModelPicker>;
  let chosen: string[];

  const page = () => fixture.nativeElement as HTMLElement;
  const search = () => page().querySelector('input')!;
  const options = () => [...page().querySelectorAll('[role=option]')];
  const names = () => options().map((option) => option.querySelector('.name')?.textContent);
  const badges = (row: number) =>
    [...options()[row - 1]!.querySelectorAll('.badge')].map((badge) => badge.textContent);
  const active = () => {
    const id = search().getAttribute('aria-activedescendant');
    return id === null ? null : page().querySelector(`#${id} .name`)?.textContent;
  };

  async function press(key: string): Promise<void> {
    search().dispatchEvent(new KeyboardEvent('keydown', { key }));
    await fixture.whenStable();
  }

  async function find(term: string): Promise<void> {
    search().value = term;
    search().dispatchEvent(new Event('input'));
    await fixture.whenStable();
  }

  beforeEach(async () => {
    localStorage.clear();
    chosen = [];
    const dialog = { close: (id: string) => chosen.push(id) };
    TestBed.configureTestingModule({ providers: [{ provide: DialogRef, useValue: dialog }] });
    new FakeServer().on('GET /chat/models', () => json({ models: MODELS, defaultModel: 'b' }));
    await useLanguage();
    await TestBed.inject(ChatModels).load();
    fixture = TestBed.createComponent(ModelPicker);
    await fixture.whenStable();
  });

  it('shows what each model is, costs and can', () => {
    expect(names()).toEqual(['Beta', 'Alpha', 'Gamma']);
    const [beta, alpha, gamma] = options().map((option) => option.textContent);
    expect(beta).toContain('Default');
    expect(beta).toContain('0.4 / 1.2 coins per M');
    expect(beta).toContain('available, busy');
    expect(badges(1)).toEqual(['Reasoning', 'Sees images', '128K context']);
    expect(alpha).toContain('free');
    expect(gamma).toContain('not available');
  });

  it('starts at the chosen model and goes round by the arrow keys', async () => {
    expect(active()).toBe('Beta');
    await press('ArrowDown');
    expect(active()).toBe('Alpha');
    await press('ArrowUp');
    await press('ArrowUp');
    expect(active()).toBe('Gamma');
    await press('PageUp');
    expect(active()).toBe('Beta');
  });

  it('chooses by Enter and by a press', async () => {
    await press('ArrowDown');
    await press('Enter');
    options()[0]!.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(chosen).toEqual(['a', 'b']);
  });

  it('does not choose what does not work', async () => {
    await find('gamma');
    await press('Enter');
    expect(options()[0]!.getAttribute('aria-disabled')).toBe('true');
    expect(chosen).toEqual([]);
  });

  it('finds, and says how much it found', async () => {
    await find('alp');
    expect(names()).toEqual(['Alpha']);
    expect(active()).toBe('Alpha');
    expect(page().querySelector('[aria-live]')!.textContent).toContain('1 model');
    await find('nothing like it');
    expect(active()).toBeNull();
    expect(page().querySelector('[aria-live]')!.textContent).toContain('No model matches');
  });

  it('makes the chosen model the one new chats begin with', async () => {
    const star = page().querySelector<HTMLButtonElement>('.foot button')!;
    expect(star.textContent).toContain('Begin new chats with Beta');
    star.click();
    await fixture.whenStable();
    expect(localStorage.getItem('lumen.model.default')).toBe('b');
    expect(star.textContent).toContain('give that up');
  });
});
