import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { askAndWait, changed, ChatStage } from '../support/chat-stage.js';
import { eventually } from '../support/eventually.js';

describe('kept conversations', () => {
  let stage: ChatStage;

  beforeAll(async () => {
    stage = await ChatStage.start();
  }, 60_000);

  afterAll(() => stage[Symbol.asyncDispose]());

  afterEach(async () => {
    expect(await stage.closeWindows()).toEqual([]);
  });

  const row = (page: Page, title: string) => page.getByRole('link', { name: title, exact: true });

  /** A conversation that has this title, opened in a window of its own. */
  const begin = async (title: string): Promise<Page> => {
    const { page } = await stage.signIn();
    stage.answers(`Answer to ${title}.`);
    await askAndWait(page, title, `Answer to ${title}.`);
    await row(page, title).waitFor();
    return page;
  };

  const choose = async (page: Page, title: string, item: string | RegExp): Promise<void> => {
    await row(page, title).hover();
    await page.getByRole('button', { name: `Options of “${title}”` }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };

  it('are listed, and open again at their own address', async () => {
    const page = await begin('Alpha question');
    await page.keyboard.press('Control+Shift+O');
    await page.getByText('Answer to Alpha question.').waitFor({ state: 'detached' });
    await row(page, 'Alpha question').click();
    await page.getByText('Answer to Alpha question.').waitFor();
    await eventually(() => row(page, 'Alpha question').getAttribute('aria-current')).toBe('page');
    await eventually(() => page.title()).toContain('Alpha question');
    await page.goBack();
    await page.getByText('Answer to Alpha question.').waitFor({ state: 'detached' });
  });

  it('are renamed in the list, by mouse and by keyboard', async () => {
    const page = await begin('Beta question');
    await choose(page, 'Beta question', 'Rename');
    await page.getByLabel('New title').fill('Beta by mouse');
    await page.keyboard.press('Enter');
    await row(page, 'Beta by mouse').waitFor();
    await row(page, 'Beta by mouse').focus();
    await page.keyboard.press('F2');
    await page.getByLabel('New title').fill('Beta by keys');
    await changed(page, () => page.keyboard.press('Enter'));
    await row(page, 'Beta by keys').waitFor();
    await page.reload();
    await row(page, 'Beta by keys').waitFor();
  });

  it('are pinned, and stay so', async () => {
    const page = await begin('Gamma question');
    await changed(page, () => choose(page, 'Gamma question', 'Pin'));
    await page.reload();
    await row(page, 'Gamma question').waitFor();
    const pinned = page.getByRole('region', { name: 'Pinned' });
    await pinned.getByRole('link', { name: 'Gamma question', exact: true }).waitFor();
  });

  it('are archived and come back', async () => {
    const page = await begin('Delta question');
    await changed(page, () => choose(page, 'Delta question', 'Archive'));
    await row(page, 'Delta question').waitFor({ state: 'detached' });
    await page.goto('/archive');
    await page.getByRole('button', { name: 'Move “Delta question” out of the archive' }).click();
    await row(page, 'Delta question').first().waitFor();
  });

  it('are deleted, and not if one thinks better of it', async () => {
    const page = await begin('Epsilon question');
    await choose(page, 'Epsilon question', 'Delete');
    await row(page, 'Epsilon question').waitFor({ state: 'detached' });
    // The page begins anew, with its field in the middle: what is said now stands below, not on it.
    await page.locator('.page.is-empty').waitFor();
    const { height } = page.viewportSize()!;
    await eventually(async () => {
      const box = await page.locator('.app-toast').boundingBox();
      return box !== null && height - box.y - box.height < 40;
    }).toBe(true);
    await page.getByRole('button', { name: 'Undo' }).click();
    await row(page, 'Epsilon question').waitFor();
    await page.reload();
    await row(page, 'Epsilon question').waitFor();
  });

  it('move into a folder', async () => {
    const page = await begin('Zeta question');
    await choose(page, 'Zeta question', 'Move to folder');
    await page.getByRole('menuitem', { name: 'New folder…' }).click();
    await page.getByLabel('Name of the folder').fill('Statistics');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('button', { name: 'Statistics', exact: true }).waitFor();
  });

  it('are found by their words, and opened by the keyboard', async () => {
    const page = await begin('Needle in a haystack');
    await page.keyboard.press('Control+Shift+O');
    await page.keyboard.press('Control+K');
    await page.locator('[role=combobox]:focus').waitFor();
    await page.keyboard.type('haystack');
    await page
      .getByRole('option', { name: /Needle in a haystack/ })
      .first()
      .waitFor();
    // It only repeats what stands elsewhere, and browsers stop at whatever scrolls.
    expect(await page.locator('app-search-preview[aria-hidden]').getAttribute('tabindex')).toBe(
      '-1',
    );
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('Answer to Needle in a haystack.').first().waitFor();
  });

  it('are exported', async () => {
    const page = await begin('Eta question');
    await page.getByRole('button', { name: 'More for this chat' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Export as Markdown' }).click();
    expect((await download).suggestedFilename()).toMatch(/\.md$/);
  });

  it('are shared, read, and no longer shared', async () => {
    const page = await begin('Theta question');
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Create a link' }).click();
    const link = await dialog.getByLabel('Link to the shared conversation').inputValue();
    const reader = await page.context().newPage();
    await reader.goto(link);
    await reader.getByText('Answer to Theta question.').waitFor();
    await dialog.getByRole('button', { name: 'Stop sharing' }).click();
    await page.getByText('The link no longer works.').first().waitFor();
    expect((await page.request.get(`/chat/shared/${link.split('/').at(-1)}`)).status()).toBe(404);
  });

  it('of others are not there', async () => {
    const watched = await stage.signIn();
    await watched.page.goto('/chat/01890000-0000-7000-8000-000000000000');
    await watched.page.getByText('There is no such chat').waitFor();
    watched.errors.length = 0; // the browser itself reports the 404 as a failed resource
  });
});
