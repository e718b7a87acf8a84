/** A key combination. Ctrl stands for ⌘ on a Mac. */
export interface KeyCombination {
  /** As `KeyboardEvent.key`, in lower case. */
  key: string;
  ctrl?: boolean;
  alt?: boolean;
  /** For punctuation left open: where `/` is, depends on the keyboard. */
  shift?: boolean;
}

/** Every shortcut of the client, as the design's table has them. */
export const SHORTCUTS = {
  newChat: { key: 'o', ctrl: true, shift: true },
  search: { key: 'k', ctrl: true, shift: false },
  toggleSidebar: { key: 's', ctrl: true, shift: true },
  pickModel: { key: 'm', ctrl: true, shift: true },
  chatSettings: { key: '.', ctrl: true },
  showShortcuts: { key: '/', ctrl: true },
  focusComposer: { key: 'escape', shift: true },
  stop: { key: 'escape', shift: false },
  editLast: { key: 'arrowup', shift: false },
  copyCode: { key: ';', ctrl: true, shift: true },
  previousTurn: { key: 'arrowup', alt: true, shift: false },
  nextTurn: { key: 'arrowdown', alt: true, shift: false },
} as const satisfies Record<string, KeyCombination>;

export type ShortcutName = keyof typeof SHORTCUTS;

/** Keys with one meaning everywhere: Escape closes and stops, an arrow edits in an empty field. */
export const FIXED: readonly ShortcutName[] = ['stop', 'editLast'];

/** Keys whose sign depends on shift and layout are also known by where they are on a US keyboard. */
const POSITIONS: Record<string, string> = { ';': 'Semicolon', '/': 'Slash', '.': 'Period' };

/** Whether a key press is this combination. */
export function isPressed(combination: KeyCombination, event: KeyboardEvent): boolean {
  const { ctrl = false, alt = false, shift } = combination;
  const isShift = shift === undefined || shift === event.shiftKey;
  const isCtrl = ctrl === (event.ctrlKey || event.metaKey);
  return isCtrl && isShift && alt === event.altKey && isKey(combination, event);
}

function isKey({ key, ctrl, alt }: KeyCombination, event: KeyboardEvent): boolean {
  if (event.key.toLowerCase() === key) return true;
  if (POSITIONS[key] !== undefined) return event.code === POSITIONS[key];
  // With Alt a Mac's letter keys write other signs, and a Greek keyboard has other letters.
  const isForeign = !/^[a-z]$/i.test(event.key);
  return (ctrl || alt) === true && isForeign && event.code === `Key${key.toUpperCase()}`;
}

/** The combination somebody has just pressed; null while only keys like Shift are held. */
export function pressedCombination(event: KeyboardEvent): KeyCombination | null {
  const key = event.key.toLowerCase();
  if (['control', 'shift', 'alt', 'altgraph', 'meta', 'dead', 'process'].includes(key)) return null;
  const ctrl = event.ctrlKey || event.metaKey;
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase();
  if (letter !== undefined && (ctrl || event.altKey) && !/^[a-z]$/.test(key)) {
    return { key: letter, ctrl, alt: event.altKey, shift: event.shiftKey };
  }
  const isSign = key.length === 1 && !/[\p{L}\d ]/u.test(key);
  return { key, ctrl, alt: event.altKey, ...(isSign ? {} : { shift: event.shiftKey }) };
}

/** Whether one press could mean both. */
export function isSameCombination(one: KeyCombination, other: KeyCombination): boolean {
  const shifts = [one.shift, other.shift];
  return (
    one.key === other.key &&
    (one.ctrl ?? false) === (other.ctrl ?? false) &&
    (one.alt ?? false) === (other.alt ?? false) &&
    (shifts.includes(undefined) || one.shift === other.shift)
  );
}

/** What the keys are called, in the person's language. */
export interface KeyNames {
  ctrl: string;
  shift: string;
  alt: string;
  escape: string;
  enter: string;
  space: string;
}

/** The caps to print for a combination. */
export function keyCaps(combination: KeyCombination, names: KeyNames, isMac: boolean): string[] {
  const { key, ctrl, alt, shift } = combination;
  return [
    ctrl ? (isMac ? '⌘' : names.ctrl) : '',
    alt ? (isMac ? '⌥' : names.alt) : '',
    shift ? (isMac ? '⇧' : names.shift) : '',
    keyName(key, names),
  ].filter((cap) => cap !== '');
}

function keyName(key: string, { escape, enter, space }: KeyNames): string {
  const named: Record<string, string> = {
    escape,
    enter,
    ' ': space,
    arrowup: '↑',
    arrowdown: '↓',
    arrowleft: '←',
    arrowright: '→',
  };
  return named[key] ?? (key.length === 1 ? key.toUpperCase() : capitalized(key));
}

function capitalized(key: string): string {
  return key.charAt(0).toUpperCase() + key.slice(1);
}
