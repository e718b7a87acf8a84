import { SHORTCUTS, isPressed, keyCaps } from './shortcut-keys';

const press = (init: KeyboardEventInit) => new KeyboardEvent('keydown', init);
const NAMES = { ctrl: 'Ctrl', shift: 'Shift', escape: 'Esc' };

describe('isPressed', () => {
  it.each([
    ['newChat', { key: 'O', ctrlKey: true, shiftKey: true }, true],
    ['newChat', { key: 'O', metaKey: true, shiftKey: true }, true],
    ['newChat', { key: 'o', ctrlKey: true }, false],
    ['newChat', { key: 'O', shiftKey: true }, false],
    ['newChat', { key: 'O', ctrlKey: true, shiftKey: true, altKey: true }, false],
    ['showShortcuts', { key: '/', ctrlKey: true }, true],
    // On a German keyboard the slash is shift and 7.
    ['showShortcuts', { key: '/', code: 'Digit7', ctrlKey: true, shiftKey: true }, true],
    ['copyCode', { key: ':', code: 'Semicolon', ctrlKey: true, shiftKey: true }, true],
    ['copyCode', { key: ';', code: 'Comma', ctrlKey: true, shiftKey: true }, true],
    ['stop', { key: 'Escape' }, true],
    ['stop', { key: 'Escape', shiftKey: true }, false],
    ['focusComposer', { key: 'Escape', shiftKey: true }, true],
  ] as const)('%s by %j is %j', (name, init, expected) => {
    expect(isPressed(SHORTCUTS[name], press(init))).toBe(expected);
  });
});

describe('keyCaps', () => {
  it('prints what is on the keys', () => {
    expect(keyCaps(SHORTCUTS.newChat, NAMES, false)).toEqual(['Ctrl', 'Shift', 'O']);
    expect(keyCaps(SHORTCUTS.newChat, NAMES, true)).toEqual(['⌘', '⇧', 'O']);
    expect(keyCaps(SHORTCUTS.stop, NAMES, false)).toEqual(['Esc']);
  });
});
