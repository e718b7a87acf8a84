import { type KeyCombination } from './shortcut-keys';

/**
 * Why a combination cannot be a shortcut: `typing` would be in the way of writing, `editing` is
 * known to every text field, `browser` never reaches the page or does something people rely on.
 */
export type ShortcutFault = 'typing' | 'editing' | 'browser';

/** What browsers and screen readers keep for themselves, by the key pressed together with Ctrl. */
const BROWSER_CTRL = new Set([...'dfghjlnprtuw0123456789+-=', 'tab', 'f4', 'f5', 'pageup']);
const BROWSER_CTRL_SHIFT = new Set([...'bcijnprtw', 'tab', 'delete', 'f5']);
const EDITING_CTRL = new Set([...'abcixvyz', 'enter', 'backspace', 'delete', 'home', 'end']);
const MOVING = ['arrowup', 'arrowdown', 'arrowleft', 'arrowright'];

/** What speaks against a combination; null if nothing does. */
export function faultOf(combination: KeyCombination): ShortcutFault | null {
  const { key, ctrl = false, alt = false } = combination;
  if (/^f\d+$/.test(key)) return 'browser';
  // AltGr is Ctrl and Alt at once, and writes signs such as @ and { on many keyboards.
  if (ctrl && alt) return 'typing';
  if (ctrl) return faultOfCtrl(combination);
  if (alt) return faultOfAlt(combination);
  return key === 'escape' && combination.shift === true ? null : 'typing';
}

function faultOfCtrl({ key, shift }: KeyCombination): ShortcutFault | null {
  if (MOVING.includes(key)) return 'editing';
  if (shift === true) return BROWSER_CTRL_SHIFT.has(key) ? 'browser' : null;
  if (EDITING_CTRL.has(key)) return 'editing';
  return BROWSER_CTRL.has(key) ? 'browser' : null;
}

function faultOfAlt({ key }: KeyCombination): ShortcutFault | null {
  if (['arrowleft', 'arrowright', 'home', 'tab', ' ', 'd', 'e', 'f'].includes(key))
    return 'browser';
  return null;
}
