import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { askAndWait, changed, ChatStage } from '../support/chat-stage.js';
import { eventually } from '../support/eventually.js';
import { focusOn } from '../support/keyboard.js';

describe('the list of conversations', () => {
  let stage: ChatStage;

  beforeAll(async () => {
    stage = await ChatStage.start();
  }, 60_000);

  afterAll(() => stage[Symbol.asyncDispose]());

  afterEach(async () => {
    expect(await stage.closeWindows()).toEqual([]);
  });

  const row = (page: Page, title: string) =>
    page.locator('app-conversation-list').getByRole('link', { name: title });
  const options = (page: Page, title: string) =>
    page.getByRole('button', { name: `Options of “${title}”` });
  const item = (page: Page, name: string) => page.getByRole('menuitem', { name, exact: true });
  const isFocused = (page: Page, text: string) =>
    page.waitForFunction((wanted) => document.activeElement?.textContent.includes(wanted), text);

  /** A conversation of that title, which is what was asked first. */
  async function begin(page: Page, title: string): Promise<void> {
    stage.answers(`An answer to ${title}.`);
    await page.getByRole('button', { name: 'New chat' }).first().click();
    await askAndWait(page, title, `An answer to ${title}.`);
    await row(page, title).waitFor();
  }

  it('shows at once in every window what happens in one', async () => {
    const { page } = await stage.signIn();
    const { page: other } = await stage.signIn();
    await begin(page, 'Seen elsewhere');
    await row(other, 'Seen elsewhere').waitFor();
    await options(page, 'Seen elsewhere').click();
    await item(page, 'Rename').click();
    await page.getByLabel('New title').fill('Another title');
    await page.keyboard.press('Enter');
    await row(other, 'Another title').waitFor();
    await row(other, 'Another title').click();
    await other.getByText('An answer to Seen elsewhere.').waitFor();
    await eventually(() => row(other, 'Another title').getAttribute('aria-current')).toBe('page');
  });

  it('deletes and brings back the open conversation, by the keyboard alone', async () => {
    const { page } = await stage.signIn();
    await begin(page, 'To stay');
    await begin(page, 'To go');
    const address = page.url();
    await row(page, 'To go').focus();
    await page.keyboard.press('Delete');
    await row(page, 'To go').waitFor({ state: 'detached' });
    await page.waitForURL(/\/chat$/);
    await page.getByText('“To go” was deleted.').waitFor();
    await page.keyboard.press('Control+z');
    await row(page, 'To go').waitFor();
    await page.waitForURL(address);
  });

  it('renames, pins and archives by the keyboard alone, and finds it in the archive', async () => {
    const { page } = await stage.signIn();
    await begin(page, 'A plain title');
    await row(page, 'A plain title').focus();
    await page.keyboard.press('F2');
    await page.waitForFunction(() => document.activeElement?.matches('input'));
    await page.keyboard.press('Control+a');
    await page.keyboard.type('A better title');
    await page.keyboard.press('Enter');
    await isFocused(page, 'A better title');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await focusOn(item(page, 'Rename'));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const pinned = page.getByRole('region', { name: 'Pinned' });
    await pinned.getByRole('link', { name: 'A better title' }).waitFor();
    await isFocused(page, 'A better title');
    await options(page, 'A better title').press('Enter');
    await focusOn(item(page, 'Rename'));
    await changed(page, () => item(page, 'Archive').press('Enter'));
    await row(page, 'A better title').waitFor({ state: 'detached' });
    await page.goto('/archive');
    await page.getByRole('button', { name: 'Move “A better title” out of the archive' }).click();
    await row(page, 'A better title').waitFor();
  });

  it('puts conversations into folders, begins some there, and keeps them without it', async () => {
    const { page } = await stage.signIn();
    await begin(page, 'For a folder');
    await options(page, 'For a folder').click();
    await item(page, 'Move to folder').click();
    await item(page, 'New folder…').click();
    await page.getByLabel('Name of the folder').fill('Thesis');
    await page.keyboard.press('Enter');
    const folder = page.getByRole('button', { name: 'Thesis', exact: true });
    await folder.click();
    const inside = page.getByRole('list', { name: 'Thesis' });
    await inside.getByRole('link', { name: 'For a folder' }).waitFor();
    await options(page, 'Thesis').click();
    await item(page, 'New chat in this folder').click();
    stage.answers('It is in the folder.');
    await askAndWait(page, 'Begun in it', 'It is in the folder.');
    await inside.getByRole('link', { name: 'Begun in it' }).waitFor();
    await options(page, 'Thesis').click();
    await item(page, 'Delete folder').click();
    await page.getByRole('button', { name: 'Delete folder' }).last().click();
    await folder.waitFor({ state: 'detached' });
    await row(page, 'For a folder').waitFor();
  });

  it('finds words in what was said, by the keyboard alone', async () => {
    const { page } = await stage.signIn();
    await begin(page, 'About photosynthesis');
    await begin(page, 'About something else');
    await page.keyboard.press('Control+k');
    await focusOn(page.getByRole('combobox', { name: 'Search conversations and commands' }));
    await page.keyboard.type('photosyn');
    const found = page.getByRole('option', { name: /About photosynthesis/ }).first();
    await found.waitFor();
    await eventually(() => found.locator('mark').textContent()).toBe('photosynthesis');
    await page.keyboard.press('Enter');
    const conversation = page.getByLabel('Conversation', { exact: true });
    await conversation.getByText('An answer to About photosynthesis.').waitFor();
    await page.keyboard.press('Control+k');
    await focusOn(page.getByRole('combobox', { name: 'Search conversations and commands' }));
    await page.keyboard.type('switch to dark');
    await page.getByRole('option', { name: 'Switch to dark', selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() =>
      getComputedStyle(document.documentElement).colorScheme.startsWith('dark'),
    );
  });

  it('opens a hit at its message, in a branch that is not shown', async () => {
    const { page } = await stage.signIn();
    stage.answers('The zebra is in this branch.', 'Another branch.', 'And on it goes.');
    await askAndWait(page, 'Two branches', 'The zebra is in this branch.');
    await page.getByRole('button', { name: 'Edit the question' }).click();
    await page.getByLabel('Your question, to be asked in other words').fill('Other words');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByText('Another branch.').waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
    await askAndWait(page, 'Further on', 'And on it goes.');
    const seek = async (words: string) => {
      await page.keyboard.press('Control+k');
      const field = page.getByRole('combobox', { name: 'Search conversations and commands' });
      await field.fill(words);
      const hit = page.getByRole('option').filter({ has: page.locator('mark') });
      await hit.first().waitFor();
      await field.press('Enter');
      await field.waitFor({ state: 'detached' });
    };
    const isFocusedIn = (text: string) =>
      page.waitForFunction((wanted) => {
        const heading = document.activeElement;
        const isSeen = (heading?.getBoundingClientRect().top ?? -1) >= 0;
        return isSeen && heading?.closest('article')?.textContent.includes(wanted);
      }, text);
    await seek('zebra');
    await isFocusedIn('The zebra is in this branch.');
    await page.getByRole('group', { name: 'Branch 1 of 2' }).waitFor();
    await page.getByLabel('Message', { exact: true }).focus();
    await seek('zebra');
    await isFocusedIn('The zebra is in this branch.');
  });

  it('shares what was said until then, and takes it back', async () => {
    const { page } = await stage.signIn();
    await begin(page, 'To be shared');
    await options(page, 'To be shared').click();
    await item(page, 'Share').click();
    await page.getByRole('button', { name: 'Create a link' }).click();
    const link = page.getByLabel('Link to the shared conversation');
    const address = new URL(await link.inputValue()).pathname;
    await page.getByRole('button', { name: 'Done' }).click();
    const { page: reader } = await stage.signIn();
    await reader.goto(address);
    await reader.getByText('An answer to To be shared.').waitFor();
    expect(await reader.getByRole('textbox').count()).toBe(0);
    await page.goto('/your-data');
    await page.getByRole('button', { name: 'Stop sharing “To be shared”' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Stop sharing' }).click();
    await page.getByText('You share nothing.').waitFor();
  });

  it('takes everything along, and brings in what another product exported', async () => {
    const { page } = await stage.signIn();
    await begin(page, 'To take along');
    await page.goto('/your-data');
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export everything' }).click();
    expect((await saving).suggestedFilename()).toMatch(/\.zip$/);
    const exported = [
      { title: 'From elsewhere', mapping: MAPPING, current_node: 'b' },
      { title: 'x' },
    ];
    await page.setInputFiles('input[type=file]', {
      name: 'conversations.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(exported)),
    });
    await page.getByText('1 conversation was brought in, 1 skipped.').waitFor();
    await row(page, 'From elsewhere').click();
    await page.getByText('Hello from there').waitFor();
  });
});

const said = (role: string, text: string) => ({
  author: { role },
  create_time: 1_790_000_000,
  content: { content_type: 'text', parts: [text] },
});

/** A conversation as ChatGPT exports it. */
const MAPPING = {
  a: { id: 'a', parent: null, children: ['b'], message: said('user', 'Hello from there') },
  b: { id: 'b', parent: 'a', children: [], message: said('assistant', 'Hello back') },
};
