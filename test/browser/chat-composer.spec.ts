import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, type Page } from 'playwright-core';
import { launchChromium } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { focusOn, hasFocusInside } from '../support/keyboard.js';
import { LumenServer } from '../support/lumen/lumen-server.js';
import { type Look, WatchedPage } from '../support/page-watch.js';
import {
  chunkText,
  DONE,
  ScriptedUpstream,
  stream,
  USAGE_CHUNK,
} from '../support/scripted-upstream.js';

/** The two that differ most. */
const LOOKS = [
  { theme: 'dark', size: 'wide' },
  { theme: 'light', size: 'phone' },
] as const;
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC',
  'base64',
);
const NOTES = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('It is 42.') };
const PHOTO = { name: 'photo.png', mimeType: 'image/png', buffer: PNG };
const DISGUISED = { name: 'disguised.txt', mimeType: 'text/plain', buffer: PNG };
const ANSWER = 'That is what I say.';

describe('the message field', () => {
  const running = new AsyncDisposableStack();
  const windows: WatchedPage[] = [];
  let browser: Browser;
  let upstream: ScriptedUpstream;
  let server: LumenServer;

  beforeAll(async () => {
    browser = running.adopt(await launchChromium(), (each) => each.close());
    upstream = running.use(await ScriptedUpstream.start());
    upstream.usual = stream(chunkText(ANSWER), USAGE_CHUNK, DONE);
    const model = (name: string, more: object = {}) => ({
      name,
      description: `Is called ${name}`,
      input_cost_per_million: 0,
      output_cost_per_million: 0,
      endpoints: [{ url: upstream.url }],
      ...more,
    });
    const models = [
      model('plain'),
      model('seeing', { input_modalities: ['text', 'image'] }),
      model('thinking', { supports_reasoning: true }),
      model('outside', {
        needs_ack: true,
        ack_message: 'Your questions **leave the campus**.',
        notice: 'Only public data may leave the campus.',
      }),
      model('dear', { input_cost_per_million: 1e6, output_cost_per_million: 1e6 }),
    ];
    server = running.use(await LumenServer.start({ models: JSON.stringify(models) }));
  }, 60_000);

  afterAll(() => running.disposeAsync());

  afterEach(async () => {
    const closed = windows.splice(0);
    for (const window of closed) await window[Symbol.asyncDispose]();
    const wrong = closed.flatMap(({ errors, foreignRequests }) => [...errors, ...foreignRequests]);
    // The browser's own note of a refused upload, which the page shows on the chip.
    expect(wrong.filter((line) => !line.includes('status of 415'))).toEqual([]);
  });

  async function signIn(look?: Look): Promise<Page> {
    const watched = await WatchedPage.open(browser, server.url, look);
    windows.push(watched);
    await watched.page.goto('/');
    await watched.page.getByRole('link', { name: 'Sign in' }).click();
    await watched.page.getByRole('button', { name: /^Model: / }).waitFor();
    // The page gives the field the focus by itself; keys pressed before would go elsewhere.
    await watched.page.waitForFunction(() => document.activeElement?.id === 'message');
    return watched.page;
  }

  const field = (page: Page) => page.getByLabel('Message', { exact: true });
  const send = (page: Page) => page.getByRole('button', { name: 'Send', exact: true });
  const file = (page: Page, name: string) =>
    page.getByRole('list', { name: 'Attachments' }).getByRole('listitem').filter({ hasText: name });
  const asked = () => JSON.parse(upstream.lastRequest.bytes.toString()) as AskedUpstream;

  /** The model in force, by the name on its chip. */
  const chip = (page: Page, name: string) =>
    page.getByRole('button', { name: `Model: ${name}, available. Change model` });

  async function choose(page: Page, name: string): Promise<void> {
    await page.keyboard.press('Control+Shift+M');
    const search = page.getByRole('combobox', { name: 'Search models' });
    await search.fill(name);
    await search.press('Enter');
    await search.waitFor({ state: 'detached' });
  }

  it('takes files by the button, and says on the chip why it refuses one', async () => {
    const page = await signIn();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Attach files' }).click();
    await (await chooser).setFiles([NOTES, DISGUISED]);
    await file(page, 'notes.txt').getByText('tokens').waitFor();
    await file(page, 'disguised.txt').getByText('is an image (PNG) by its content').waitFor();
    await page.getByRole('button', { name: 'Remove disguised.txt' }).click();
    await field(page).fill('What is it?');
    await send(page).click();
    await page.getByText(ANSWER).waitFor();
    expect(JSON.stringify(asked().messages)).toContain('It is 42.');
    await page.getByRole('list', { name: 'Attachments' }).waitFor({ state: 'detached' });
  });

  it('takes files by the keyboard alone', async () => {
    const page = await signIn();
    await field(page).fill('What is it?');
    await page.keyboard.press('Tab');
    await eventually(() => focused(page)).toBe('Attach files');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Attach files' }).press('Enter');
    await (await chooser).setFiles([NOTES, PHOTO]);
    await file(page, 'notes.txt').getByText('tokens').waitFor();
    await file(page, 'photo.png').getByText('tokens').waitFor();
    await field(page).focus();
    await page.keyboard.press('Shift+Tab');
    await eventually(() => focused(page)).toBe('Remove photo.png');
    await page.keyboard.press('Enter');
    await file(page, 'photo.png').waitFor({ state: 'detached' });
    await eventually(() => focused(page)).toBe('Message');
    await page.keyboard.press('Enter');
    await page.getByText(ANSWER).waitFor();
  });

  it('takes what is dropped anywhere on the page, and what is pasted', async () => {
    const page = await signIn();
    const carried = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['dropped'], 'dropped.txt', { type: 'text/plain' }));
      return transfer;
    });
    await page.dispatchEvent('body', 'dragenter', { dataTransfer: carried });
    await page.getByText('Drop files to attach them').waitFor();
    await page.dispatchEvent('nav', 'drop', { dataTransfer: carried });
    await page.getByText('Drop files to attach them').waitFor({ state: 'hidden' });
    await file(page, 'dropped.txt').getByText('tokens').waitFor();
    await field(page).focus();
    await paste(page, 'A long story. '.repeat(400));
    await page.getByText('You pasted 5,600 characters.').waitFor();
    await page.getByRole('button', { name: 'Attach as a file' }).click();
    await file(page, 'pasted.txt').getByText('tokens').waitFor();
    await eventually(() => field(page).inputValue()).toBe('');
  });

  it('keeps text and files over a reload, for each conversation its own', async () => {
    const page = await signIn();
    await field(page).fill('half a thought');
    await page.locator('input[type=file]').setInputFiles([PHOTO]);
    await file(page, 'photo.png').getByText('tokens').waitFor();
    await page.reload();
    await file(page, 'photo.png').getByText('tokens').waitFor();
    await eventually(() => field(page).inputValue()).toBe('half a thought');
    await page.getByRole('button', { name: 'Remove photo.png' }).click();
    await send(page).click();
    await page.waitForURL(/\/chat\/[\da-f-]{36}$/);
    await field(page).fill('only here');
    await page.keyboard.press('Control+Shift+O');
    await page.waitForURL(/\/chat$/);
    await eventually(() => field(page).inputValue()).toBe('');
    await page.goBack();
    await page.getByText(ANSWER).waitFor();
    await eventually(() => field(page).inputValue()).toBe('only here');
  });

  it('does not show images to a model that cannot see, and offers one that can', async () => {
    const page = await signIn();
    await field(page).fill('What do you see?');
    await page.locator('input[type=file]').setInputFiles([PHOTO]);
    await page.getByText('plain cannot see images.').waitFor();
    await eventually(() => send(page).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Switch to seeing' }).click();
    await chip(page, 'seeing').waitFor();
    await page.locator('#message:focus').waitFor();
    await send(page).click();
    await page.getByText(ANSWER).waitFor();
    expect(JSON.stringify(asked().messages)).toContain('data:image/png;base64,');
  });

  it.each(['light', 'dark'] as const)(
    'tells who goes on with a model that cannot see the images of before (%s)',
    async (theme) => {
      const page = await signIn({ theme, size: theme === 'light' ? 'wide' : 'phone' });
      await choose(page, 'seeing');
      await chip(page, 'seeing').waitFor();
      await page.locator('input[type=file]').setInputFiles([PHOTO]);
      await file(page, 'photo.png').getByText('tokens').waitFor();
      await field(page).fill('What do you see?');
      await send(page).click();
      await page.getByText(ANSWER).waitFor();
      await choose(page, 'plain');
      await page.getByText('plain cannot see the images of this chat.').waitFor();
      await windows.at(-1)!.picture(`chat-blind-${theme}`);
      expect(await windows.at(-1)!.violations()).toEqual([]);
      await page.getByRole('button', { name: 'Hide this hint' }).click();
      await page.locator('#message:focus').waitFor();
      await field(page).fill('And now?');
      await send(page).click();
      await page.getByText('This model did not see the images of the chat').waitFor();
      await page.getByText(ANSWER).nth(1).waitFor();
      await windows.at(-1)!.picture(`chat-unseen-${theme}`);
      expect(JSON.stringify(asked().messages)).not.toContain('data:image/png;base64,');
    },
    60_000,
  );

  it('asks for an agreement once, by the keyboard too', async () => {
    const page = await signIn();
    await choose(page, 'outside');
    const dialog = page.getByRole('dialog', { name: 'Before you use outside' });
    await dialog.getByText('leave the campus').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await chip(page, 'plain').waitFor();
    await choose(page, 'outside');
    await dialog.getByText('leave the campus').waitFor();
    await hasFocusInside(dialog);
    await dialog.getByRole('button', { name: 'I agree' }).press('Enter');
    await chip(page, 'outside').waitFor();
    await page.getByText('Only public data may leave the campus.').waitFor();
    await page.reload();
    await chip(page, 'outside').waitFor();
    await field(page).fill('May I?');
    await page.keyboard.press('Enter');
    await page.getByText(ANSWER).waitFor();
  });

  it('sets up the conversation by the keyboard, and keeps that as a preset', async () => {
    const page = await signIn();
    await choose(page, 'thinking');
    await chip(page, 'thinking').waitFor();
    await page.keyboard.press('Control+.');
    await page.getByRole('heading', { name: 'Settings of this chat' }).waitFor();
    await page.getByLabel('System prompt').press('Control+A');
    await page.keyboard.type('You are a pirate.');
    await page.keyboard.press('Tab');
    await page.keyboard.type('H');
    await page.getByText('Advanced').press('Enter');
    await page.getByLabel('Temperature').fill('3');
    await page.keyboard.press('Tab');
    await page.getByText('A number from 0 to 2.').waitFor();
    await page.getByLabel('Temperature').fill('0.5');
    await page.keyboard.press('Tab');
    await page.getByText('Saved').waitFor();
    await page.getByLabel('Save as a preset').fill('Pirate');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Use the preset Pirate' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByLabel('System prompt').waitFor({ state: 'detached' });
    await page.keyboard.press('Shift+Escape');
    await focusOn(field(page));
    await page.keyboard.type('Ahoy?');
    await page.keyboard.press('Enter');
    await page.getByText(ANSWER).waitFor();
    expect(asked()).toMatchObject({
      messages: [{ role: 'system', content: 'You are a pirate.' }, { content: 'Ahoy?' }],
      temperature: 0.5,
      reasoning_effort: 'high',
    });
  });

  it('uses, renames and deletes presets', async () => {
    const page = await signIn();
    await page.getByRole('button', { name: 'Settings of this chat' }).click();
    await page.getByLabel('System prompt').fill('Be brief.');
    await page.getByLabel('Save as a preset').fill('Brief');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'Rename Brief' }).click();
    await page.getByLabel('Name of the preset').fill('Short');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Reset to the model’s own' }).click();
    await page.getByRole('button', { name: 'Use the preset Short' }).click();
    await eventually(() => page.getByLabel('System prompt').inputValue()).toBe('Be brief.');
    await page.getByRole('button', { name: 'Delete Short' }).click();
    await page.getByRole('button', { name: 'Use the preset Short' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Use the preset Short' }).waitFor();
    await page.getByRole('button', { name: 'Delete Short' }).click();
    await page.getByRole('button', { name: 'Use the preset Short' }).waitFor({ state: 'detached' });
  });

  it('asks two models at once', async () => {
    const page = await signIn();
    await page.keyboard.press('Control+Shift+M');
    await page.getByRole('button', { name: 'Ask a second model too' }).press('Enter');
    await page.getByRole('combobox', { name: 'Search models' }).fill('think');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Second model: thinking. Change it' }).waitFor();
    await field(page).fill('Who is right?');
    await send(page).click();
    await page.getByText(ANSWER).nth(1).waitFor();
    await page.getByRole('button', { name: 'Ask only one model' }).click();
    await page.getByRole('button', { name: 'Second model: thinking. Change it' }).waitFor({
      state: 'detached',
    });
  });

  it('begins new chats with the model that is starred', async () => {
    const page = await signIn();
    await choose(page, 'seeing');
    await chip(page, 'seeing').click();
    await page.getByRole('button', { name: 'Begin new chats with seeing' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'Search models' }).waitFor({ state: 'detached' });
    await choose(page, 'thinking');
    await chip(page, 'thinking').waitFor();
    await field(page).fill('One');
    await send(page).click();
    await page.getByText(ANSWER).waitFor();
    await page.keyboard.press('Control+Shift+O');
    await chip(page, 'seeing').waitFor();
  });

  it.each(LOOKS)(
    'is open to everyone: $size, $theme',
    async (look) => {
      const page = await signIn(look);
      const watched = windows.at(-1)!;
      await field(page).fill('What are these?');
      await page.locator('input[type=file]').setInputFiles([NOTES, PHOTO, DISGUISED]);
      await file(page, 'disguised.txt').getByText('is an image').waitFor();
      await page.getByText('plain cannot see images.').waitFor();
      expect(await watched.violations()).toEqual([]);
      await watched.picture(`composer-files-${look.size}-${look.theme}`);
      await chip(page, 'plain').click();
      await page.getByRole('option').first().waitFor();
      expect(await watched.violations()).toEqual([]);
      await watched.picture(`composer-picker-${look.size}-${look.theme}`);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Settings of this chat' }).click();
      await page.getByLabel('System prompt').fill('Be brief.');
      await page.getByText('Advanced').click();
      expect(await watched.violations()).toEqual([]);
      await watched.picture(`composer-settings-${look.size}-${look.theme}`);
    },
    60_000,
  );
});

interface AskedUpstream {
  messages: { role: string; content: unknown }[];
}

/** The name of what has the focus. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement } = document;
    const label = activeElement?.getAttribute('aria-label');
    return label ?? document.querySelector(`label[for="${activeElement?.id}"]`)?.textContent ?? '';
  });
}

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press('Control+V');
}
