/** A key combination. Ctrl stands for ⌘ on a Mac. */
export interface KeyCombination {
  /** As `KeyboardEvent.key`, in lower case. */
  key: string;
  ctrl?: boolean;
  /** For punctuation left open: where `/` is, depends on the keyboard. */
  shift?: boolean;
}

/** Every shortcut of the client, as the design's table has them. */
export const SHORTCUTS = {
  newChat: { key: 'o', ctrl: true, shift: true },
  toggleSidebar: { key: 's', ctrl: true, shift: true },
  pickModel: { key: 'm', ctrl: true, shift: true },
  showShortcuts: { key: '/', ctrl: true },
  focusComposer: { key: 'escape', shift: true },
  stop: { key: 'escape', shift: false },
  copyCode: { key: ';', ctrl: true, shift: true },
} as const satisfies Record<string, KeyCombination>;

export type ShortcutName = keyof typeof SHORTCUTS;

/** Keys whose sign depends on shift and layout are also known by where they are on a US keyboard. */
const POSITIONS: Record<string, string> = { ';': 'Semicolon', '/': 'Slash' };

/** Whether a key press is this combination. */
export function isPressed(combination: KeyCombination, event: KeyboardEvent): boolean {
  const { key, ctrl = false, shift } = combination;
  const isKey = event.key.toLowerCase() === key || event.code === POSITIONS[key];
  const isShift = shift === undefined || shift === event.shiftKey;
  return isKey && isShift && ctrl === (event.ctrlKey || event.metaKey) && !event.altKey;
}

/** The caps to print for a combination. */
export function keyCaps(
  combination: KeyCombination,
  names: { ctrl: string; shift: string; escape: string },
  isMac: boolean,
): string[] {
  const { key, ctrl, shift } = combination;
  const name = key === 'escape' ? names.escape : key.toUpperCase();
  return [
    ctrl ? (isMac ? '⌘' : names.ctrl) : '',
    shift ? (isMac ? '⇧' : names.shift) : '',
    name,
  ].filter((cap) => cap !== '');
}
