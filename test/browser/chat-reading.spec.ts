import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Locator } from 'playwright-core';
import { askAndWait, ChatStage } from '../support/chat-stage.js';
import { faultsInLargeText, faultsOnPaper } from '../support/looks.js';

const ARABIC = 'مرحبا بك في Lumen، كيف حالك؟';
const WORD = 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz'.repeat(3);

describe('a chat, however it is read', () => {
  let stage: ChatStage;

  beforeAll(async () => {
    stage = await ChatStage.start();
  }, 60_000);

  afterAll(() => stage[Symbol.asyncDispose]());

  afterEach(async () => {
    expect(await stage.closeWindows()).toEqual([]);
  });

  it('is printed from its first word to its last', async () => {
    const watched = await stage.signIn();
    const { page } = watched;
    const long = 'Some more words, to fill a sheet of paper.\n\n'.repeat(120);
    stage.answers(`${long}The middle.`, `${long}The very end.`);
    await askAndWait(page, 'Much, please', 'The middle.');
    await askAndWait(page, 'More, please', 'The very end.');
    expect(await faultsOnPaper(watched)).toEqual([]);
    const sheets = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type \/Page\b/g);
    // Two times 120 paragraphs of one line and its distance, 38 px each, on sheets of 1,123 px.
    expect(sheets!.length).toBeGreaterThan(7);
    expect(sheets!.length).toBeLessThan(14);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('heading', { name: 'Much, please' }).isVisible()).toBe(true);
    // Of all buttons only the title remains.
    expect(await page.getByRole('main').getByRole('button').count()).toBe(1);
  });

  it('runs from right to left where its language does', async () => {
    const watched = await stage.signIn();
    const { page } = watched;
    stage.answers(
      `## ${ARABIC}\n\n${ARABIC}\n\n- ${ARABIC}\n\n> ${ARABIC}\n\n| ${ARABIC} | ب |\n|---|---|\n| ج | د |\n\n` +
        'From left to right.\n\n```python\nx = 1\n```\n\n$$x^2$$\n\nAll said.',
    );
    await page.getByLabel('Message', { exact: true }).fill(ARABIC);
    expect(await direction(page.getByLabel('Message', { exact: true }))).toBe('rtl');
    await askAndWait(page, ARABIC, 'All said.');
    await watched.picture('chat-right-to-left-light-1440');
    const answer = page.locator('app-markdown');
    for (const part of ['h3', 'p >> nth=0', 'ul', 'blockquote', 'table']) {
      expect([part, await direction(answer.locator(part))]).toEqual([part, 'rtl']);
    }
    for (const part of ['p >> nth=2', 'pre', '.math', 'p >> nth=3']) {
      expect([part, await direction(answer.locator(part))]).toEqual([part, 'ltr']);
    }
    expect(await direction(page.locator('.bubble'))).toBe('rtl');
    expect(await direction(page.locator('app-conversation-row .title').first())).toBe('rtl');
    expect(await direction(page.locator('h1 .title'))).toBe('rtl');
  });

  it('keeps hidden in forced colours what only keeps a place in a formula', async () => {
    const watched = await stage.signIn();
    const { page } = watched;
    stage.answers('Water is $\\ce{H2O}$.\n\nSo it is.');
    await askAndWait(page, 'What is water?', 'So it is.');
    const places = page.locator('.katex [style*="transparent"]');
    await places.first().waitFor({ state: 'attached' });
    await page.emulateMedia({ forcedColors: 'active' });
    await watched.picture('chat-formula-forced-colours');
    const colours = await places.evaluateAll((all) =>
      all.map((each) => getComputedStyle(each).color),
    );
    expect(new Set(colours)).toEqual(new Set(['rgba(0, 0, 0, 0)']));
  });

  it('breaks a word that is longer than a column of a table may be', async () => {
    const { page } = await stage.signIn();
    stage.answers(`| word | next |\n|---|---|\n| ${WORD} | column |\n\nThat is it.`);
    await askAndWait(page, 'The longest word?', 'That is it.');
    const cell = page.locator('td').first();
    expect(await cell.evaluate((each) => each.scrollWidth - each.clientWidth)).toBe(0);
  });

  it('has room for letters of twice the size', async () => {
    const watched = await stage.signIn();
    const { page } = watched;
    stage.answers(
      'With **words**, `code` and\n\n| a | table |\n|---|---|\n| of | some |\n\nThe end.',
    );
    await askAndWait(page, 'A question of some length, to be read by everybody', 'The end.');
    const size = () => page.locator('.bubble').evaluate((each) => getComputedStyle(each).fontSize);
    expect(await size()).toBe('16px');
    await watched.setTextSize(2);
    expect(await size()).toBe('32px');
    expect(await faultsInLargeText(watched, 'chat-answered')).toEqual([]);
  });
});

function direction(part: Locator): Promise<string> {
  return part.first().evaluate((each) => getComputedStyle(each).direction);
}
