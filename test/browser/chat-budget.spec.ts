import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { Campus, emailOf } from '../support/campus.js';
import { ask, askAndWait } from '../support/chat-stage.js';
import { eventually } from '../support/eventually.js';
import { askByKeys, focusOn, press } from '../support/keyboard.js';
import { violationsInLooks } from '../support/looks.js';
import { chunkText, DONE, stream, usageText } from '../support/scripted-upstream.js';

/** 12,000 tokens, which cost 1.2 coins. */
const DEAR_USAGE = { prompt_tokens: 10, completion_tokens: 11_990, total_tokens: 12_000 };
const MODELS = [
  { name: 'dear', input_cost_per_million: 100, output_cost_per_million: 100 },
  { name: 'gratis', input_cost_per_million: 0, output_cost_per_million: 0 },
].map((model) => ({ ...model, context_window: 100_000, max_output_tokens: 20_000 }));

const SAVERS = ['Ada Mouse', 'Ada Keys'];
const SPENT = ['Ben Mouse', 'Ben Keys'];
/** Has less than any question costs, which only the server can tell. */
const SHORT = ['Cleo Mouse', 'Cleo Keys'];
/** Is in no pool that is refilled. */
const LAST = 'Dora Last';

const budget = (names: readonly string[], starting: number, refresh = 1) =>
  names.map((name) => [emailOf(name), { max: 50, refresh, starting }] as const);
const USERS = Object.fromEntries([
  ...budget(SAVERS, 50),
  ...budget(SPENT, 0),
  ...budget(SHORT, 0.0001),
  ...budget([LAST], 0, 0),
]);

