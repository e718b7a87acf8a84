import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { ConsoleStage } from '../support/console-stage.js';
import { eventually } from '../support/eventually.js';
import { hasFocusInside } from '../support/keyboard.js';
import { violationsInLooks } from '../support/looks.js';
import { WatchedPage } from '../support/page-watch.js';

describe('announcements and terms', () => {
  let stage: ConsoleStage;

  beforeAll(async () => {
    stage = await ConsoleStage.start();
  }, 60_000);

  afterAll(() => stage[Symbol.asyncDispose]());

  let expected = /^$/;
  afterEach(async () => {
    const faults = await stage.closeWindows();
    expect(faults.filter((fault) => !expected.test(fault))).toEqual([]);
    expected = /^$/;
  });

  const row = (page: Page, title: string) => page.getByRole('row', { name: title });
  const strip = (page: Page) => page.getByRole('region', { name: 'Announcements' });

  async function openEditor(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'New announcement' }).click();
    await page.getByRole('heading', { name: 'New announcement' }).waitFor();
  }

  it('are made, seen by people, put away, edited and deleted, by mouse', async () => {
    const { page } = await stage.open('admin', '/admin/announcements');
    await page.getByText('Nothing is announced').waitFor();
    await openEditor(page);
    await page.getByLabel('Title').fill('<b>Maintenance</b> on Friday');
    await page.getByLabel('Kind').selectOption('Warning');
    await page.getByLabel('More (Markdown, may be empty)').fill('From **18:00** on.');
    await page.getByRole('strong').filter({ hasText: '18:00' }).waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await row(page, '<b>Maintenance</b> on Friday').getByText('Shown now').waitFor();

    const reading = await stage.open('user', '/keys');
    const { page: reader } = reading;
    await strip(reader).getByText('<b>Maintenance</b> on Friday').waitFor();
    await reader.getByRole('button', { name: /^Read more/ }).click();
    await reader.getByRole('strong').filter({ hasText: '18:00' }).waitFor();
    await reader.getByRole('button', { name: 'Close', exact: true }).click();
    await reader.getByRole('button', { name: /^Put away/ }).click();
    await strip(reader).waitFor({ state: 'detached' });
    const told = reader.waitForResponse('**/api/announcements');
    await reader.reload();
    expect(await (await told).text()).toContain('Maintenance');
    await reading.settled();
    expect(await strip(reader).count()).toBe(0);

    await page.getByRole('button', { name: /^Edit/ }).click();
    await page.getByLabel('Title').fill('Maintenance on Monday');
    await page.getByRole('button', { name: 'Save' }).click();
    await row(page, 'Maintenance on Monday').waitFor();
    await reader.reload();
    await strip(reader).getByText('Maintenance on Monday').waitFor();

    await page.getByRole('button', { name: 'Delete Maintenance on Monday' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('Nothing is announced').waitFor();
  });

  it('say at the field what is wrong and keep what was typed, by the keyboard alone', async () => {
    const { page } = await stage.open('admin', '/admin/announcements');
    await page.getByRole('button', { name: 'New announcement' }).focus();
    await page.keyboard.press('Enter');
    const title = page.getByLabel('Title');
    await title.waitFor();
    await page.waitForFunction(() => document.activeElement?.id === 'announcement-title');
    await page.getByLabel('Until').fill('2020-01-01T00:00');
    await title.focus();
    await page.keyboard.press('Enter');
    await page.getByText('Give it a title.').waitFor();
    await page.getByText('It ends before it starts.').waitFor();
    await eventually(() => page.getByLabel('Until').inputValue()).toBe('2020-01-01T00:00');
    await page.getByLabel('Until').fill('');
    await title.focus();
    await page.keyboard.type('By keys');
    await page.keyboard.press('Enter');
    await row(page, 'By keys').waitFor();
    await page.getByRole('button', { name: 'Delete By keys' }).focus();
    await page.keyboard.press('Enter');
    await hasFocusInside(page.getByRole('alertdialog'));
    await page.getByRole('button', { name: 'Delete', exact: true }).focus();
    await page.keyboard.press('Enter');
    await row(page, 'By keys').waitFor({ state: 'detached' });
  });

  it('that somebody else changed meanwhile are shown beside one’s own', async () => {
    expected = /409/;
    const { page } = await stage.open('admin', '/admin/announcements');
    const { page: other } = await stage.open('superadmin', '/admin/announcements');
    await openEditor(page);
    await page.getByLabel('Title').fill('First');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Edit First' }).click();
    await other.reload();
    await other.getByRole('button', { name: 'Edit First' }).click();
    await other.getByLabel('Title').fill('Theirs');
    await other.getByRole('button', { name: 'Save' }).click();
    await row(other, 'Theirs').waitFor();

    await page.getByLabel('Title').fill('Mine');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody changed this meanwhile.').waitFor();
    await page.getByRole('strong').filter({ hasText: 'Theirs' }).waitFor();
    await eventually(() => page.getByLabel('Title').inputValue()).toBe('Mine');
    await page.getByRole('button', { name: 'Save' }).click();
    await row(page, 'Mine').waitFor();
    await page.getByRole('button', { name: 'Delete Mine' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await row(page, 'Mine').waitFor({ state: 'detached' });
  });

  it('before signing in are there for everyone, and clean in every look', async () => {
    const { page: admin } = await stage.open('admin', '/admin/announcements');
    await openEditor(admin);
    await admin.getByLabel('Title').fill('Closed on Sunday');
    await admin.getByLabel('More (Markdown, may be empty)').fill('The *whole* day.');
    await admin.getByLabel('For whom').selectOption('Everyone, also before signing in');
    await admin.getByRole('button', { name: 'Save' }).click();
    await row(admin, 'Closed on Sunday').waitFor();
    await using stranger = await WatchedPage.open(stage.browser, stage.server.url);
    await stranger.page.goto('/');
    await stranger.page.getByRole('heading', { name: 'Closed on Sunday' }).waitFor();
    await stranger.page.getByText('whole').waitFor();
    expect(await stranger.violations()).toEqual([]);
    await stranger.picture('sign-in-announcement-light-1440');
    const watched = await stage.open('user', '/help');
    await strip(watched.page).waitFor();
    expect(await violationsInLooks(watched, 'announcement-strip')).toEqual([]);
    await admin.getByRole('button', { name: 'Delete Closed on Sunday' }).click();
    await admin.getByRole('button', { name: 'Delete', exact: true }).click();
    await row(admin, 'Closed on Sunday').waitFor({ state: 'detached' });
  }, 60_000);

  it('terms are published once, agreed to once, and withdrawn', async () => {
    expected = /403/;
    const { page } = await stage.open('admin', '/admin/terms');
    await page.getByText('No terms have been published').waitFor();
    await page.getByRole('button', { name: 'Publish a new version' }).click();
    await page.getByText('Write the terms.').waitFor();
    const asked = await stage.open('user', '/keys');
    const { page: user } = asked;
    await user.getByRole('button', { name: 'Create a key' }).first().waitFor();
    await page.getByLabel('Terms (Markdown)').fill('## Be kind\n\nAnd careful.');
    await page.getByRole('button', { name: 'Publish a new version' }).click();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    // Whoever publishes agrees as everybody does.
    await page.getByRole('button', { name: 'I agree' }).click();
    await page.getByText('Version 1, in force').waitFor();

    // Somebody who was there before is asked when they do something.
    await user.getByRole('button', { name: 'Create a key' }).first().click();
    await user.getByLabel('Name').fill('laptop');
    await user.getByRole('button', { name: 'Create', exact: true }).click();
    const agree = user.getByRole('button', { name: 'I agree' });
    await agree.waitFor();
    await user.getByRole('heading', { name: 'Be kind' }).waitFor();
    await hasFocusInside(user.getByRole('dialog').filter({ has: agree }));
    await agree.focus();
    await user.keyboard.press('Enter');
    await agree.waitFor({ state: 'detached' });
    await user.reload();
    await user.getByRole('heading', { level: 1, name: 'API keys' }).waitFor();
    await user.getByText('Loading keys').waitFor({ state: 'detached' });
    await asked.settled();
    expect(await agree.count()).toBe(0);

    const manager = await stage.open('manager', '/chat');
    await manager.page.getByRole('button', { name: 'I agree' }).waitFor();
    expect(await manager.violations()).toEqual([]);
    await manager.picture('terms-dialog-light-1440');
    await page.reload();
    await page.getByRole('button', { name: 'Withdraw' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Withdraw' }).click();
    await page.getByText('No terms are in force').waitFor();
  }, 60_000);
});
