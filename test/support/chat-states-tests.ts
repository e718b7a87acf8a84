import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { ask, askAndWait, ChatStage } from './chat-stage.js';
import { SIZES, type THEMES } from './page-watch.js';

const ANSWER = [
  'Use **lme4** with a random intercept per subject.\n\n',
  'The model is $y_{ij} = \\beta_0 + u_j$ and\n\n$$\\sum_{i=1}^n i = \\frac{n(n+1)}{2}$$\n\n',
  '| term | estimate |\n|---|---:|\n| intercept | 4.2 |\n\n',
  '```python\ndef add(a, b):\n    return a + b\n```\n\nThat is all.',
].join('');

const NOTES = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('It is 42.') };
const DISGUISED = {
  name: 'disguised.txt',
  mimeType: 'text/plain',
  buffer: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
};
const SLOW = { name: 'slow.txt', mimeType: 'text/plain', buffer: Buffer.from('On its way.') };

type StateLook = { readonly theme: (typeof THEMES)[number]; readonly size: keyof typeof SIZES };

/** Looks at every state of the chat in each of these looks, and has axe look. */
export function describeChatStates(looks: readonly StateLook[]): void {
  describe('every state of the chat', () => statesIn(looks));
}

function statesIn(looks: readonly StateLook[]): void {
  let stage: ChatStage;

  beforeAll(async () => {
    stage = await ChatStage.start();
  }, 60_000);

  afterAll(() => stage[Symbol.asyncDispose]());

  let expected = /^$/;
  afterEach(async () => {
    const faults = await stage.closeWindows();
    expect(faults.filter((fault) => !expected.test(fault))).toEqual([]);
    expected = /^$/;
  });

  /** Each state: how to come to it. */
  const STATES: Record<string, (page: Page) => Promise<void>> = {
    empty: async (page) => {
      await page
        .getByRole('group', { name: 'Suggestions' })
        .or(page.getByText('Quiz me'))
        .first()
        .waitFor();
    },
    streaming: async (page) => {
      stage.beginsAnswer(ANSWER, ' more');
      await ask(page, 'How do I fit a random-intercept model?');
      await page.getByText('That is all.').waitFor();
    },
    answered: async (page) => {
      stage.answers(ANSWER);
      await askAndWait(page, 'How do I fit a random-intercept model?', 'That is all.');
      await page.locator('pre [class^="hljs-"]').first().waitFor();
    },
    failed: async (page) => {
      expected = /Failed to load resource/;
      stage.upstream.next((_request, response) => void response.writeHead(400).end('{}'));
      await ask(page, 'A question that is refused');
      await page.getByText('The model did not accept this', { exact: true }).waitFor();
    },
    editing: async (page) => {
      stage.answers('An answer.');
      await askAndWait(page, 'A question to edit', 'An answer.');
      await page.getByRole('button', { name: 'Edit the question' }).click();
      await page.getByLabel('Your question, to be asked in other words').waitFor();
    },
    search: async (page) => {
      await page.keyboard.press('Control+K');
      await page.getByRole('combobox').waitFor();
    },
    models: async (page) => {
      await page.keyboard.press('Control+Shift+M');
      await page.getByRole('option', { name: /second/ }).waitFor();
    },
    settings: async (page) => {
      await page.keyboard.press('Control+.');
      await page.getByRole('textbox', { name: 'System prompt' }).waitFor();
    },
    shortcuts: async (page) => {
      await page.keyboard.press('Control+/');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    },
    files: async (page) => {
      expected = /status of 415/;
      const picker = page.locator('input[type=file]');
      const file = (name: string) => page.getByRole('listitem').filter({ hasText: name });
      await picker.setInputFiles([NOTES, DISGUISED]);
      await file('notes.txt').getByText('tokens').waitFor();
      await file('disguised.txt').getByText('by its content').waitFor();
      // It goes on only when the window is closed.
      await page.route('**/chat/attachments', () => undefined);
      await picker.setInputFiles(SLOW);
      await file('slow.txt')
        .getByText(/^(Uploading|Being read)/)
        .waitFor();
    },
    compared: async (page) => {
      await page.getByRole('button', { name: 'Compare two models' }).click();
      await page.getByRole('option', { name: /second/ }).click();
      stage.answers('Said by one.', 'Said by one.');
      await ask(page, 'Both of you');
      await page.getByText('Said by one.').first().waitFor();
      await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
    },
  };

  describe.each(Object.keys(STATES))('%s', (state) => {
    it.each(looks)('is accessible ($theme, $size)', async ({ theme, size }) => {
      const watched = await stage.signIn({ theme, size });
      await STATES[state]!(watched.page);
      await watched.settled();
      await watched.picture(`chat-${state}-${theme}-${SIZES[size].width}`);
      expect(await watched.violations()).toEqual([]);
      expect(await overflows(watched.page)).toBe(false);
    });
  });

  it('fits 320 pixels, and text of twice the size', async () => {
    const watched = await stage.signIn();
    const { page } = watched;
    stage.answers(ANSWER);
    await askAndWait(page, 'Narrow?', 'That is all.');
    await page.setViewportSize({ width: 320, height: 640 });
    await watched.picture('chat-answered-light-320');
    expect(await overflows(page)).toBe(false);
    expect(await watched.violations()).toEqual([]);
    // What is left of 1440 by 900 when everything is shown at twice its size.
    await page.setViewportSize({ width: 720, height: 450 });
    await watched.picture('chat-answered-light-200-percent');
    expect(await overflows(page)).toBe(false);
  });

  it('is whole in forced colours and without motion', async () => {
    const watched = await stage.signIn();
    const { page } = watched;
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    stage.answers(ANSWER);
    await askAndWait(page, 'Forced colours?', 'That is all.');
    await watched.picture('chat-answered-forced-colours');
    const running = () =>
      page.evaluate(() => document.getAnimations().filter((a) => a.playState === 'running').length);
    expect(await running()).toBe(0);
  });
}

function overflows(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
}
