import { type ComponentFixture, TestBed } from '@angular/core/testing';

import { ShortcutBindings } from '../core/shortcuts/shortcut-bindings';
import { useLanguage } from '../../testing/language';
import { ShortcutsDialog } from './shortcuts-dialog';

describe('ShortcutsDialog', () => {
  let fixture: ComponentFixture<ShortcutsDialog>;
  const page = () => fixture.nativeElement as HTMLElement;
  const button = (label: RegExp) =>
    [...page().querySelectorAll('button')].find((each) =>
      label.test(each.getAttribute('aria-label') ?? each.textContent),
    )!;

  async function press(init: KeyboardEventInit): Promise<KeyboardEvent> {
    const event = new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true });
    button(/Press the new keys/).dispatchEvent(event);
    await fixture.whenStable();
    return event;
  }

  async function click(label: RegExp): Promise<void> {
    button(label).click();
    await fixture.whenStable();
  }

  beforeEach(async () => {
    localStorage.clear();
    await useLanguage();
    fixture = TestBed.createComponent(ShortcutsDialog);
    await fixture.whenStable();
  });

  it('takes other keys, and gives the usual ones back', async () => {
    await click(/Change the keys for “New chat”/);
    await press({ key: 'Y', ctrlKey: true, shiftKey: true });
    expect(button(/“New chat”:\s*Ctrl\s*Shift\s*Y/).textContent).toContain('Y');
    await click(/Reset all keys/);
    expect(button(/“New chat”:\s*Ctrl\s*Shift\s*O/)).toBeDefined();
  });

  it('says why keys cannot be had, and goes on listening', async () => {
    await click(/Change the keys for “New chat”/);
    await press({ key: 'k', ctrlKey: true });
    expect(page().textContent).toContain('Ctrl + K is already used for “Search and commands”.');
    await press({ key: 'x' });
    expect(page().textContent).toContain('X would get in the way of typing');
    await press({ key: 'Escape' });
    expect(TestBed.inject(ShortcutBindings).hasChanges()).toBe(false);
  });

  it('keeps Escape from the dialog while it listens, and lets Tab go', async () => {
    await click(/Change the keys for “Search/);
    const tab = await press({ key: 'Tab' });
    expect(tab.defaultPrevented).toBe(false);
    let reached = false;
    page().addEventListener('keydown', () => (reached = true));
    await press({ key: 'Escape' });
    expect(reached).toBe(false);
  });

  it('leaves a shortcut without keys', async () => {
    await click(/Change the keys for “Search/);
    await press({ key: 'Backspace' });
    expect(button(/“Search and commands”:\s*No keys/).textContent).toContain('No keys');
  });
});
