import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ConsoleStage } from '../support/console-stage.js';
import { eventually } from '../support/eventually.js';
import { focusOn } from '../support/keyboard.js';
import { fillPlace } from '../support/usage/used-place.js';

// Pages with a hundred cells and a drawing, on a busy machine.
jest.setTimeout(60_000);

describe('usage', () => {
  let stage: ConsoleStage;

  beforeAll(async () => {
    stage = await ConsoleStage.start();
    await fillPlace(stage.server, 'user@example.edu');
  }, 60_000);

  afterAll(() => stage[Symbol.asyncDispose]());

  afterEach(async () => {
    expect(await stage.closeWindows()).toEqual([]);
  });

  it('keeps period, metric and table in the address', async () => {
    const { page } = await stage.open('user', '/usage');
    await page.getByRole('combobox', { name: 'Period' }).selectOption('Last 7 days');
    await page.getByRole('radio', { name: 'Tokens' }).check({ force: true });
    await page.getByRole('heading', { name: 'Tokens per day by model' }).waitFor();
    await page.getByRole('radio', { name: 'Sources' }).check({ force: true });
    await page.getByRole('row', { name: /^Chat/ }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Tokens per day by model' }).waitFor();
    await eventually(() => new URL(page.url()).search).toBe('?period=7d&metric=tokens&by=source');
  });

  it('shows the chart as a table, by keyboard alone, and switches series off', async () => {
    const { page } = await stage.open('user', '/usage');
    const models = page.getByRole('list', { name: 'Shown in the chart' });
    await models.getByRole('button').first().focus();
    await page.keyboard.press('Space');
    await models.getByRole('button', { pressed: false }).waitFor();
    const asTable = page.getByRole('button', { name: 'View as table' });
    await asTable.focus();
    await page.keyboard.press('Enter');
    const table = page.getByRole('table', { name: /coins from/ });
    await eventually(() => table.locator('tbody tr').count()).toBe(30);
    await table.getByText('not over yet').waitFor();
  });

  it('refuses a period that ends before it begins, at the field', async () => {
    const { page } = await stage.open('user', '/usage?period=custom&from=2026-11-10&to=2026-11-01');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByRole('alert').getByText('Enter both days').waitFor();
    const from = page.getByLabel('From', { exact: true });
    await eventually(() => from.inputValue()).toBe('2026-11-10');
  });

  it('leads administrators from a group to its people and from them to one', async () => {
    const { page } = await stage.open('admin', '/admin/usage?period=7d&by=group');
    await page.getByRole('link', { name: 'default', exact: true }).click();
    await page.getByRole('link', { name: '<img/src=x>@example.edu' }).click();
    const path = page.getByRole('navigation', { name: 'Where you are' });
    await path.getByText('<img/src=x>@example.edu').waitFor();
    await page.waitForURL(/[?&]period=7d(&|$)/);
    await path.getByRole('link', { name: 'Everybody' }).click();
    await path.waitFor({ state: 'detached' });
  });

  it('shows how each row went, what is used of budgets, and where the month and the place go', async () => {
    const { page } = await stage.open('admin', '/admin/usage');
    const row = page.getByRole('row', { name: /^user@example.edu/ });
    await row.getByRole('img', { name: /^From .* coins to .* coins, at most/ }).waitFor();
    await page.getByRole('columnheader', { name: 'Budget used' }).waitFor();
    await page.getByText(/will come to about$/).waitFor();
    await page.getByText('at the pace of the last 28 days').waitFor();
    const people = page.locator('app-usage-outlook app-bar-chart');
    await people.getByRole('button', { name: 'View as table' }).click();
    await people.getByRole('columnheader', { name: 'Here before' }).waitFor();
    const speeds = page.getByRole('table', { name: 'How quickly models answer' });
    await speeds
      .getByRole('cell', { name: / s · .* s$/ })
      .first()
      .waitFor();
    await page.getByText(/ · first token p95 /).waitFor();
    const { page: own } = await stage.open('user', '/usage?by=source');
    await own.getByRole('row', { name: /^Chat/ }).getByRole('img', { name: /^From/ }).waitFor();
    expect(await own.getByRole('columnheader', { name: 'Budget used' }).count()).toBe(0);
  });

  it('lists requests page by page, with the details of each in a panel', async () => {
    const { page } = await stage.open('auditor', '/admin/requests?outcome=failed');
    await page.getByRole('button', { name: 'Show older requests' }).click();
    await page.getByText('100 requests shown').waitFor();
    const details = page.getByRole('button', { name: /^Details of the request/ }).nth(60);
    await details.focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('dialog', { name: 'Request' });
    await panel.getByText('upstream_error').waitFor();
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await focusOn(details);
  });

  it('gives the same as a file, with the same filters', async () => {
    const { page } = await stage.open('auditor', '/admin/requests?outcome=failed&period=24h');
    const link = page.getByRole('link', { name: 'Export CSV' });
    const answer = await page.request.get((await link.getAttribute('href'))!);
    const lines = (await answer.text()).trim().split('\r\n').slice(1);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.every((line) => line.includes('upstream_error'))).toBe(true);
  });
});
