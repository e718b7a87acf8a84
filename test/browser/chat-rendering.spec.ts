import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { HOSTILE_DIAGRAMS } from '../../client/src/testing/hostile-diagrams.js';
import { HOSTILE_MARKDOWN } from '../../client/src/testing/hostile-markdown.js';
import { ask, askAndWait, ChatStage } from '../support/chat-stage.js';
import { eventually } from '../support/eventually.js';
import { focusOn } from '../support/keyboard.js';
import { THEMES } from '../support/page-watch.js';

const DIAGRAM =
  '```mermaid\nflowchart LR\n  A[Data] --> B{Normal?}\n  B -->|yes| C[t-test]\n```\n\n';
const LONG_LINE = `x = "${'long '.repeat(60)}"`;

describe('what a model writes', () => {
  let stage: ChatStage;

  beforeAll(async () => {
    stage = await ChatStage.start();
  }, 60_000);

  afterAll(() => stage[Symbol.asyncDispose]());

  afterEach(async () => {
    expect(await stage.closeWindows()).toEqual([]);
  });

  const picture = (page: Page) => page.getByRole('img', { name: /^Diagram \(flowchart\)/ });

  it.each(THEMES)('is drawn if it is a diagram, and its source is at hand (%s)', async (theme) => {
    const watched = await stage.signIn({ theme });
    const { page } = watched;
    stage.answers(`${DIAGRAM}Drawn.`);
    await askAndWait(page, 'Draw it', 'Drawn.');
    await picture(page).waitFor();
    const width = () => picture(page).evaluate((img: HTMLImageElement) => img.naturalWidth);
    await eventually(width).toBeGreaterThan(100);
    expect(await watched.violations()).toEqual([]);
    await watched.picture(`chat-diagram-${theme}-1440`);
    await page.getByRole('button', { name: 'Show the source' }).click();
    await page.locator('pre', { hasText: 'A[Data]' }).waitFor();
    await page.getByRole('button', { name: 'Copy code' }).click();
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await eventually(copied).toContain('flowchart LR');
    await page.getByRole('button', { name: 'Show the diagram' }).click();
    await picture(page).waitFor();
  });

  it('says why a diagram cannot be drawn, and shows its source', async () => {
    const { page } = await stage.signIn();
    stage.answers('```mermaid\nflowchart LR\n  A[[[ -->\n```\n\nTried.');
    await askAndWait(page, 'Draw nonsense', 'Tried.');
    await page.getByText('This diagram could not be drawn.').waitFor();
    await page.locator('pre', { hasText: 'A[[[' }).waitFor();
  });

  it('wraps the long lines of code when asked to, by keyboard too', async () => {
    const { page } = await stage.signIn();
    stage.answers(`\`\`\`python\n${LONG_LINE}\n\`\`\`\n\nWide.`);
    await askAndWait(page, 'Wide code', 'Wide.');
    const isWide = () => page.locator('pre').evaluate((pre) => pre.scrollWidth > pre.clientWidth);
    await eventually(isWide).toBe(true);
    await page.getByRole('button', { name: 'Wrap long lines' }).focus();
    await page.keyboard.press('Space');
    await eventually(isWide).toBe(false);
  });

  it.each(THEMES)(
    'has footnotes, and pictures from elsewhere as links (%s)',
    async (theme) => {
      const watched = await stage.signIn({ theme, size: 'phone' });
      const { page } = watched;
      const paragraphs = 'Some more words, to have a way to go.\n\n'.repeat(30);
      stage.answers(
        `As said.[^1]\n\n![A cat](https://cats.example/cat.png)\n\n${paragraphs}Noted.\n\n[^1]: By **somebody**.`,
      );
      await askAndWait(page, 'With notes', 'Noted.');
      const address = page.url();
      const link = page.getByRole('link', { name: 'Image: A cat (cats.example)' });
      await eventually(() => link.getAttribute('href')).toBe('https://cats.example/cat.png');
      await page.getByRole('button', { name: 'Footnote 1' }).focus();
      await watched.picture(`chat-notes-${theme}-390`);
      await page.keyboard.press('Enter');
      const note = page.getByRole('note', { name: 'Footnote 1' });
      await focusOn(note);
      await watched.picture(`chat-note-${theme}-390`);
      expect(await watched.violations()).toEqual([]);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await focusOn(page.getByRole('button', { name: 'Footnote 1' }));
      expect(page.url()).toBe(address);
    },
    60_000,
  );

  it('runs nothing and loads nothing, whatever of the known attacks it is', async () => {
    const { page } = await stage.signIn();
    await page.evaluate(() => {
      (window as { alert: unknown }).alert = () => Object.assign(window, { isPwned: true });
    });
    stage.answers(`${HOSTILE_MARKDOWN.join('\n\n')}\n\nAll attacks.`);
    await askAndWait(page, 'Attack', 'All attacks.');
    await expectHarmless(page);
  });

  it('runs nothing as a diagram either', async () => {
    const watched = await stage.signIn();
    const { page } = watched;
    const blocks = HOSTILE_DIAGRAMS.map((source) => `\`\`\`mermaid\n${source}\n\`\`\``);
    stage.answers(`${blocks.join('\n\n')}\n\nAll diagrams.`);
    await askAndWait(page, 'Attack by diagrams', 'All diagrams.');
    for (const block of await page.locator('[data-diagram]').all()) {
      await block.scrollIntoViewIfNeeded();
      await block.locator('.diagram-picture, .diagram-fault').first().waitFor();
    }
    await expectHarmless(page);
  });

  it('does not stop the page when it is enormous', async () => {
    const { page } = await stage.signIn();
    stage.answers(`${enormous()}\n\nThe very end.`);
    await ask(page, 'Write two megabytes');
    await page.locator('pre', { hasText: 'line 9999' }).waitFor({ timeout: 120_000 });
    await page.getByLabel('Message', { exact: true }).pressSequentially('Still typing');
    expect(await page.getByLabel('Message', { exact: true }).inputValue()).toBe('Still typing');
    await page.getByText('The very end.').waitFor({ timeout: 240_000, state: 'attached' });
  }, 400_000);
});

/** Two megabytes: ten thousand lines of code, and two thousand paragraphs. */
function enormous(): string {
  const lines = Array.from({ length: 10_000 }, (_, index) => `line ${index} of the code`);
  const words = 'word '.repeat(160);
  const paragraphs = Array.from({ length: 2_000 }, (_, index) => `Paragraph **${index}** ${words}`);
  return ['```', ...lines, '```', '', paragraphs.join('\n\n')].join('\n');
}

async function expectHarmless(page: Page): Promise<void> {
  expect(await page.evaluate(() => 'isPwned' in window)).toBe(false);
  const forbidden =
    'script, iframe, object, embed, form, [onclick], [onerror], a[href^="javascript"]';
  expect(await page.locator('app-markdown').locator(forbidden).count()).toBe(0);
  expect(await page.getByLabel('Message', { exact: true }).isVisible()).toBe(true);
}
