import { SHORTCUTS, isPressed, keyCaps, pressedCombination } from './shortcut-keys';

const press = (init: KeyboardEventInit) => new KeyboardEvent('keydown', init);
const NAMES = {
  ctrl: 'Ctrl',
  shift: 'Shift',
  alt: 'Alt',
  escape: 'Esc',
  enter: 'Enter',
  space: 'Space',
};

describe('isPressed', () => {
  it.each([
    ['newChat', { key: 'O', ctrlKey: true, shiftKey: true }, true],
    ['newChat', { key: 'O', metaKey: true, shiftKey: true }, true],
    ['newChat', { key: 'o', ctrlKey: true }, false],
    ['newChat', { key: 'O', shiftKey: true }, false],
    ['newChat', { key: 'O', ctrlKey: true, shiftKey: true, altKey: true }, false],
    // On a Greek keyboard; on a Dvorak keyboard the same key writes an s.
    ['newChat', { key: 'Ο', code: 'KeyO', ctrlKey: true, shiftKey: true }, true],
    ['newChat', { key: 'R', code: 'KeyO', ctrlKey: true, shiftKey: true }, false],
    ['search', { key: 'k', ctrlKey: true }, true],
    ['showShortcuts', { key: '/', ctrlKey: true }, true],
    // On a German keyboard the slash is shift and 7.
    ['showShortcuts', { key: '/', code: 'Digit7', ctrlKey: true, shiftKey: true }, true],
    ['copyCode', { key: ':', code: 'Semicolon', ctrlKey: true, shiftKey: true }, true],
    ['copyCode', { key: ';', code: 'Comma', ctrlKey: true, shiftKey: true }, true],
    ['stop', { key: 'Escape' }, true],
    ['stop', { key: 'Escape', shiftKey: true }, false],
    ['focusComposer', { key: 'Escape', shiftKey: true }, true],
    ['previousTurn', { key: 'ArrowUp', altKey: true }, true],
    ['editLast', { key: 'ArrowUp', altKey: true }, false],
    ['editLast', { key: 'ArrowUp' }, true],
  ] as const)('%s by %j is %j', (name, init, expected) => {
    expect(isPressed(SHORTCUTS[name], press(init))).toBe(expected);
  });
});

describe('pressedCombination', () => {
  it.each([
    [{ key: 'Shift', shiftKey: true }, null],
    [
      { key: 'J', ctrlKey: true, shiftKey: true },
      { key: 'j', ctrl: true, alt: false, shift: true },
    ],
    [
      { key: '∆', code: 'KeyJ', altKey: true },
      { key: 'j', ctrl: false, alt: true, shift: false },
    ],
    [
      { key: '?', code: 'Slash', ctrlKey: true, shiftKey: true },
      { key: '?', ctrl: true, alt: false },
    ],
  ])('of %j is %j', (init, expected) => {
    expect(pressedCombination(press(init))).toEqual(expected);
  });

  it.each([
    { key: 'J', ctrlKey: true, shiftKey: true },
    { key: '∆', code: 'KeyJ', altKey: true },
    { key: '?', code: 'Slash', ctrlKey: true, shiftKey: true },
    { key: ';', code: 'Semicolon', ctrlKey: true },
  ])('knows %j again', (init) => {
    expect(isPressed(pressedCombination(press(init))!, press(init))).toBe(true);
  });
});

describe('keyCaps', () => {
  it('prints what is on the keys', () => {
    expect(keyCaps(SHORTCUTS.newChat, NAMES, false)).toEqual(['Ctrl', 'Shift', 'O']);
    expect(keyCaps(SHORTCUTS.newChat, NAMES, true)).toEqual(['⌘', '⇧', 'O']);
    expect(keyCaps(SHORTCUTS.previousTurn, NAMES, false)).toEqual(['Alt', '↑']);
    expect(keyCaps(SHORTCUTS.stop, NAMES, false)).toEqual(['Esc']);
  });
});
