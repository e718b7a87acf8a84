import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { ConsoleStage } from '../support/console-stage.js';
import { eventually } from '../support/eventually.js';
import { hasFocusInside } from '../support/keyboard.js';
import { THEMES } from '../support/page-watch.js';
import { pythonWithOpenAi } from '../support/python-openai.js';
import { until } from '../support/until.js';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const EXTRA = `
users: { user@example.edu: { max: 20, refresh: 1, starting: 10 } }
`;
const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1" fill="#e84a27"/></svg>';
const BRANDING = `
branding:
  institution: Example University
  institution_url: https://www.example.edu
  logo: logo.svg
  favicon: logo.svg
  primary_color: "#13294b"
  footer_links: [{label: Privacy, url: "/help"}]
  email_themes: { "@example.edu": { primary_color: "#8c1515" } }
`;

async function makeKey(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: 'Create a key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  const key = await dialog.getByLabel('Key', { exact: true }).textContent();
  await dialog.getByRole('button', { name: 'I have saved it' }).click();
  await dialog.waitFor({ state: 'detached' });
  return key!.trim();
}

describe('what everybody has', () => {
  let stage: ConsoleStage;
  let directory: string;

  beforeAll(async () => {
    stage = await ConsoleStage.start({ extra: EXTRA });
    // Below the repository, where programs find its packages.
    directory = await mkdtemp(path.join(ROOT, '.cache', 'snippets-'));
  }, 120_000);

  afterAll(async () => {
    await stage[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true });
  });

  afterEach(async () => {
    expect(await stage.closeWindows()).toEqual([]);
  });

  it('makes a key with limits, replaces it and revokes it, by the keyboard alone', async () => {
    const { page } = await stage.open('user', '/keys');
    await page.getByRole('button', { name: 'Create a key' }).press('Enter');
    const dialog = page.getByRole('dialog');
    await page.waitForFunction(() => document.activeElement?.closest('[role=dialog] input'));
    await page.keyboard.press('Enter');
    await dialog.getByText('Give the key a name').waitFor();
    await page.keyboard.type('Thesis');
    await page.keyboard.press('Tab');
    await page.keyboard.type('In 30');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await dialog.getByRole('checkbox').first().waitFor();
    await page.keyboard.press('Enter');
    await dialog.getByText('Choose at least one model').waitFor();
    await page.waitForFunction(() => document.activeElement?.matches('[type=checkbox]'));
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'I have saved it' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    const row = page.getByRole('row', { name: /Thesis/ });
    await row.getByText('1 model').waitFor();
    const usage = row.getByRole('link');
    await eventually(() => usage.getAttribute('href')).toMatch(/^\/usage\?key=/);
    await row.getByRole('button', { name: 'Replace Thesis' }).press('Enter');
    await hasFocusInside(dialog);
    await dialog.getByRole('button', { name: 'Replace' }).press('Enter');
    await dialog.getByRole('button', { name: 'I have saved it' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await eventually(() => page.getByRole('row', { name: /Thesis/ }).count()).toBe(2);
    await row.first().getByRole('button', { name: 'Revoke Thesis' }).press('Enter');
    await hasFocusInside(page.getByRole('alertdialog'));
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).press('Enter');
    await page.getByText('Keys that no longer work (1)').waitFor();
  }, 60_000);

  it('replaces a key and revokes it with the mouse', async () => {
    const { page } = await stage.open('user', '/keys');
    const first = await makeKey(page, 'Clicked');
    await page.getByRole('button', { name: 'Replace Clicked' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox').selectOption({ index: 0 });
    await dialog.getByRole('button', { name: 'Replace', exact: true }).click();
    const second = await dialog.getByLabel('Key', { exact: true }).textContent();
    await dialog.getByRole('button', { name: 'I have saved it' }).click();
    const answer = async (key: string) => {
      const headers = { authorization: `Bearer ${key.trim()}` };
      return (await fetch(`${stage.server.url}/v1/models`, { headers })).status;
    };
    expect([await answer(first), await answer(second!)]).toEqual([401, 200]);
    await page.getByRole('button', { name: 'Revoke Clicked' }).click();
    const asked = page.getByRole('alertdialog');
    await asked.getByRole('button', { name: 'Revoke' }).click();
    await asked.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Revoke Clicked' }).waitFor({ state: 'detached' });
    expect(await answer(second!)).toBe(401);
  });

  it('shows programs that run as they are: JavaScript, curl, Python', async () => {
    const python = pythonWithOpenAi();
    const { page } = await stage.open('user', '/connect?model=second');
    const key = await makeKey(page, 'Snippets');
    const env = { ...process.env, LUMEN_API_KEY: key };
    const codeOf = async (tool: string, part: string) => {
      await page.getByText(tool, { exact: true }).click();
      const code = page.locator('app-code-sample code').filter({ hasText: part }).first();
      await code.waitFor();
      return (await code.textContent())!;
    };
    const cases: [tool: string, part: string, file: string, program: string | null][] = [
      ['JavaScript', 'chat.completions', 'hello.mjs', process.execPath],
      ['curl', 'chat/completions', 'hello.sh', 'sh'],
      ['Python', 'chat.completions', 'hello.py', python],
    ];
    for (const [tool, part, file, program] of cases) {
      if (program === null) continue;
      const place = path.join(directory, file);
      await writeFile(place, await codeOf(tool, part));
      const { stdout } = await run(program, [place], { env, timeout: 60_000 });
      expect({ tool, isAnswered: stdout.includes('Hello') }).toEqual({ tool, isAnswered: true });
      expect(stage.upstream.lastRequest.bytes.toString()).toContain('Say hello in one sentence.');
    }
    expect(new URL(page.url()).search).toContain('model=second');
  }, 240_000);

  it('tests the connection with the session, with a key and with a wrong one', async () => {
    const { page, errors } = await stage.open('user', '/connect?tool=opencode&model=scripted');
    const test = page.getByRole('button', { name: 'Test connection' });
    await test.click();
    await page.getByText('It works.').waitFor();
    const told = page.locator('app-test-connection dl');
    await eventually(() => told.textContent()).toMatch(/Hello.*s.*coins/s);
    await page.getByLabel('Key to test').fill('my key');
    await test.click();
    await page.getByText('A key begins with sk_').waitFor();
    await page.getByLabel('Key to test').fill(`sk_${'x'.repeat(43)}`);
    await test.click();
    await page.getByText('It does not work yet.').waitFor();
    await eventually(() => errors).toEqual([expect.stringContaining('401')]);
    errors.length = 0;
    await page.getByLabel('Key to test').fill(await makeKey(page, 'Test'));
    const sent = page.waitForRequest('**/v1/chat/completions');
    await test.click();
    await page.getByText('It works.').waitFor();
    // No limit: reasoning models refuse the old name of it, and think more than a small one allows.
    const body = (await sent).postDataJSON() as object;
    expect(Object.keys(body)).toEqual(['model', 'messages']);
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save opencode.json' }).click();
    const file = JSON.parse(await readFile(await (await saving).path(), 'utf8')) as {
      model: string;
    };
    expect(file.model).toBe('lumen/scripted');
  }, 60_000);

  it('shows groups, budget with its ledger, models and sessions; ends another session', async () => {
    const { page } = await stage.open('user', '/profile');
    await page.getByRole('meter', { name: 'Coins' }).waitFor();
    await page.getByRole('button', { name: 'What happened to Coins' }).click();
    await page.getByRole('cell', { name: 'To begin with' }).waitFor();
    await page.getByText('Everybody is').waitFor();
    await page.getByRole('link', { name: 'scripted' }).waitFor();
    const context = await stage.browser.newContext({ baseURL: stage.server.url });
    stage.idp.person = {
      sub: 'http://idp.example.edu/users/user',
      claims: { email: 'user@example.edu', name: 'User Example' },
    };
    const other = await context.newPage();
    await other.goto('/login?returnTo=/api/me');
    await page.reload();
    await page
      .getByRole('button', { name: /^End the session of/ })
      .first()
      .click();
    await page.getByText('The session has ended.').waitFor();
    await page.getByText('This one').waitFor();
    await context.close();
  }, 60_000);

  it('deletes an account after its address was typed, and not that of the last superadmin', async () => {
    const { page, errors } = await stage.open('superadmin', '/profile');
    await page.getByRole('button', { name: 'Delete account and data' }).press('Enter');
    const dialog = page.getByRole('alertdialog');
    // The dialog's code comes with its first use; then its field has the focus.
    await page.locator('mat-dialog-container input:focus').waitFor();
    await page.keyboard.type('somebody');
    await page.keyboard.press('Enter');
    await dialog.getByText('This is not your address').waitFor();
    await dialog.getByRole('textbox').fill('superadmin@example.edu');
    await page.keyboard.press('Enter');
    await dialog.getByText('last superadmin').waitFor();
    await eventually(() => errors).toEqual([expect.stringContaining('409')]);
    errors.length = 0;
    const manager = await stage.open('manager', '/profile');
    await manager.page.getByRole('button', { name: 'Delete account and data' }).click();
    await manager.page.getByRole('alertdialog').getByRole('textbox').fill('manager@example.edu');
    await manager.page.keyboard.press('Enter');
    await manager.page.waitForURL('**/sign-in');
    await manager.page.getByRole('link', { name: /Sign in|Continue/ }).waitFor();
  }, 60_000);

  it('has the documentation, searches it, and stays in the portal', async () => {
    const { page, errors } = await stage.open('user', '/help');
    await page.getByRole('link', { name: 'Using Lumen' }).waitFor();
    await page.getByRole('searchbox', { name: 'Search the help' }).fill('departed unicorn');
    await page.getByText('No page has these words.').waitFor();
    await page.getByRole('searchbox', { name: 'Search the help' }).fill('superadmin deletion');
    await page.getByRole('link', { name: 'Deleting an account' }).click();
    await page.getByRole('heading', { name: 'Deleting an account' }).waitFor();
    await page.waitForFunction(() => CSS.highlights.get('help-found')!.size === 2);
    await page.getByRole('link', { name: 'All pages found' }).click();
    await page
      .locator('mark', { hasText: /^(superadmin|deletion)$/i })
      .first()
      .waitFor();
    await page.goto('/help/using-lumen');
    const picture = page.getByRole('img', { name: /^The chat page/ });
    await picture.waitFor();
    await page.waitForFunction(
      (each) => (each as HTMLImageElement).naturalWidth === 1440,
      await picture.elementHandle(),
    );
    await page.getByRole('link', { name: 'what stays' }).click();
    await page.waitForURL('**/help/accounts');
    await page.getByText(/^Lumen \d/).waitFor();
    await page.goto('/help/..%2f..%2fpackage');
    await page.getByText('There is no such page in the help.').waitFor();
    await eventually(() => errors).toEqual([expect.stringContaining('404')]);
    errors.length = 0;
  }, 60_000);

  it('leads to places in the help by their address, and says in German what is English', async () => {
    const { page } = await stage.open('user', '/help/budgets#which-policy-wins');
    const focused = (title: string) =>
      page.waitForFunction((name) => document.activeElement?.textContent === name, title);
    await focused('Which policy wins');
    const contents = page.getByRole('navigation', { name: 'On this page' });
    await contents.getByRole('link', { name: 'Refusals' }).press('Enter');
    await focused('Refusals');
    await page.waitForURL(/#refusals$/);
    await page.goBack();
    await focused('Which policy wins');
    await page.evaluate(() => localStorage.setItem('lumen.language', 'de'));
    await page.reload();
    await page.getByText('Die Dokumentation ist auf Englisch').waitFor();
    await page.getByRole('navigation', { name: 'Auf dieser Seite' }).waitFor();
    await eventually(() => page.locator('article').getAttribute('lang')).toBe('en');
  }, 60_000);

  it('wears the colours and the logo of the institution, without a restart', async () => {
    await writeFile(path.join(stage.server.directory, 'logo.svg'), LOGO);
    await stage.server.configure(`${await stage.server.configuration()}${BRANDING}`);
    const logo = async (): Promise<string | null> => {
      const answer = await fetch(`${stage.server.url}/api/bootstrap`);
      return ((await answer.json()) as { branding: { logo: string | null } }).branding.logo;
    };
    await until(async () => (await logo()) !== null);
    for (const theme of THEMES) {
      const watched = await stage.open('user', '/help', { theme });
      const { page } = watched;
      await page.getByRole('link', { name: 'Privacy' }).waitFor();
      const mark = page.locator('app-brand-mark img').first();
      await eventually(() =>
        mark.evaluate((img: HTMLImageElement) => img.naturalWidth),
      ).toBeGreaterThan(0);
      const primary = () =>
        page.evaluate(() => document.documentElement.style.getPropertyValue('--mat-sys-primary'));
      // Of people at example.edu, not of everybody.
      await eventually(primary).toMatch(/^light-dark\(#[89a-f]/);
      await watched.picture(`own-branding-${theme}-wide`);
      expect(await watched.violations()).toEqual([]);
    }
    const { page } = await stage.open('superadmin', '/keys');
    for (const address of ['/admin/users', '/profile', '/your-data']) {
      await page.goto(address);
      await page.locator('footer').getByRole('link', { name: 'Privacy' }).waitFor();
    }
    await page.goto('/chat');
    await page.locator('app-account-button button').click();
    await page.getByRole('dialog').getByRole('link', { name: 'Privacy' }).waitFor();
    const context = await stage.browser.newContext({ baseURL: stage.server.url });
    const signedOut = await context.newPage();
    await signedOut.goto('/sign-in');
    await signedOut.locator('footer').getByRole('link', { name: 'Privacy' }).waitFor();
    await context.close();
    const answer = await fetch(`${stage.server.url}${await logo()}`);
    expect(answer.headers.get('content-type')).toBe('image/svg+xml');
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  }, 60_000);
});
