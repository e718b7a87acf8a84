import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Locator, type Page } from 'playwright-core';
import { type FilledPlace, startFilledStage } from '../support/console-place.js';
import { type Kind } from '../support/console-stage.js';
import { focusOn, hasFocus, hasFocusInside, press, tabTo } from '../support/keyboard.js';

/** Each walks through a whole flow, which takes a busy machine long. */
const LONG = 90_000;

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const dialog = (page: Page) => page.getByRole('dialog').or(page.getByRole('alertdialog'));
const inDialog = (page: Page, name: string) =>
  dialog(page).getByRole('button', { name, exact: true });

/** Walks there and writes, over what stands there. */
async function write(field: Locator, text: string): Promise<void> {
  await tabTo(field);
  await field.page().keyboard.press('Control+A');
  await field.page().keyboard.type(text);
}

/** The dialog has gone, and the focus is somewhere on the page. */
async function isBack(page: Page): Promise<void> {
  await dialog(page).waitFor({ state: 'detached' });
  await hasPlace(page);
}

const hasPlace = (page: Page) =>
  page.waitForFunction(() => document.activeElement !== document.body);

describe('the consoles by the keyboard alone', () => {
  let place: FilledPlace;

  beforeAll(async () => {
    place = await startFilledStage();
  }, 120_000);

  afterAll(() => place?.stage[Symbol.asyncDispose]());

  afterEach(async () => {
    expect(await place.stage.closeWindows()).toEqual([]);
  });

  async function open(kind: Kind, path: string): Promise<Page> {
    const { page } = await place.stage.open(kind, path);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    return page;
  }

  it(
    'make a group with a rule and coins, change it, and delete it',
    async () => {
      const page = await open('admin', '/admin/groups');
      await press(button(page, 'Create a group'));
      await focusOn(dialog(page).getByLabel('Name'));
      await page.keyboard.type('physics');
      await page.keyboard.press('Enter');
      await focusOn(page.getByRole('heading', { level: 1, name: 'physics' }));
      await press(button(page, 'Add a rule'));
      await write(page.getByLabel('Claim', { exact: true }), 'affiliation');
      await write(page.getByLabel('Value'), 'physics@');
      await press(button(page, 'Add coins'));
      await hasPlace(page);
      await write(page.getByLabel('At most'), '12.5');
      await write(page.getByLabel('Per hour'), '0.5');
      await press(button(page, 'Remove rule 1'), 'Shift+Tab');
      await hasPlace(page);
      await press(button(page, 'Review and save'));
      await press(inDialog(page, 'Save'));
      await isBack(page);
      await page.getByText('Saved', { exact: true }).waitFor();
      await press(button(page, 'Add a person'));
      await focusOn(dialog(page).getByLabel('E-mail address'));
      await page.keyboard.type('user@example.edu');
      await page.keyboard.press('Enter');
      await isBack(page);
      await press(button(page, 'Take user@example.edu out'), 'Shift+Tab');
      await page.getByText('Nobody is in this group.').waitFor();
      await hasPlace(page);
      await press(button(page, 'Delete'), 'Shift+Tab');
      await press(inDialog(page, 'Delete'));
      await page.getByRole('heading', { level: 1, name: 'Groups and budgets' }).waitFor();
      await isBack(page);
    },
    LONG,
  );

  it(
    'give a person coins, and put several into a group',
    async () => {
      const page = await open('admin', `/admin/users?user=${place.person}&tab=budget`);
      const panel = page.getByRole('complementary', { name: 'About this person' });
      await press(panel.getByRole('button', { name: 'Give', exact: true }));
      await focusOn(dialog(page).getByLabel('Amount'));
      await page.keyboard.type('7.5');
      await write(dialog(page).getByLabel('Reason'), 'for the workshop');
      await page.keyboard.press('Enter');
      await page.getByText(/The balance went from/).waitFor();
      await isBack(page);
      await page.keyboard.press('Escape');
      await panel.waitFor({ state: 'detached' });
      await hasPlace(page);
      await page.goto('/admin/users?search=person-1');
      for (const email of ['person-11@example.edu', 'person-12@example.edu']) {
        await tabTo(page.getByLabel(`Choose ${email}`));
        await page.keyboard.press('Space');
      }
      await page.getByText('2 people chosen').waitFor();
      await press(button(page, 'Add to a group…'), 'Shift+Tab');
      const group = dialog(page).getByLabel('Group');
      await hasFocusInside(dialog(page));
      if (!(await hasFocus(group))) await tabTo(group);
      await page.keyboard.type('shared');
      await press(inDialog(page, 'Add to a group'));
      await dialog(page).getByText('2 of 2').waitFor();
      await press(inDialog(page, 'Close'));
      await isBack(page);
    },
    LONG,
  );

  it(
    'make, describe and switch off a client, and make and revoke its keys',
    async () => {
      const page = await open('admin', '/admin/clients');
      await press(button(page, 'Create a client'));
      await focusOn(dialog(page).getByLabel('Name'));
      await page.keyboard.type('night-bot');
      await write(dialog(page).getByLabel('E-mail address of the owner'), 'user@example.edu');
      await page.keyboard.press('Enter');
      await focusOn(page.getByRole('heading', { level: 1, name: 'night-bot' }));
      const address = page.url();

      const owner = await open('user', address);
      await press(button(owner, 'Edit the description'));
      await focusOn(dialog(owner).getByRole('textbox'));
      await owner.keyboard.type('Works at night');
      await press(inDialog(owner, 'Save'));
      await owner.getByText('Works at night').waitFor();
      await isBack(owner);
      await press(button(owner, 'Create a key'));
      await focusOn(dialog(owner).getByLabel('Name'));
      await owner.keyboard.type('production');
      await owner.keyboard.press('Enter');
      await press(inDialog(owner, 'I have saved it'));
      await isBack(owner);
      await press(button(owner, 'Revoke production'), 'Shift+Tab');
      await focusOn(dialog(owner).getByRole('textbox'));
      await owner.keyboard.type('production');
      await owner.keyboard.press('Enter');
      await owner.getByText('Ended keys (1)').waitFor();
      await isBack(owner);
      await press(button(owner, 'Add a manager'), 'Shift+Tab');
      await focusOn(dialog(owner).getByLabel('E-mail address'));
      await owner.keyboard.type('admin@example.edu');
      await owner.keyboard.press('Enter');
      await isBack(owner);
      await press(button(owner, 'Remove admin@example.edu'), 'Shift+Tab');
      await button(owner, 'Remove admin@example.edu').waitFor({ state: 'detached' });
      await hasPlace(owner);
      await press(button(owner, 'Read and agree for org/careful'));
      await dialog(owner).getByText('nothing personal').waitFor();
      await press(inDialog(owner, 'Agree for this client'));
      await owner.getByText(/^Agreed on/).waitFor();
      await isBack(owner);
      await press(button(owner, 'Deactivate'), 'Shift+Tab');
      await button(owner, 'Activate').waitFor();
      await hasPlace(owner);
    },
    LONG,
  );

  it(
    'grant a role and take it back',
    async () => {
      const page = await open('superadmin', `/admin/users?user=${place.person}`);
      const panel = page.getByRole('complementary', { name: 'About this person' });
      const auditor = panel.getByRole('checkbox', { name: 'auditor' });
      for (const isGranted of [true, false]) {
        await tabTo(auditor, isGranted ? 'Tab' : 'Shift+Tab');
        await page.keyboard.press('Space');
        await press(panel.getByRole('button', { name: 'Save the roles' }));
        const granted = panel.getByText('granted', { exact: true });
        await granted.waitFor({ state: isGranted ? 'visible' : 'detached' });
        await hasPlace(page);
      }
    },
    LONG,
  );

  it(
    'test the connection of a provider, and end a session elsewhere',
    async () => {
      const engineer = await open('engineer', '/admin/providers');
      await press(button(engineer, 'Test Ours'));
      await press(inDialog(engineer, 'Test streaming'));
      await dialog(engineer).getByText('First token').waitFor();
      await engineer.keyboard.press('Escape');
      await isBack(engineer);
      await focusOn(button(engineer, 'Test Ours'));
      // The session so far goes on, as that of another browser.
      place.stage.forget('user');
      const page = await open('user', '/profile');
      const end = page.getByRole('button', { name: /^End the session of/ });
      await end.first().waitFor();
      const others = await end.count();
      await press(end.first());
      await page.getByText('The session has ended.').waitFor();
      await end.nth(others - 1).waitFor({ state: 'detached' });
      await hasPlace(page);
    },
    LONG,
  );

  it(
    'announce something, change it and take it away',
    async () => {
      const page = await open('admin', '/admin/announcements');
      await press(button(page, 'New announcement'));
      await focusOn(dialog(page).getByLabel('Title'));
      await page.keyboard.type('By keys');
      await tabTo(dialog(page).getByLabel('Kind'));
      await page.keyboard.type('W');
      await press(inDialog(page, 'Save'));
      await isBack(page);
      await press(button(page, 'Edit By keys'));
      await focusOn(dialog(page).getByLabel('Title'));
      await page.keyboard.press('End');
      await page.keyboard.type(' alone');
      await page.keyboard.press('Enter');
      await page.getByRole('row', { name: 'By keys alone' }).getByText('Warning').waitFor();
      await isBack(page);
      await press(button(page, 'Delete By keys alone'));
      await press(inDialog(page, 'Delete'));
      await page.getByRole('row', { name: 'By keys alone' }).waitFor({ state: 'detached' });
      await isBack(page);
    },
    LONG,
  );

  it(
    'set the price of a model, and make terms and withdraw them',
    async () => {
      const engineer = await open('engineer', '/admin/models?model=ours/gpt-small');
      await write(engineer.getByLabel('Input', { exact: true }), '0.25');
      await engineer.keyboard.press('Enter');
      await engineer.getByText('Prices and access were saved.').waitFor();
      await hasPlace(engineer);
      const page = await open('admin', '/admin/terms');
      await write(page.getByLabel('Terms (Markdown)'), 'Be kind.');
      await press(button(page, 'Publish a new version'));
      await press(inDialog(page, 'Publish'));
      await press(inDialog(page, 'I agree'));
      await page.getByText('Version 2, in force').waitFor();
      await isBack(page);
      await press(button(page, 'Withdraw'), 'Shift+Tab');
      await press(inDialog(page, 'Withdraw'));
      await page.getByText('No terms are in force').waitFor();
      await isBack(page);
    },
    LONG,
  );

  it(
    'go back to an earlier configuration',
    async () => {
      const page = await open('superadmin', '/admin/configuration?section=retention');
      const days = page.locator('[data-path="retention.audit_days"]').getByRole('textbox');
      await write(days, '31');
      await press(page.getByRole('button', { name: /^Changes/ }), 'Shift+Tab');
      await press(inDialog(page, 'Save'));
      await page.getByText('Saved and in force.').waitFor();
      await isBack(page);
      await page.goto('/admin/configuration?view=history');
      await press(page.getByRole('button', { name: /^Compare with now/ }).first());
      await press(button(page, 'Go back to this version'));
      await page.getByText('The earlier version is in force again.').waitFor();
      await hasPlace(page);
    },
    LONG,
  );
});
