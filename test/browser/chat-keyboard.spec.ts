import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { askAndWait, ChatStage } from '../support/chat-stage.js';
import { eventually } from '../support/eventually.js';
import { focusOn, hasFocusInside } from '../support/keyboard.js';

describe('the keyboard in the chat', () => {
  let stage: ChatStage;

  beforeAll(async () => {
    stage = await ChatStage.start();
  }, 60_000);

  afterAll(() => stage[Symbol.asyncDispose]());

  afterEach(async () => {
    expect(await stage.closeWindows()).toEqual([]);
  });

  const message = (page: Page) => page.getByLabel('Message', { exact: true });

  it('reaches the message field by Shift and Escape, and stops an answer by Escape', async () => {
    const { page } = await stage.signIn();
    stage.beginsAnswer('To be stopped', ' never');
    await message(page).focus();
    await page.keyboard.type('Stop by key');
    await page.keyboard.press('Enter');
    await page.getByText('To be stopped').waitFor();
    await page.getByRole('button', { name: 'Account' }).focus();
    await page.keyboard.press('Shift+Escape');
    await focusOn(message(page));
    await page.keyboard.press('Escape');
    await page.getByText('Stopped.').waitFor();
    await focusOn(message(page));
  });

  it('loses nothing that is pressed before the models are there', async () => {
    const watched = await stage.signIn();
    const { page } = watched;
    const gate = Promise.withResolvers<void>();
    await page.route('**/chat/models', async (route) => {
      await gate.promise;
      await route.continue();
    });
    stage.answers('In good time.');
    await page.reload();
    await page.waitForFunction(() => document.activeElement?.id === 'message');
    await page.keyboard.type('Too early');
    await page.keyboard.press('Enter');
    await page.getByText('Your question is sent as soon as everything is loaded.').waitFor();
    await page.keyboard.press('Control+Shift+M');
    await page.getByRole('combobox', { name: 'Search models' }).waitFor();
    await watched.picture('chat-models-loading-light-1440');
    expect(await watched.violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'Search models' }).waitFor({ state: 'detached' });
    await watched.picture('chat-question-waiting-light-1440');
    await page.keyboard.press('Control+Shift+M');
    await page.getByRole('combobox', { name: 'Search models' }).waitFor();
    gate.resolve();
    await page.getByRole('option', { name: /^second/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('In good time.').waitFor();
    await page.getByText('Too early').first().waitFor();
  }, 60_000);

  it('goes from turn to turn', async () => {
    const { page } = await stage.signIn();
    stage.answers('Turn one.', 'Turn two.');
    await askAndWait(page, 'First of the turns', 'Turn one.');
    await askAndWait(page, 'Second of the turns', 'Turn two.');
    const heading = () => page.evaluate(() => document.activeElement?.tagName);
    await page.keyboard.press('Alt+ArrowUp');
    await eventually(heading).toBe('H2');
    await page.keyboard.press('Alt+ArrowUp');
    await page.keyboard.press('Alt+ArrowDown');
    await eventually(heading).toBe('H2');
  });

  it('opens search, settings, models and the list of shortcuts, and closes each again', async () => {
    const { page } = await stage.signIn();
    await page.keyboard.press('Control+K');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+.');
    await page.getByRole('textbox', { name: 'System prompt' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: 'System prompt' }).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Shift+M');
    await page.getByRole('option', { name: /second/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('option').first().waitFor({ state: 'detached' });
    await page.keyboard.press('Control+/');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('copies the last code block', async () => {
    const { page } = await stage.signIn();
    stage.answers('```python\nx = 1\n```\n\nThat is it.');
    await askAndWait(page, 'Code to copy', 'That is it.');
    await page.keyboard.press('Control+Shift+;');
    await page.waitForFunction(async () =>
      (await navigator.clipboard.readText()).includes('x = 1'),
    );
  });

  it('takes other keys for a shortcut, and none while they are switched off', async () => {
    const watched = await stage.signIn();
    const { page } = watched;
    await page.keyboard.press('Control+/');
    const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await hasFocusInside(dialog);
    await dialog.getByRole('button', { name: /Change the keys for “Search and commands”/ }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Shift+Y');
    await dialog.getByRole('button', { name: /“Search and commands”: ?Ctrl ?Shift ?Y/ }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.reload();
    await message(page).waitFor();
    await page.keyboard.press('Control+Shift+Y');
    await page.getByRole('combobox').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('combobox').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+/');
    await page.getByRole('switch', { name: 'Use keyboard shortcuts' }).click();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Shift+Y');
    // It has been opened before, so that nothing of it would have to be fetched now.
    await watched.settled();
    expect(await page.getByRole('combobox').count()).toBe(0);
  });

  it('attaches a file, removes it, and never traps the focus', async () => {
    const { page } = await stage.signIn();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Attach files' }).press('Enter');
    await (
      await chooser
    ).setFiles({ name: 'data.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') });
    await page.getByRole('button', { name: 'Remove data.csv' }).waitFor();
    await page.getByText(/≈ .* tokens/).waitFor();
    await page.getByRole('button', { name: 'Remove data.csv' }).press('Enter');
    await page.getByRole('button', { name: 'Remove data.csv' }).waitFor({ state: 'detached' });
    await focusOn(message(page));
  });
});
