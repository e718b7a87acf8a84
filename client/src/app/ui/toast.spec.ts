import { TestBed } from '@angular/core/testing';

import { Toast } from './toast';

describe('Toast', () => {
  const press = (target: EventTarget, init: KeyboardEventInit) =>
    target.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'z', bubbles: true, cancelable: true, ...init }),
    );
  const shown = () => vi.waitFor(() => expect(document.body.textContent).toContain('Deleted'));

  it.each([
    ['Ctrl', { ctrlKey: true }],
    ['⌘', { metaKey: true }],
  ])('does its action by %s and Z', async (_name, keys) => {
    const isUndone = TestBed.inject(Toast).show('Deleted', 'Undo');
    await shown();
    press(document.body, { shiftKey: true, ...keys });
    press(document.body, keys);
    expect(await isUndone).toBe(true);
  });

  it('leaves the keys to a field in which something is written', async () => {
    const field = document.body.appendChild(document.createElement('input'));
    field.value = 'words';
    const isUndone = TestBed.inject(Toast).show('Deleted', 'Undo');
    await shown();
    expect(press(field, { ctrlKey: true })).toBe(true);
    field.value = '';
    expect(press(field, { ctrlKey: true })).toBe(false);
    expect(await isUndone).toBe(true);
    field.remove();
  });
});
