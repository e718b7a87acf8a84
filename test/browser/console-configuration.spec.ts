import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { ConsoleStage, KINDS } from '../support/console-stage.js';
import { eventually } from '../support/eventually.js';
import { hasFocus, hasFocusInside, press } from '../support/keyboard.js';

const ADDRESS = '/admin/configuration';

// Each has a server's and a browser's work to do, which takes a busy machine long.
const LONG = 90_000;

describe('the configuration in the browser', () => {
  let stage: ConsoleStage;
  let file: string;

  beforeAll(async () => {
    stage = await ConsoleStage.start({
      environment: { LUMEN_RETRY_ATTEMPTS: '3' },
      extra: '\nbranding:\n  # the colour of the house\n  primary_color: "#13294b" # dark\n',
    });
    file = path.join(stage.server.directory, 'config.yaml');
  }, 60_000);

  afterAll(() => stage[Symbol.asyncDispose]());

  afterEach(async () => {
    // The browser itself writes a line for each answer that refuses.
    const wrong = (await stage.closeWindows()).filter(
      (each) => !/status of (403|409|400)/.test(each),
    );
    expect(wrong).toEqual([]);
  });

  const row = (page: Page, at: string) => page.locator(`[data-path="${at}"]`);

  async function save(page: Page): Promise<void> {
    await page.getByRole('button', { name: /^Changes \(/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  }

  it(
    'shows on a phone which section is chosen',
    async () => {
      const { page } = await stage.open('superadmin', ADDRESS);
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto(`${ADDRESS}?section=models`);
      const chosen = page.locator('nav [aria-current]').filter({ hasText: 'Models' });
      await eventually(async () => {
        const box = await chosen.boundingBox();
        return box !== null && box.x >= 0 && box.x + box.width <= 390;
      }).toBe(true);
      expect(await page.locator('nav li').filter({ hasText: 'OAuth2' }).count()).toBe(1);
    },
    LONG,
  );

  it(
    'is for superadmins alone, and tells nobody a secret',
    async () => {
      const text = await readFile(file, 'utf8');
      const secret = /secret_key: "?([^"\n]+)/.exec(text)![1]!;
      for (const kind of KINDS) {
        const { page } = await stage.open(kind, '/keys');
        for (const address of ['', '/schema', '/history']) {
          const answer = await page.request.get(`/api${ADDRESS}${address}`);
          expect([kind, answer.status()]).toEqual([kind, kind === 'superadmin' ? 200 : 403]);
          expect(await answer.text()).not.toContain(secret);
        }
        const put = await page.request.put(`/api${ADDRESS}`, { data: { version: 'x', text: '' } });
        expect(put.status()).toBe(403);
      }
    },
    LONG,
  );

  it(
    'changes a hot key of each kind: saved, in the file, in force, visible',
    async () => {
      const before = await readFile(file, 'utf8');
      const { page } = await stage.open('superadmin', `${ADDRESS}?section=app`);
      await row(page, 'app.name').getByRole('textbox').fill('Campus AI');
      const restart = row(page, 'app.port').getByText('Restart required');
      await restart.waitFor();
      await row(page, 'app.config_editor').getByRole('checkbox').waitFor();
      await page.getByRole('button', { name: 'Chat', exact: true }).click();
      await row(page, 'chat.remove').getByRole('combobox').selectOption('delete');
      await row(page, 'chat.upload.max_files').getByRole('textbox').fill('4');
      await row(page, 'chat.upload.allowed_extensions').getByRole('textbox').fill('md\ntxt');
      await page.getByRole('button', { name: 'API', exact: true }).click();
      const consent = row(page, 'api.consent').getByRole('checkbox');
      await eventually(() => consent.isChecked()).toBe(true);
      await consent.uncheck();
      await page.getByRole('button', { name: 'Monitoring', exact: true }).click();
      await row(page, 'monitoring.token').locator('input').fill('a-new-token-nobody-may-see');
      await page.getByRole('button', { name: 'Groups', exact: true }).click();
      await page.getByLabel('Add <group>').fill('lab');
      await page.getByRole('button', { name: 'Add', exact: true }).last().click();
      await page.locator('summary', { hasText: 'lab' }).click();
      await row(page, 'groups.lab.max').getByRole('textbox').fill('250');
      await page.getByRole('button', { name: 'Models', exact: true }).click();
      await page.locator('summary', { hasText: 'second' }).click();
      await page.getByRole('button', { name: 'Move second up' }).click();
      // A section that was not in the file is one change.
      await page.getByRole('button', { name: /^Changes \(6\)/ }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('Campus AI').waitFor();
      expect(await dialog.textContent()).not.toContain('a-new-token-nobody-may-see');
      await dialog.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('Saved and in force.').waitFor();
      const after = await readFile(file, 'utf8');
      expect(after).toContain('primary_color: "#13294b" # dark');
      expect(after).toContain('# the colour of the house');
      expect(after).toContain('name: Campus AI');
      expect(after).toContain('token: a-new-token-nobody-may-see');
      expect(after.length).toBeGreaterThan(before.length);
      // In force without a restart, and seen by somebody else.
      const other = await stage.open('user', '/keys');
      const bootstrap = await other.page.request.get('/api/bootstrap');
      expect(await bootstrap.text()).toContain('Campus AI');
      expect(JSON.stringify(stage.server.log)).not.toContain('a-new-token-nobody-may-see');
      const audit = await page.request.get('/api/admin/audit?action=configuration.update');
      const entries = await audit.text();
      expect(entries).toContain('monitoring.token');
      expect(entries).not.toContain('a-new-token-nobody-may-see');
      await page.reload();
      await page.getByRole('heading', { level: 1 }).waitFor();
    },
    LONG,
  );

  it('says at the field what is wrong, keeps what was typed and saves nothing', async () => {
    const before = await readFile(file, 'utf8');
    const { page } = await stage.open('superadmin', `${ADDRESS}?section=retention`);
    const field = row(page, 'retention.chat_days').getByRole('textbox');
    await field.fill('soon');
    await row(page, 'retention.chat_days').getByText('a whole number from 0 to 36500').waitFor();
    await eventually(() => field.getAttribute('aria-invalid')).toBe('true');
    await page.getByRole('button', { name: /^Changes/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('One problem').waitFor();
    const button = dialog.getByRole('button', { name: 'Save', exact: true });
    await eventually(() => button.isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await field.inputValue()).toBe('soon');
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  it('locks what the environment sets, and searches', async () => {
    const { page } = await stage.open('superadmin', ADDRESS);
    await page.getByRole('searchbox').fill('attempts');
    await page.getByRole('button', { name: 'Upstream' }).click();
    const attempts = row(page, 'upstream.retries.attempts');
    await attempts.getByText('Set by LUMEN_RETRY_ATTEMPTS').waitFor();
    await eventually(() => attempts.getByRole('textbox').inputValue()).toBe('3');
    await eventually(() => attempts.getByRole('textbox').isDisabled()).toBe(true);
    await page.waitForURL(/q=attempts/);
  });

  it('keeps the keys that need a restart waiting, and says so', async () => {
    const { page } = await stage.open('superadmin', `${ADDRESS}?section=log`);
    await row(page, 'log.format').getByRole('combobox').selectOption('json');
    await save(page);
    await page.getByText('Saved. Not all of it is in force before a restart.').waitFor();
    const banner = page.locator('app-restart-banner');
    await banner.getByText('One saved key is in force only after a restart:').waitFor();
    await banner.getByText(/^log\.format: now .*, then /).waitFor();
    await banner.getByText('Restart every replica').waitFor();
  });

  it('edits the text, with problems at their lines, and goes back', async () => {
    const { page } = await stage.open('superadmin', `${ADDRESS}?view=yaml`);
    const editor = page.getByRole('textbox', { name: 'config.yaml' });
    await editor.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\nretention:\n  chat_days: x\n');
    await page.locator('.cm-lint-marker-error').waitFor();
    await page.keyboard.press('Control+End');
    await page.keyboard.press('Control+a');
    const hidden = (await page.request.get(`/api${ADDRESS}`).then((answer) => answer.json())) as {
      text: string;
    };
    expect(hidden.text).toContain('<secret:');
    await page.keyboard.insertText(`# by hand\n${hidden.text}`);
    await save(page);
    await eventually(() => readFile(file, 'utf8')).toMatch(/^# by hand\n/);
    // No trap: Escape, then Tab leaves the editor.
    await editor.click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await eventually(() => hasFocus(editor)).toBe(false);
    await page.goto(`${ADDRESS}?view=history`);
    await page
      .getByRole('button', { name: /^Compare with now/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Go back to this version' }).click();
    await page.getByText('The earlier version is in force again.').waitFor();
    expect((await readFile(file, 'utf8')).startsWith('# by hand\n')).toBe(false);
  });

  it('shows both versions when the file changed meanwhile', async () => {
    const { page } = await stage.open('superadmin', `${ADDRESS}?section=retention`);
    await row(page, 'retention.audit_days').getByRole('textbox').fill('30');
    await writeFile(file, `# by somebody else\n${await readFile(file, 'utf8')}`);
    await page.getByRole('button', { name: /^Changes/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await dialog.getByText('Somebody changed the file meanwhile').waitFor();
    await dialog.getByText('# by somebody else').first().waitFor();
    await dialog.getByText('audit_days: 30').first().waitFor();
    await dialog.getByRole('button', { name: 'Save mine on top' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await eventually(() => readFile(file, 'utf8')).toContain('audit_days: 30');
    expect(await readFile(file, 'utf8')).toContain('# by somebody else');
  });

  it('asks before it throws changes away, and before one takes rights from oneself', async () => {
    const { page } = await stage.open('superadmin', `${ADDRESS}?section=general`);
    const before = await readFile(file, 'utf8');
    const superadmins = row(page, 'superadmins').getByRole('textbox');
    await superadmins.fill('somebody@example.edu');
    await page.getByRole('button', { name: 'Discard' }).press('Enter');
    const asked = page.getByRole('alertdialog', { name: 'Discard 1 change?' });
    await hasFocusInside(asked);
    await asked.getByRole('button', { name: 'Cancel' }).press('Enter');
    await asked.waitFor({ state: 'detached' });
    expect(await superadmins.inputValue()).toBe('somebody@example.edu');
    await page.getByRole('button', { name: /^Changes/ }).press('Enter');
    const review = page.getByRole('dialog');
    await review.getByRole('alert').getByText('You take rights from yourself: ').waitFor();
    await review.getByRole('button', { name: 'I know, save it' }).waitFor();
    await hasFocusInside(review);
    await review.getByRole('button', { name: 'Cancel' }).press('Enter');
    await review.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Discard' }).click();
    await asked.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('button', { name: /^Changes/ }).waitFor({ state: 'detached' });
    await eventually(() => superadmins.inputValue()).toBe('superadmin@example.edu');
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  it('can be done by the keyboard alone', async () => {
    const { page } = await stage.open('superadmin', `${ADDRESS}?section=retention`);
    await row(page, 'retention.request_log_days').getByRole('textbox').focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('100');
    const changes = page.getByRole('button', { name: /^Changes/ });
    await press(changes, 'Shift+Tab');
    await hasFocusInside(page.getByRole('dialog'));
    await press(page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }));
    await page.getByText('Saved and in force.').waitFor();
    expect(await readFile(file, 'utf8')).toContain('request_log_days: 100');
  });
});
