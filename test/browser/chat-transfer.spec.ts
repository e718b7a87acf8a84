import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { Campus } from '../support/campus.js';
import { CHAT_GPT, OLD, OPEN_WEBUI } from '../support/chat/foreign-exports.js';
import { readZip } from '../support/chat/read-zip.js';
import { askAndWait } from '../support/chat-stage.js';
import { askByKeys, focusOn, hasFocusInside, press, tabTo } from '../support/keyboard.js';
import { violationsInLooks } from '../support/looks.js';

const RETENTION = 'retention:\n  chat_days: 90';
const STAFF = {
  max: -2,
  chat_days: 30,
  rules: [{ field: 'affiliation', contains: 'staff@' }],
};
const STAFF_MEMBER = { affiliation: 'staff@example.edu' };
const DAY_MS = 86_400_000;

describe('conversations that come and go', () => {
  let campus: Campus;

  beforeAll(async () => {
    campus = await Campus.start({
      extra: RETENTION,
      groups: `  staff: ${JSON.stringify(STAFF)}`,
    });
  }, 60_000);

  afterAll(() => campus[Symbol.asyncDispose]());

  let expected = /^$/;
  afterEach(async () => {
    const faults = await campus.closeWindows();
    expect(faults.filter((fault) => !expected.test(fault))).toEqual([]);
    expected = /^$/;
  });

  const row = (page: Page, title: string) =>
    page.locator('app-conversation-list').getByRole('link', { name: title, exact: true });
  const item = (page: Page, name: string) => page.getByRole('menuitem', { name, exact: true });
  const chooseFile = (page: Page) => page.getByRole('button', { name: 'Choose a file' });
  const exportAll = (page: Page) => page.getByRole('button', { name: 'Export everything' });

  it('leave as Markdown and as JSON', async () => {
    const { page } = await campus.signIn('Ada Mouse');
    campus.stage.answers('**Bold** words.');
    await askAndWait(page, 'To be taken along', 'Bold words.');
    const save = (name: string) =>
      saved(page, async () => {
        await page.getByRole('button', { name: 'More for this chat' }).click();
        await item(page, name).click();
      });
    const markdown = await save('Export as Markdown');
    expect(markdown.name).toBe('To be taken along.md');
    expect(markdown.bytes.toString()).toMatch(
      /^# To be taken along\n\n## Question\n[^]*\nTo be taken along\n\n## Answer by scripted\n[^]*\n\*\*Bold\*\* words\.\n$/,
    );
    const json = await save('Export with all branches (JSON)');
    expect(json.name).toBe('To be taken along.json');
    expect(JSON.parse(json.bytes.toString())).toMatchObject({
      format: 'lumen-conversation',
      title: 'To be taken along',
      messages: [
        { role: 'user', content: 'To be taken along' },
        { role: 'assistant', content: '**Bold** words.', model: 'scripted' },
      ],
    });
  });

  it('leave by the keyboard alone, and come back as they were', async () => {
    const { page } = await campus.signIn('Ada Keys');
    campus.stage.answers('Kept in a file.');
    await askByKeys(page, 'There and back', 'Kept in a file.');
    await tabTo(row(page, 'There and back'), 'Shift+Tab');
    await press(page.getByRole('button', { name: 'Options of “There and back”' }));
    const json = await saved(page, async () => {
      await walkTo(page, 'Export');
      await page.keyboard.press('ArrowRight');
      await walkTo(page, 'With all branches (.json)');
      await page.keyboard.press('Enter');
    });

    const { page: elsewhere } = await campus.signIn('Ben Keys');
    await goToYourData(elsewhere);
    await bringInByKeys(elsewhere, json.name, json.bytes);
    await elsewhere.getByText('1 conversation was brought in.').waitFor();
    await press(row(elsewhere, 'There and back'), 'Shift+Tab');
    await elsewhere.getByText('Kept in a file.').waitFor();
  });

  it('leave all at once', async () => {
    const { page } = await campus.signIn('Ada Everything');
    for (const name of ['First of all', 'Second of all']) {
      campus.stage.answers(`Answer to ${name}.`);
      await page.getByRole('button', { name: 'New chat' }).first().click();
      await askAndWait(page, name, `Answer to ${name}.`);
    }
    await page.goto('/your-data');
    const byMouse = await saved(page, () => exportAll(page).click());
    expect(byMouse.name).toMatch(/^Lumen \d{4}-\d\d-\d\d\.zip$/);
    const files = readZip(byMouse.bytes);
    const paths = [...files.keys()];
    expect(paths).toContain('lumen.json');
    expect(paths.filter((path) => path.endsWith('.md'))).toHaveLength(2);
    const second = paths.find((path) => /Second of all .*\.md$/.test(path))!;
    expect(files.get(second)!.toString()).toContain('Answer to Second of all.');
    await page.getByText('Your browser saves the file while it is made.').waitFor();
    const byKeys = await saved(page, () => press(exportAll(page)));
    expect([...readZip(byKeys.bytes).keys()]).toEqual(paths);
    await focusOn(exportAll(page));
  });

  it('come from other products, with their branches', async () => {
    const watched = await campus.signIn('Otto Elsewhere');
    const { page } = watched;
    await page.goto('/your-data');
    await bringIn(page, 'chatgpt.json', [CHAT_GPT, { title: 'No conversation' }]);
    await page.getByText('1 conversation was brought in, 1 skipped.').waitFor();
    await page.getByText('Skipped (1)').click();
    await page.getByText('It was skipped: ').waitFor();
    expect(await violationsInLooks(watched, 'your-data-imported')).toEqual([]);
    await bringIn(page, 'webui.json', [OPEN_WEBUI]);
    await page.getByText('1 conversation was brought in.').waitFor();
    await row(page, 'From Open WebUI').click();
    await page.getByText('Hello from the web.').waitFor();
    await row(page, 'From ChatGPT').click();
    await page.getByText('The second answer.').waitFor();
    await page.getByRole('button', { name: 'Previous branch' }).click();
    await page.getByText('The first answer.').waitFor();
    campus.stage.answers('On it goes.');
    await askAndWait(page, 'And here?', 'On it goes.');
  }, 60_000);

  it('do not come from what is no such file, which says why', async () => {
    expected = /status of 400/;
    const watched = await campus.signIn('Nina Wrong');
    const { page } = watched;
    await goToYourData(page);
    await bringInByKeys(page, 'photo.json', Buffer.from('\x89PNG is no JSON'));
    const alert = page.getByRole('alert').filter({ hasText: 'The file is not JSON.' });
    await alert.waitFor();
    await focusOn(chooseFile(page));
    expect(await violationsInLooks(watched, 'your-data-refused')).toEqual([]);
    await bringInByKeys(page, 'webui.json', Buffer.from(JSON.stringify([OPEN_WEBUI])));
    await page.getByText('1 conversation was brought in.').waitFor();
    await alert.waitFor({ state: 'detached' });
  }, 60_000);

  it('do not come in if they are older than those that are kept', async () => {
    const { page } = await campus.signIn('Mia Member');
    await page.goto('/your-data');
    await page.getByText('A conversation is deleted 90 days after its last message').waitFor();
    await bringIn(page, 'old.json', [OLD, OPEN_WEBUI]);
    await page.getByText('1 conversation was brought in, 1 skipped.').waitFor();
    await page.getByText('Skipped (1)').click();
    await page.getByText('older than the 90 days').waitFor();
  });

  it('stay as long as the person’s group says', async () => {
    const { page: staff } = await campus.signIn('Sam Staff', STAFF_MEMBER);
    campus.stage.answers('For thirty days.');
    await askByKeys(staff, 'How long?', 'For thirty days.');
    await press(staff.getByRole('button', { name: 'More for this chat' }), 'Shift+Tab');
    // In what year that is depends on the place of the browser, on two days of it.
    const years = [29, 31].map((days) => new Date(Date.now() + days * DAY_MS).getUTCFullYear());
    await staff.getByText(new RegExp(`^Deleted on .*(${years.join('|')}) unless`)).waitFor();
    await staff.keyboard.press('Escape');
    await goToYourData(staff);
    await staff.getByText('A conversation is deleted 30 days after its last message').waitFor();
  });

  /** What the browser saves when `step` is done. */
  async function saved(page: Page, step: () => Promise<void>) {
    const saving = page.waitForEvent('download');
    await step();
    const download = await saving;
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  }

  async function bringIn(page: Page, name: string, exported: object): Promise<void> {
    const choosing = page.waitForEvent('filechooser');
    await chooseFile(page).click();
    const buffer = Buffer.from(JSON.stringify(exported));
    await (await choosing).setFiles({ name, mimeType: 'application/json', buffer });
  }

  async function bringInByKeys(page: Page, name: string, buffer: Buffer): Promise<void> {
    const choosing = page.waitForEvent('filechooser');
    await press(chooseFile(page));
    await (await choosing).setFiles({ name, mimeType: 'application/json', buffer });
  }

  async function goToYourData(page: Page): Promise<void> {
    await press(page.getByRole('button', { name: 'Account' }), 'Shift+Tab');
    await press(page.getByRole('link', { name: 'Your data' }));
    await focusOn(page.getByRole('heading', { level: 1, name: 'Your data' }));
  }

  /** Down an open menu. */
  async function walkTo(page: Page, name: string): Promise<void> {
    const wanted = item(page, name);
    await hasFocusInside(page.getByRole('menu').filter({ has: wanted }));
    for (let steps = 0; steps < 12; steps += 1) {
      if (await wanted.evaluate((one) => one === document.activeElement)) return;
      await page.keyboard.press('ArrowDown');
    }
    throw new Error(`The arrow keys do not lead to ${name}`);
  }
});
