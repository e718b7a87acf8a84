import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, askAndWait, ChatStage } from '../support/chat-stage.js';
import { eventually } from '../support/eventually.js';
import { focusOn } from '../support/keyboard.js';
import { SIZES } from '../support/page-watch.js';

describe('a conversation as a tree', () => {
  let stage: ChatStage;

  beforeAll(async () => {
    stage = await ChatStage.start();
  }, 60_000);

  afterAll(() => stage[Symbol.asyncDispose]());

  afterEach(async () => {
    expect(await stage.closeWindows()).toEqual([]);
  });

  it('keeps both branches when a question is put in other words', async () => {
    const { page } = await stage.signIn();
    stage.answers('To the first wording.', 'To the second wording.');
    await askAndWait(page, 'First wording', 'To the first wording.');
    await page.getByRole('button', { name: 'Edit the question' }).click();
    await page.getByLabel('Your question, to be asked in other words').fill('Second wording');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByText('To the second wording.').waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
    const branches = page.getByRole('group', { name: 'Branch 2 of 2' });
    await branches.getByRole('button', { name: 'Previous branch' }).click();
    await page.getByText('To the first wording.').waitFor();
    await page.reload();
    await page.getByText('To the first wording.').waitFor();
    await page.getByRole('group', { name: 'Branch 1 of 2' }).waitFor();
  });

  it('edits the last question and switches its branches by the keyboard alone', async () => {
    const { page } = await stage.signIn();
    stage.answers('About cats.', 'About dogs.');
    await page.getByLabel('Message', { exact: true }).focus();
    await page.keyboard.type('Tell me about cats');
    await page.keyboard.press('Enter');
    await page.getByText('About cats.').waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
    await page.keyboard.press('ArrowUp');
    const editor = page.getByLabel('Your question, to be asked in other words');
    await focusOn(editor);
    await page.keyboard.press('Escape');
    await editor.waitFor({ state: 'detached' });
    await page.getByLabel('Message', { exact: true }).focus();
    await page.keyboard.press('ArrowUp');
    await focusOn(editor);
    await page.keyboard.press('Control+A');
    await page.keyboard.type('Tell me about dogs');
    await page.keyboard.press('Control+Enter');
    await page.getByText('About dogs.').waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
    await page.getByRole('group', { name: 'Branch 2 of 2' }).waitFor();
    await page.getByRole('button', { name: 'Previous branch' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('About cats.').waitFor();
  });

  it('answers again, with the same model and with another', async () => {
    const { page } = await stage.signIn();
    stage.answers('One answer.', 'Another answer.', 'A third answer.');
    await askAndWait(page, 'Answer me thrice', 'One answer.');
    await page.getByRole('button', { name: 'Answer again' }).click();
    await page.getByRole('menuitem', { name: 'scripted once more' }).click();
    await page.getByText('Another answer.').waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Answer again' }).click();
    await page.getByRole('menuitem', { name: 'second', exact: true }).click();
    await page.getByText('A third answer.').waitFor();
    await page.getByRole('group', { name: 'Branch 3 of 3' }).waitFor();
    await eventually(() => page.getByRole('heading', { name: 'second said' }).count()).toBe(1);
  });

  it('goes on with an answer that was stopped', async () => {
    const { page } = await stage.signIn();
    stage.beginsAnswer('The beginning', ' never comes');
    await ask(page, 'Begin and go on');
    await page.getByText('The beginning').waitFor();
    await page.getByRole('button', { name: 'Stop the answer' }).click();
    await page.getByText('Stopped.').waitFor();
    stage.answers(' and the end.');
    await page.getByRole('button', { name: 'Continue the answer' }).click();
    await page.getByText('The beginning and the end.').waitFor();
  });

  it('goes on in a new chat from an answer', async () => {
    const { page } = await stage.signIn();
    stage.answers('Fork here.', 'In the copy.');
    await askAndWait(page, 'A question to fork', 'Fork here.');
    const original = page.url();
    await page.getByRole('button', { name: 'More for this answer' }).click();
    await page.getByRole('menuitem', { name: 'Continue in a new chat from here' }).click();
    await page.waitForURL((url) => url.href !== original && url.pathname.startsWith('/chat/'));
    await page.getByText('Fork here.').waitFor();
    await askAndWait(page, 'Further', 'In the copy.');
    await page.goto(original);
    await page.getByText('Fork here.').waitFor();
    expect(await page.locator('.bubble').allTextContents()).toEqual(['A question to fork']);
    expect(await page.getByText('In the copy.').count()).toBe(0);
  });

  it('deletes a question with what follows, and takes that back by button or by keys', async () => {
    const { page } = await stage.signIn();
    stage.answers('Stays.', 'Goes.');
    await askAndWait(page, 'One that stays', 'Stays.');
    await askAndWait(page, 'One that goes', 'Goes.');
    await page.getByRole('button', { name: 'Delete the question' }).last().click();
    await page.getByText('Goes.').waitFor({ state: 'detached' });
    await page.getByText('Stays.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Goes.').waitFor();
    await page.getByRole('button', { name: 'Delete the question' }).last().click();
    await page.getByText('Goes.').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    await page.keyboard.press('Control+z');
    await page.getByText('Goes.').waitFor();
    await page.reload();
    await page.getByText('Goes.').waitFor();
  });

  it.each(['phone', 'wide'] as const)('covers nothing one needs with a toast, %s', async (size) => {
    const watched = await stage.signIn({ size });
    const { page } = watched;
    const { width } = SIZES[size];
    stage.answers('Stays.', 'Goes.');
    await askAndWait(page, 'One that stays', 'Stays.');
    await askAndWait(page, 'One that goes', 'Goes.');
    await page.getByRole('button', { name: 'Delete the question' }).last().click();
    const toast = page.locator('.mat-mdc-snackbar-surface');
    await toast.getByRole('button', { name: 'Undo' }).waitFor();
    await watched.settled();
    const needed = [
      page.getByLabel('Message', { exact: true }),
      page.getByRole('button', { name: 'Send', exact: true }),
      page.getByRole('button', { name: /^Account/ }),
    ];
    const { x, y, width: wide, height } = (await toast.boundingBox())!;
    expect(x + wide).toBeLessThanOrEqual(width);
    const dock = (await page.locator('app-composer').boundingBox())!;
    expect(dock.y - (y + height)).toBeLessThan(40);
    for (const one of needed) {
      if (!(await one.isVisible())) continue;
      const box = (await one.boundingBox())!;
      const isApart =
        box.x >= x + wide ||
        box.x + box.width <= x ||
        box.y >= y + height ||
        box.y + box.height <= y;
      expect({ box, isApart }).toEqual({ box, isApart: true });
    }
  });

  it('shows two models side by side, and goes on from one of them', async () => {
    const { page } = await stage.signIn();
    stage.answers('Said by one.', 'Said by one.');
    await page.getByRole('button', { name: 'Compare two models' }).click();
    await page.getByRole('option', { name: /second/ }).click();
    await ask(page, 'Both of you');
    const columns = page.getByRole('group', { name: 'Answers side by side' });
    await columns.getByText('Said by one.').nth(1).waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
    // Both are asked on after a reload.
    await page.reload();
    await page.getByRole('button', { name: 'Second model: second. Change it' }).waitFor();
    await page.getByRole('button', { name: 'Continue with this' }).last().click();
    await columns.getByText('The chat goes on from this answer').waitFor();
    await page.getByRole('button', { name: 'Ask only one model' }).click();
    stage.answers('On from there.');
    await askAndWait(page, 'And further?', 'On from there.');
    await page.reload();
    await page.getByText('On from there.').waitFor();
  });

  it('answers again what was asked of two, as a branch one gets to and back from', async () => {
    const { page } = await stage.signIn();
    stage.answers('Said by two.', 'Said by two.');
    await page.getByRole('button', { name: 'Compare two models' }).click();
    await page.getByRole('option', { name: /second/ }).click();
    await ask(page, 'Both of you once more');
    const columns = page.getByRole('group', { name: 'Answers side by side' });
    await columns.getByText('Said by two.').nth(1).waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
    stage.answers('A third thing.');
    await columns.getByRole('button', { name: 'Answer again' }).first().click();
    await page.getByRole('menuitem', { name: 'scripted once more' }).click();
    await page.getByText('A third thing.').waitFor();
    await page.getByRole('group', { name: 'Branch 3 of 3' }).waitFor();
    await page.getByRole('button', { name: 'Previous branch' }).click();
    await columns.getByText('Said by two.').nth(1).waitFor();
    await columns.getByRole('button', { name: 'Next branch' }).last().click();
    await page.getByText('A third thing.').waitFor();
  });
});
