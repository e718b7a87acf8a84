import { type Locator, type Page } from 'playwright-core';
import { eventually } from './eventually.js';

/** More stops than any page has on the way to something. */
const MOST_STOPS = 60;

/** Walks to `target` as somebody without a mouse does; fails if the way does not lead there. */
export async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.waitFor();
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    await target.page().keyboard.press(key);
    if (await hasFocus(target)) return;
  }
  throw new Error(`${key} does not lead to ${String(target)}`);
}

/** Walks there, and presses it. */
export async function press(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await tabTo(target, key);
  await target.page().keyboard.press('Enter');
}

export function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}

/** Waits until it has the focus, whichever element it is by then: pages draw some of them anew. */
export function focusOn(target: Locator): Promise<void> {
  return eventually(() => hasFocus(target)).toBe(true);
}

/**
 * Waits until the focus is in it. Dialogs and menus take it when they have opened, also from what had
 * it inside of them by then, and what is pressed before goes elsewhere.
 */
export function hasFocusInside(target: Locator): Promise<void> {
  const isInside = () => target.evaluate((element) => element.contains(document.activeElement));
  return eventually(isInside).toBe(true);
}

/** Writes into the message field, which has the focus by itself, and sends it. */
export async function askByKeys(page: Page, question: string, answer: string): Promise<void> {
  await focusOn(page.getByLabel('Message', { exact: true }));
  await page.keyboard.type(question);
  await page.keyboard.press('Enter');
  await page.getByText(answer).waitFor();
  await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
}
