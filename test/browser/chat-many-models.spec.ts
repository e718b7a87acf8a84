import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { askAndWait, ChatStage } from '../support/chat-stage.js';
import { eventually } from '../support/eventually.js';
import { focusOn } from '../support/keyboard.js';
import { SIZES } from '../support/page-watch.js';

/** More than a menu can show. */
const MODELS = ['scripted', ...Array.from({ length: 59 }, (_, index) => `model-${index}`)].map(
  (name) => ({ name, input_cost_per_million: 1, output_cost_per_million: 1 }),
);

describe('an answer where there are many models', () => {
  let stage: ChatStage;

  beforeAll(async () => {
    stage = await ChatStage.start(undefined, { models: MODELS });
  }, 60_000);

  afterAll(() => stage[Symbol.asyncDispose]());

  afterEach(async () => {
    expect(await stage.closeWindows()).toEqual([]);
  });

  it.each(['wide', 'phone'] as const)('costs nothing by a second press (%s)', async (size) => {
    const watched = await stage.signIn({ size });
    const { page } = watched;
    stage.answers('The only answer.');
    await askAndWait(page, 'Once', 'The only answer.');
    const before = stage.upstream.requests.length;
    const items = page.getByRole('menuitem');
    await page.getByRole('button', { name: 'Answer again' }).dblclick();
    await watched.settled();
    await page.keyboard.press('Escape');
    await items.first().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Answer again' }).click();
    await page.getByRole('menuitem', { name: 'Another model…' }).waitFor();
    await watched.picture(`chat-again-light-${SIZES[size].width}`);
    expect(await items.count()).toBe(5);
    expect(stage.upstream.requests).toHaveLength(before);
  });

  it('comes from any of them, found by its name and by the keyboard alone', async () => {
    const { page } = await stage.signIn();
    stage.answers('By the first.', 'By another.');
    await askAndWait(page, 'Twice', 'By the first.');
    const again = page.getByRole('button', { name: 'Answer again' });
    await again.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'scripted once more' }).waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await focusOn(page.getByRole('combobox', { name: 'Search models' }));
    await page.keyboard.press('Escape');
    await focusOn(again);
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'scripted once more' }).waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await focusOn(page.getByRole('combobox', { name: 'Search models' }));
    await page.keyboard.type('model-42');
    await page.keyboard.press('Enter');
    await page.getByText('By another.').waitFor();
    await eventually(() => page.getByRole('heading', { name: 'model-42 said' }).count()).toBe(1);
  });
});
