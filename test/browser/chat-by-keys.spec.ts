import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { ChatStage } from '../support/chat-stage.js';
import { eventually } from '../support/eventually.js';
import { askByKeys, focusOn, press, tabTo } from '../support/keyboard.js';
import { chunkText, DONE, stream, USAGE_CHUNK } from '../support/scripted-upstream.js';

describe('the chat by the keyboard alone', () => {
  let stage: ChatStage;

  beforeAll(async () => {
    stage = await ChatStage.start();
  }, 60_000);

  afterAll(() => stage[Symbol.asyncDispose]());

  afterEach(async () => {
    expect(await stage.closeWindows()).toEqual([]);
  });

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const message = (page: Page) => page.getByLabel('Message', { exact: true });
  const sendButton = (page: Page) => button(page, 'Send');
  const asked = () => JSON.parse(stage.upstream.lastRequest.bytes.toString()) as { model: string };
  const prompt = (page: Page) => page.getByLabel('System prompt');

  it('keeps settings as a preset, applies, renames and deletes it', async () => {
    const { page } = await stage.signIn();
    await focusOn(message(page));
    await page.keyboard.press('Control+.');
    await tabTo(prompt(page));
    await page.keyboard.type('Be brief.');
    await tabTo(page.getByLabel('Save as a preset'));
    await page.keyboard.type('Brief');
    await page.keyboard.press('Enter');
    const apply = (name: string) => button(page, `Use the preset ${name}`);
    await apply('Brief').waitFor();
    await press(button(page, 'Rename Brief'), 'Shift+Tab');
    await focusOn(page.getByRole('textbox', { name: 'Name of the preset' }).first());
    await page.keyboard.press('Control+A');
    await page.keyboard.type('Short');
    await page.keyboard.press('Enter');
    await focusOn(apply('Short'));
    await page.keyboard.press('Escape');

    await page.keyboard.press('Control+Shift+O');
    await focusOn(message(page));
    await page.keyboard.press('Control+.');
    await prompt(page).waitFor();
    await eventually(() => prompt(page).inputValue()).toBe('');
    await press(apply('Short'));
    await eventually(() => prompt(page).inputValue()).toBe('Be brief.');
    await press(button(page, 'Delete Short'));
    await apply('Short').waitFor({ state: 'detached' });
    await focusOn(page.getByLabel('Save as a preset'));
    await page.keyboard.press('Escape');
    await prompt(page).waitFor({ state: 'detached' });
    await page.keyboard.press('Shift+Escape');
    stage.answers('Briefly.');
    await askByKeys(page, 'How?', 'Briefly.');
    expect(asked()).toMatchObject({ messages: [{ content: 'Be brief.' }, { content: 'How?' }] });
  });

  it('begins a temporary chat, of which nothing is kept', async () => {
    const { page } = await stage.signIn();
    await focusOn(message(page));
    await press(button(page, 'Temporary chat'), 'Shift+Tab');
    await page.getByText('nothing of it is kept').waitFor();
    await page.keyboard.press('Shift+Escape');
    stage.answers('Not for the list.', 'Nor this.');
    await askByKeys(page, 'Between us', 'Not for the list.');
    await askByKeys(page, 'Still between us', 'Nor this.');
    expect(new URL(page.url()).pathname).toBe('/chat');
    await page.reload();
    await page.getByRole('button', { name: /^Model: scripted/ }).waitFor();
    expect(await page.getByText('etween us').count()).toBe(0);
    const kept = await page.request.get('/chat/conversations?view=recent&limit=60');
    expect(await kept.text()).not.toContain('etween us');
    const found = await page.request.get('/chat/search?q=between');
    expect(await found.text()).not.toContain('etween us');
  });

  it('opens and folds the reasoning', async () => {
    const { page } = await stage.signIn();
    stage.answers('<think>Let me ponder.</think>The outcome.');
    await askByKeys(page, 'Think', 'The outcome.');
    const thoughts = page.getByRole('button', { name: /^Thought/ });
    await tabTo(thoughts, 'Shift+Tab');
    await eventually(() => thoughts.getAttribute('aria-expanded')).toBe('false');
    await page.getByText('Let me ponder.').waitFor({ state: 'hidden' });
    await page.keyboard.press('Enter');
    await page.getByText('Let me ponder.').waitFor();
    await eventually(() => thoughts.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('Space');
    await page.getByText('Let me ponder.').waitFor({ state: 'hidden' });
    await focusOn(thoughts);
  });

  it('asks two models side by side, and goes on from the second', async () => {
    const { page } = await stage.signIn();
    await focusOn(message(page));
    await press(button(page, 'Compare two models'), 'Shift+Tab');
    await page.getByRole('option', { name: /second/ }).waitFor();
    await focusOn(page.getByRole('combobox', { name: 'Search models' }));
    await page.keyboard.type('second');
    await page.keyboard.press('Enter');
    await button(page, 'Second model: second. Change it').waitFor();
    await page.keyboard.press('Shift+Escape');
    stage.answers('Said by either.', 'Said by either.');
    await focusOn(message(page));
    await page.keyboard.type('Both of you');
    await page.keyboard.press('Enter');
    const columns = page.getByRole('group', { name: 'Answers side by side' });
    await columns.getByText('Said by either.').nth(1).waitFor();
    await sendButton(page).waitFor();
    await press(button(page, 'Continue with this'), 'Shift+Tab');
    await focusOn(message(page));
    await columns.getByText('The chat goes on from this answer').waitFor();
    stage.answers('On from there.', 'On from there.');
    await page.keyboard.type('And now?');
    await page.keyboard.press('Enter');
    await page.getByText('On from there.').first().waitFor();
  });

  it('copies an answer, and goes on in a new chat from it', async () => {
    const { page } = await stage.signIn();
    stage.answers('Worth **copying**.', 'Elsewhere.');
    await askByKeys(page, 'Copy and fork', 'Worth copying.');
    await press(button(page, 'Copy the answer'), 'Shift+Tab');
    await page.waitForFunction(
      async () => (await navigator.clipboard.readText()) === 'Worth **copying**.',
    );
    const original = page.url();
    await press(button(page, 'More for this answer'));
    const fork = page.getByRole('menuitem', { name: 'Continue in a new chat from here' });
    await focusOn(fork);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.href !== original && url.pathname.startsWith('/chat/'));
    await page.getByText('Worth copying.').waitFor();
    await page.keyboard.press('Shift+Escape');
    await askByKeys(page, 'Further', 'Elsewhere.');
  });

  it('goes on with an answer that reached its limit', async () => {
    const { page } = await stage.signIn();
    stage.upstream.next(stream(chunkText('The beginning'), CUT, USAGE_CHUNK, DONE));
    await askByKeys(page, 'Say it all', 'The beginning');
    await page.getByText('The answer reached its length limit.').waitFor();
    stage.answers(' and the end.');
    await press(button(page, 'Continue the answer'), 'Shift+Tab');
    await page.getByText('The beginning and the end.').waitFor();
    await focusOn(message(page));
  });

  it('answers again with another model', async () => {
    const { page } = await stage.signIn();
    stage.answers('One answer.', 'Another answer.');
    await askByKeys(page, 'Twice, please', 'One answer.');
    await press(button(page, 'Answer again'), 'Shift+Tab');
    const other = page.getByRole('menuitem', { name: 'second', exact: true });
    await focusOn(page.getByRole('menuitem').first());
    await page.keyboard.press('ArrowDown');
    await focusOn(other);
    await page.keyboard.press('Enter');
    await page.getByText('Another answer.').waitFor();
    await page.getByRole('group', { name: 'Branch 2 of 2' }).waitFor();
    await focusOn(button(page, 'Answer again'));
  });

  it('keeps the focus by an answer that is written anew', async () => {
    const { page } = await stage.signIn();
    stage.answers('One answer.');
    await askByKeys(page, 'Slowly, please', 'One answer.');
    const finish = stage.beginsAnswer('In good', ' time.');
    await press(button(page, 'Answer again'), 'Shift+Tab');
    await focusOn(page.getByRole('menuitem').first());
    await page.keyboard.press('Enter');
    await focusOn(page.getByRole('heading', { name: 'scripted said' }));
    finish();
    await focusOn(button(page, 'Answer again'));
    await page.getByText('In good time.').waitFor();
  });
});

const CUT = `data: ${JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'upstream-name',
  choices: [{ index: 0, delta: {}, finish_reason: 'length' }],
})}\n\n`;