describe('the budget of somebody who chats', () => {
  let campus: Campus;

  beforeAll(async () => {
    campus = await Campus.start({ models: MODELS, extra: `users: ${JSON.stringify(USERS)}` });
  }, 60_000);

  afterAll(() => campus[Symbol.asyncDispose]());

  let expected = /^$/;
  afterEach(async () => {
    const faults = await campus.closeWindows();
    expect(faults.filter((fault) => !expected.test(fault))).toEqual([]);
    expected = /^$/;
  });

  const meter = (page: Page) => page.getByRole('meter', { name: 'Budget' });
  const left = (page: Page, text: string) =>
    page.locator(`[role=meter][aria-valuetext="${text}"]`).waitFor();
  const message = (page: Page) => page.getByLabel('Message', { exact: true });
  const send = (page: Page) => page.getByRole('button', { name: 'Send', exact: true });
  const chip = (page: Page, name: string) =>
    page.getByRole('button', { name: `Model: ${name}, available. Change model` });
  const card = (page: Page) => page.locator('app-budget-card');
  const free = (page: Page) => card(page).getByRole('button', { name: 'Use gratis' });

  function answersDearly(content: string): void {
    campus.stage.upstream.next(stream(chunkText(content), usageText(DEAR_USAGE), DONE));
  }

  it('falls in every window as answers come, and shows what each and the chat cost', async () => {
    const watched = await campus.signIn('Ada Mouse');
    const { page } = watched;
    const { page: other } = await campus.signIn('Ada Mouse');
    await left(other, '50.00 of 50 coins left');
    answersDearly('A dear answer.');
    await askAndWait(page, 'What does it cost?', 'A dear answer.');
    await left(page, '48.80 of 50 coins left');
    await left(other, '48.80 of 50 coins left');
    await page.getByText('12,000 tokens · 1.2 coins').waitFor();
    await page.getByText('This chat: 1.2 coins').waitFor();
    await page.getByText('This chat is long: each question costs about 1.2 coins.').waitFor();
    expect(await violationsInLooks(watched, 'budget-long-chat')).toEqual([]);
    await page.getByRole('button', { name: 'Details of this answer' }).click();
    await page.getByRole('dialog', { name: 'About this answer' }).getByText('11,990').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Hide this hint' }).click();
    answersDearly('As dear as before.');
    await askAndWait(page, 'And again?', 'As dear as before.');
    await page.getByText('This chat: 2.4 coins').waitFor();
    await left(other, '47.60 of 50 coins left');
  }, 60_000);

  it('is told to the keyboard alone, and a long chat is left by it', async () => {
    const { page } = await campus.signIn('Ada Keys');
    answersDearly('Dear to keys.');
    await askByKeys(page, 'By the keyboard', 'Dear to keys.');
    await left(page, '48.80 of 50 coins left');
    await eventually(() => meter(page).getAttribute('aria-valuenow')).toBe('48.8');
    const details = page.getByRole('button', { name: 'Details of this answer' });
    await press(details, 'Shift+Tab');
    await page.getByRole('dialog', { name: 'About this answer' }).getByText('11,990').waitFor();
    await page.keyboard.press('Escape');
    await focusOn(details);
    const hints = page.locator('app-composer-hints');
    await press(hints.getByRole('button', { name: 'Start a new chat' }));
    await page.getByText('Dear to keys.').waitFor({ state: 'detached' });
    await focusOn(message(page));
  });

  it('that is used up says when there is more, and offers a free model', async () => {
    const watched = await campus.signIn('Ben Mouse');
    const { page } = watched;
    await card(page).getByText('Your budget is used up').waitFor();
    await card(page)
      .getByText(/^Next 1 coin in /)
      .waitFor();
    await message(page).fill('Can I still ask?');
    expect(await violationsInLooks(watched, 'budget-card')).toEqual([]);
    expect(await send(page).isDisabled()).toBe(true);
    await free(page).click();
    await chip(page, 'gratis').waitFor();
    await card(page).waitFor({ state: 'detached' });
    campus.stage.answers('It costs nothing.');
    await send(page).click();
    await page.getByText('It costs nothing.').waitFor();
    await left(page, '0.00 of 50 coins left');
  }, 60_000);

  it('that is used up leads to a free model by the keyboard alone', async () => {
    const { page } = await campus.signIn('Ben Keys');
    await free(page).waitFor();
    await focusOn(message(page));
    await page.keyboard.type('By the keyboard?');
    await page.keyboard.press('Enter');
    await press(free(page), 'Shift+Tab');
    await chip(page, 'gratis').waitFor();
    // The button is gone with the card.
    await focusOn(message(page));
    expect(await message(page).inputValue()).toBe('By the keyboard?');
    campus.stage.answers('It costs keys nothing.');
    await page.keyboard.press('Enter');
    await page.getByText('It costs keys nothing.').waitFor();
  });

  it('that does not cover a question is answered by a free model instead', async () => {
    expected = /status of 402/;
    const { page } = await campus.signIn('Cleo Mouse');
    await ask(page, 'Too dear?');
    await card(page).getByText('Your budget is used up').waitFor();
    campus.stage.answers('Free of charge.');
    await free(page).click();
    await page.getByText('Free of charge.').waitFor();
    await eventually(() => page.locator('.bubble').allTextContents()).toEqual(['Too dear?']);
    await chip(page, 'gratis').waitFor();
  });

  it('that does not cover a question leads to a free model by the keyboard alone', async () => {
    expected = /status of 402/;
    const { page } = await campus.signIn('Cleo Keys');
    await focusOn(message(page));
    await page.keyboard.type('Too dear for keys?');
    await page.keyboard.press('Enter');
    await free(page).waitFor();
    campus.stage.answers('Free of charge for keys.');
    await press(free(page), 'Shift+Tab');
    await page.getByText('Free of charge for keys.').waitFor();
    await focusOn(message(page));
  });

  it('that is not refilled says whom to ask', async () => {
    const { page } = await campus.signIn(LAST);
    await card(page).getByText('It is not refilled by itself.').waitFor();
    await free(page).waitFor();
  });
});
