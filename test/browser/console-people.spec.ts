import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { ConsoleStage } from '../support/console-stage.js';
import { eventually } from '../support/eventually.js';
import { hasFocusInside } from '../support/keyboard.js';

const EXTRA = `
users:
  user@example.edu: { groups: [staff], max: 100, refresh: 1 }
clients:
  default: { max: 10, model_access: { default: allowed, needs_ack: [second] } }
  configured-bot: { max: 5 }
`;
/** Goes on with the group default. */
const GROUPS = `
    model_access: { default: allowed, needs_ack: [second] }
  staff:
    description: People who work here
    rules: [{ field: affiliation, contains: staff@ }]
    max: 100
`;

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const dialog = (page: Page) => page.getByRole('dialog');
/** What a person with this role would get from the API by themselves. */
const ask = (page: Page, path: string) =>
  page.evaluate(async (address) => (await fetch(address)).status, path);

describe('consoles for people', () => {
  let stage: ConsoleStage;

  beforeAll(async () => {
    stage = await ConsoleStage.start({ extra: EXTRA, groups: GROUPS });
    for (const kind of ['user', 'manager', 'auditor', 'admin', 'superadmin'] as const) {
      await stage.open(kind, '/api/me');
    }
    await stage.closeWindows();
  }, 120_000);

  afterAll(() => stage[Symbol.asyncDispose]());

  afterEach(async () => {
    expect(await stage.closeWindows()).toEqual([]);
  });

  it('finds a person, shows why they are in which group, and gives them coins', async () => {
    const { page } = await stage.open('admin', '/admin/users');
    await page.getByLabel('Search').fill('user@example');
    await page.getByLabel('Search').press('Enter');
    await page.waitForURL(/search=user@example/);
    await page.getByRole('link', { name: 'User Example' }).click();
    const panel = page.getByRole('complementary', { name: 'About this person' });
    await panel.getByText('by config.yaml').first().waitFor();
    await panel.getByText('Only a superadmin grants roles.').waitFor();
    await panel.getByRole('tab', { name: 'Budget' }).click();
    await panel.getByRole('button', { name: 'Give' }).click();
    await dialog(page).waitFor();
    // Escape closes the dialog alone, even where it is pressed before the dialog has the focus.
    const escape = { key: 'Escape', keyCode: 27, bubbles: true };
    await page
      .locator('app-user-panel button', { hasText: 'Give' })
      .first()
      .dispatchEvent('keydown', escape);
    await dialog(page).waitFor({ state: 'detached' });
    await panel.getByRole('button', { name: 'Give' }).click();
    await dialog(page).getByRole('button', { name: 'Give' }).click();
    await dialog(page).getByRole('alert').getByText('Amount: Fill this in.').waitFor();
    await dialog(page).getByLabel('Amount').fill('1e3');
    await dialog(page).getByLabel('Reason').fill('for the workshop');
    await dialog(page).getByRole('button', { name: 'Give' }).click();
    await dialog(page).getByText('Write a number above 0').first().waitFor();
    const reason = dialog(page).getByLabel('Reason');
    await eventually(() => reason.inputValue()).toBe('for the workshop');
    await dialog(page).getByLabel('Amount').fill('7.5');
    await dialog(page).getByRole('button', { name: 'Give' }).click();
    await page.getByText(/The balance went from 100 coins to 107.5/).waitFor();
    await panel.getByRole('button', { name: 'Ledger' }).click();
    await panel.getByText('for the workshop').waitFor();
    await panel.getByRole('tab', { name: 'Access' }).click();
    await panel.getByText('Needs agreement').waitFor();
    await panel.getByRole('tab', { name: 'Audit' }).click();
    await page.reload();
    await panel.getByRole('tab', { name: 'Audit', selected: true }).waitFor();
  });

  it('sets an own budget by the keyboard, shows what changed meanwhile, and removes it', async () => {
    const { page } = await stage.open('admin', '/admin/users?search=manager');
    await page.getByRole('link', { name: 'Manager Example' }).press('Enter');
    const panel = page.getByRole('complementary', { name: 'About this person' });
    await panel.getByRole('tab', { name: 'Budget' }).click();
    await panel.getByText('Nothing of their own').waitFor();
    await panel.getByRole('button', { name: 'Set an own budget…' }).press('Enter');
    await hasFocusInside(dialog(page));
    await dialog(page).getByRole('button', { name: 'Save' }).press('Enter');
    await dialog(page).getByRole('alert').getByText('Add coins or tokens.').waitFor();
    await dialog(page).getByRole('button', { name: 'Add coins' }).press('Enter');
    await dialog(page).getByLabel('At most').fill('-5');
    await page.keyboard.press('Enter');
    await dialog(page).getByRole('alert').getByText('Write a number above 0').waitFor();
    await dialog(page).getByLabel('At most').fill('33');
    await dialog(page).getByLabel('Per hour').fill('0.5');
    await page.keyboard.press('Enter');
    await page.getByText('manager@example.edu has an own budget now.').waitFor();
    await panel.getByText('coins: max 33, refresh 0.5/h, starting 33').waitFor();
    await panel.getByText('user manager@example.edu').waitFor();

    await panel.getByRole('button', { name: 'Change…' }).click();
    await dialog(page).getByLabel('At most').fill('40');
    const id = new URL(page.url()).searchParams.get('user');
    await stage.send('superadmin', 'PUT', `/api/admin/users/${id}/budget-policy`, {
      coins: { max: 7 },
    });
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    const both = dialog(page).filter({ hasText: 'Somebody changed this meanwhile.' });
    await both.getByText('max 7, refresh 0/h, starting 7').waitFor();
    await both.getByRole('button', { name: 'Go on with mine' }).click();
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await panel.getByText('coins: max 40').waitFor();
    await panel.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await panel.getByText('Nothing of their own').waitFor();
    await stage.expectErrors(/409/);
  });

  it('does one thing to many people and takes it back', async () => {
    const { page } = await stage.open('admin', '/admin/users');
    await page.getByLabel('Choose user@example.edu').check();
    await page.getByLabel('Choose manager@example.edu').check();
    await page.getByText('2 people chosen').waitFor();
    await page.getByRole('button', { name: 'Add to a group…' }).click();
    await dialog(page).getByLabel('Group').selectOption('staff');
    await dialog(page).getByRole('button', { name: 'Add to a group' }).click();
    await dialog(page).getByText('2 of 2').waitFor();
    await dialog(page).getByText('Is in the group already.').waitFor();
    await dialog(page).getByRole('button', { name: 'Undo for 1 person' }).click();
    await dialog(page).getByText('Undone').waitFor();
    await dialog(page).getByRole('button', { name: 'Close' }).click();
    await page.getByText('2 people chosen').waitFor({ state: 'detached' });
  });

  it('deactivates with the mouse, which ends the session, and takes it back', async () => {
    const { page: theirs } = await stage.open('manager', '/api/me');
    const statusOfTheirs = async () => (await theirs.request.get('/api/me')).status();
    expect(await statusOfTheirs()).toBe(200);
    const { page } = await stage.open('admin', '/admin/users?search=manager');
    await page.getByRole('link', { name: 'Manager Example' }).click();
    const panel = page.getByRole('complementary', { name: 'About this person' });
    await panel.getByRole('button', { name: 'Deactivate' }).click();
    await page.getByText('manager@example.edu is deactivated').waitFor();
    expect(await statusOfTheirs()).toBe(401);
    await page.getByRole('button', { name: 'Undo' }).click();
    await panel.getByRole('button', { name: 'Deactivate' }).waitFor();
    stage.forget('manager');
  });

  it('deactivates by the keyboard alone, ends sessions with it, and undoes', async () => {
    const { page } = await stage.open('admin', '/admin/users?search=manager');
    await page.getByRole('link', { name: 'Manager Example' }).focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary', { name: 'About this person' });
    await hasFocusInside(panel);
    await panel.getByRole('button', { name: 'Deactivate' }).focus();
    await page.keyboard.press('Enter');
    await panel.getByRole('button', { name: 'Activate', exact: true }).waitFor();
    await page.getByText('manager@example.edu is deactivated').waitFor();
    await page.keyboard.press('Control+z');
    await panel.getByRole('button', { name: 'Deactivate' }).waitFor();
    await panel.getByRole('tab', { name: 'Overview' }).focus();
    await page.keyboard.press('ArrowLeft');
    await panel.getByRole('tab', { name: 'Audit', selected: true }).waitFor();
    await panel.getByText('user.deactivate').first().waitFor();
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await eventually(() => page.evaluate(() => document.activeElement?.textContent)).toBe(
      'Manager Example',
    );
    stage.forget('manager');
  });

  it('lets a superadmin grant a role', async () => {
    const { page } = await stage.open('superadmin', '/admin/users?search=user@example');
    await page.getByRole('link', { name: 'User Example' }).click();
    await page.getByRole('checkbox', { name: 'auditor' }).check();
    await page.getByRole('button', { name: 'Save the roles' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.getByRole('checkbox', { name: 'auditor' }).uncheck();
    await page.getByRole('button', { name: 'Save the roles' }).click();
    await page.getByText('granted', { exact: true }).waitFor({ state: 'detached' });
  });

  it('asks superadmins before they take rights from themselves', async () => {
    const { page } = await stage.open('superadmin', '/admin/users?search=superadmin@');
    await page.getByRole('link', { name: 'Superadmin Example' }).click();
    const box = page.getByRole('checkbox', { name: 'engineer' });
    await box.check();
    await page.getByRole('button', { name: 'Save the roles' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await box.uncheck();
    await page.getByRole('button', { name: 'Save the roles' }).click();
    const asked = page.getByRole('alertdialog', { name: 'Take rights from yourself?' });
    await asked.getByText('it loses: engineer').waitFor();
    await asked.getByRole('button', { name: 'Cancel' }).click();
    await asked.waitFor({ state: 'detached' });
    await page.reload();
    await box.waitFor();
    await eventually(() => box.isChecked()).toBe(true);
    await box.uncheck();
    await page.getByRole('button', { name: 'Save the roles' }).click();
    await asked.getByRole('button', { name: 'Save the roles' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
  });

  it('creates a group, tries its rules, previews, saves, and deletes it', async () => {
    const { page } = await stage.open('admin', '/admin/groups');
    await page.getByRole('button', { name: 'Create a group' }).click();
    await dialog(page).getByLabel('Name').fill('staff');
    await dialog(page).getByRole('button', { name: 'Create' }).click();
    await dialog(page)
      .getByText(/managed by config.yaml/)
      .waitFor();
    await dialog(page).getByLabel('Name').fill('physics / 1');
    await dialog(page).getByRole('button', { name: 'Create' }).click();
    await heading(page, 'physics / 1').waitFor();
    await page.getByRole('button', { name: 'Add a rule' }).click();
    await page.getByRole('button', { name: 'Add coins' }).click();
    await page.getByRole('button', { name: 'Review and save' }).click();
    await page.getByRole('alert').getByText('Rule: Fill this in.').first().waitFor();
    await page.getByLabel('Claim', { exact: true }).fill('email');
    await page.getByLabel('Value').fill('@example.edu');
    await page.getByLabel('At most').fill('12.5');
    await page.getByLabel('Per hour').fill('0.5');
    await page.getByLabel('Of a person').fill('user@example.edu');
    await page.getByRole('button', { name: 'Take this person’s claims' }).click();
    await page.getByText(/would join/).waitFor();
    await page.getByRole('button', { name: 'Review and save' }).click();
    await dialog(page).getByText('email contains "@example.edu"').waitFor();
    await dialog(page)
      .getByText(/would join/)
      .waitFor();
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.reload();
    await eventually(() => page.getByLabel('At most').inputValue()).toBe('12.5');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await heading(page, 'Groups and budgets').waitFor();
    await stage.expectErrors(/409/);
  }, 60_000);

  it('shows both versions of a group that was changed meanwhile', async () => {
    const { page } = await stage.open('admin', '/admin/groups');
    await page.getByRole('button', { name: 'Create a group' }).click();
    await dialog(page).getByLabel('Name').fill('shared');
    await dialog(page).getByRole('button', { name: 'Create' }).click();
    const second = await stage.open('superadmin', '/admin/groups/shared');
    for (const [each, text] of [
      [second.page, 'theirs'],
      [page, 'mine'],
    ] as const) {
      await heading(each, 'shared').waitFor();
      await each.getByLabel('Description').waitFor();
      if (each === page) continue;
      await each.getByLabel('Description').fill(text);
      await each.getByRole('button', { name: 'Review and save' }).click();
      await dialog(each).getByRole('button', { name: 'Save' }).click();
      await each.getByText('Saved', { exact: true }).waitFor();
    }
    await page.getByLabel('Description').fill('mine');
    await page.getByRole('button', { name: 'Review and save' }).click();
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await dialog(page).getByText('Somebody changed this meanwhile.').first().waitFor();
    await dialog(page).getByText('theirs', { exact: true }).waitFor();
    await dialog(page).getByRole('button', { name: 'Go on with mine' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    await eventually(() => page.getByLabel('Description').inputValue()).toBe('mine');
    await page.getByRole('button', { name: 'Review and save' }).click();
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    // The refusal itself is in the console of the browser, and nothing else.
    await stage.expectErrors(/409/);
  }, 60_000);

  it('creates a client with its owner, who makes, replaces and revokes keys', async () => {
    const admin = await stage.open('admin', '/admin/clients');
    await admin.page.getByRole('button', { name: 'Create a client' }).click();
    await dialog(admin.page).getByLabel('Name').fill('research-bot');
    await dialog(admin.page).getByLabel('E-mail address of the owner').fill('nobody@example.edu');
    await dialog(admin.page).getByRole('button', { name: 'Create' }).click();
    await dialog(admin.page).getByRole('alert').waitFor();
    await dialog(admin.page).getByLabel('E-mail address of the owner').fill('user@example.edu');
    await dialog(admin.page).getByRole('button', { name: 'Create' }).click();
    await heading(admin.page, 'research-bot').waitFor();
    stage.takeErrors();

    const { page } = await stage.open('user', '/chat');
    await page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: 'Clients' })
      .click();
    await page.getByRole('link', { name: 'research-bot' }).click();
    await page.getByText('its owner').waitFor();
    await page.getByRole('button', { name: 'Create a key' }).click();
    await dialog(page).getByLabel('Name').fill('production');
    await page.keyboard.press('Enter');
    await dialog(page).getByRole('heading', { name: 'Your new key' }).waitFor();
    await eventually(() => dialog(page).locator('code').first().textContent()).toMatch(/^sk_/);
    await dialog(page).getByRole('button', { name: 'I have saved it' }).click();
    await page.getByRole('button', { name: 'Revoke production' }).click();
    await dialog(page).getByRole('textbox').fill('prod');
    await page.keyboard.press('Enter');
    await dialog(page).getByRole('alert').waitFor();
    await dialog(page).getByRole('textbox').fill('production');
    await page.keyboard.press('Enter');
    await page.getByText('Ended keys (1)').waitFor();
    await page.getByRole('button', { name: 'Add a manager' }).click();
    await dialog(page).getByLabel('E-mail address').fill('manager@example.edu');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove manager@example.edu' }).waitFor();
    await page.getByRole('button', { name: 'Read and agree for second' }).click();
    await dialog(page).getByRole('button', { name: 'Agree for this client' }).click();
    await page.getByText(/Agreed on/).waitFor();
    await page.getByRole('button', { name: 'Deactivate', exact: true }).click();
    await page.getByText('Deactivated', { exact: true }).waitFor();
    const { items } = (await stage.send('user', 'GET', '/api/clients')) as {
      items: { name: string; isActive: boolean }[];
    };
    expect(items).toMatchObject([{ name: 'research-bot', isActive: false }]);
    await page.getByRole('button', { name: 'Activate', exact: true }).click();
    await page.getByRole('button', { name: 'Deactivate', exact: true }).waitFor();
  }, 60_000);

  it('shows both descriptions of a client that somebody else described meanwhile', async () => {
    const made = await stage.send('admin', 'POST', '/api/admin/clients', { name: 'shared-bot' });
    const { id } = made as { id: string };
    const { page } = await stage.open('admin', `/clients/${id}`);
    await page.getByRole('button', { name: 'Edit the description' }).click();
    await dialog(page).getByRole('textbox').fill('mine');
    await stage.send('superadmin', 'PATCH', `/api/admin/clients/${id}`, { description: 'theirs' });
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    const both = dialog(page).filter({ hasText: 'Somebody changed this meanwhile.' });
    await both.getByText('theirs', { exact: true }).waitFor();
    await both.getByRole('button', { name: 'Go on with mine' }).click();
    await page.locator('dd.description', { hasText: 'mine' }).waitFor();
    await stage.expectErrors(/409/);
  });

  it('filters the audit log, in the address too, and shows what changed', async () => {
    const { page } = await stage.open('auditor', '/admin/audit?action=user.deactivate');
    await page.getByText('isActive: true → false').first().waitFor();
    await page
      .getByRole('button', { name: /^Details of user.deactivate/ })
      .first()
      .click();
    await page.getByText('IP address').waitFor();
    await page.getByLabel('Outcome').selectOption('refused');
    await page.getByText('Nothing matches these filters.').waitFor();
    await page.waitForURL(/[?&]outcome=refused/);
    const csv = await page.evaluate(async () => {
      const answer = await fetch('/api/admin/audit/export?action=user.deactivate');
      return answer.text();
    });
    expect(csv.split('\n').length).toBeGreaterThan(2);
  });

  it('lets auditors read and change nothing', async () => {
    const { page } = await stage.open('auditor', '/admin/users?search=user@example');
    await page.getByRole('link', { name: 'User Example' }).click();
    await page.getByText('Only a superadmin grants roles.').waitFor();
    expect(await page.getByRole('checkbox').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Deactivate' }).count()).toBe(0);
    await page.goto('/admin/groups/shared');
    await page.getByLabel('Description').waitFor();
    await eventually(() => page.getByLabel('Description').isEditable()).toBe(false);
    expect(await page.getByRole('button', { name: 'Delete' }).count()).toBe(0);
    expect(await ask(page, '/api/admin/clients')).toBe(403);
    stage.takeErrors();
  });

  it('tells everybody else nothing', async () => {
    const { page } = await stage.open('user', '/models');
    for (const path of ['users', 'groups', 'audit', 'clients']) {
      expect(await ask(page, `/api/admin/${path}`)).toBe(403);
    }
    stage.takeErrors();
  });
});
