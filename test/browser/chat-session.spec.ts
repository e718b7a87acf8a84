import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { Campus } from '../support/campus.js';
import { ask } from '../support/chat-stage.js';
import { eventually } from '../support/eventually.js';
import { focusOn, press } from '../support/keyboard.js';
import { violationsInLooks } from '../support/looks.js';

/** The browser's own notes of what is refused without a session, or to somebody else. */
const REFUSED = /status of (401|404)/;

describe('a session that ends while an answer is being written', () => {
  let campus: Campus;

  beforeAll(async () => {
    campus = await Campus.start();
  }, 60_000);

  afterAll(() => campus[Symbol.asyncDispose]());

  afterEach(async () => {
    const faults = await campus.closeWindows();
    expect(faults.filter((fault) => !REFUSED.test(fault))).toEqual([]);
  });

  const message = (page: Page) => page.getByLabel('Message', { exact: true });
  const signedOut = (page: Page) => page.getByRole('dialog', { name: 'You have been signed out' });

  /** Asks, writes on, and has the session end by a second tab; what ends the answer is given. */
  async function loseSession(page: Page, draft: string): Promise<() => void> {
    const finish = campus.stage.beginsAnswer('The beginning', ' and the end.');
    await ask(page, 'A long question');
    await page.getByText('The beginning').waitFor();
    await page.waitForURL(/\/chat\/[\da-f-]{36}$/);
    await focusOn(message(page));
    await page.keyboard.type(draft);
    const other = await page.context().newPage();
    await other.goto('/your-data');
    await other.getByRole('button', { name: 'Account' }).click();
    await other.getByRole('button', { name: 'Sign out' }).click();
    await other.getByRole('link', { name: 'Sign in' }).waitFor();
    await other.close();
    await signedOut(page).waitFor();
    return finish;
  }

  async function expectBack(page: Page, address: string, draft: string): Promise<void> {
    await page.getByText('The beginning and the end.').waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
    await page.waitForURL(address);
    await eventually(() => message(page).inputValue()).toBe(draft);
    await eventually(() => page.locator('.bubble').allTextContents()).toEqual(['A long question']);
  }

  it('keeps the draft, and leads back to it and to the whole answer', async () => {
    const watched = await campus.signIn('Ada Mouse');
    const { page } = watched;
    const finish = await loseSession(page, 'Half a thought');
    expect(await violationsInLooks(watched, 'signed-out')).toEqual([]);
    const address = page.url();
    finish();
    await signedOut(page).getByRole('button', { name: 'Sign in' }).click();
    await expectBack(page, address, 'Half a thought');
  }, 60_000);

  it('leads back by the keyboard alone, while the answer is still being written', async () => {
    const { page } = await campus.signIn('Ada Keys');
    const finish = await loseSession(page, 'Half typed');
    const address = page.url();
    await page.keyboard.press('Escape');
    await press(signedOut(page).getByRole('button', { name: 'Sign in' }));
    await page.getByRole('button', { name: 'Stop the answer' }).waitFor();
    await focusOn(message(page));
    finish();
    await expectBack(page, address, 'Half typed');
  }, 60_000);

  it('shows nothing of it to whoever signs in next', async () => {
    const { page } = await campus.signIn('Ada Leaves');
    await loseSession(page, 'Between me and me');
    campus.expect('Ben Next');
    await signedOut(page).getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('There is no such chat').waitFor();
    await page.keyboard.press('Control+Shift+O');
    await focusOn(message(page));
    expect(await message(page).inputValue()).toBe('');
    expect(await page.getByText('A long question').count()).toBe(0);
  }, 60_000);
});
