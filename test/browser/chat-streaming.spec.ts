import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, askAndWait, ChatStage } from '../support/chat-stage.js';
import { eventually } from '../support/eventually.js';
import { completion, status } from '../support/scripted-upstream.js';

/** What the browser itself says when a server or the network is gone. */
const NETWORK_NOISE = /ERR_|Failed to load resource|net::/;

/** A process that is gone is noticed within seconds. */
const SOON = 'budgets:\n  lease_s: 5\n  reaper_interval_s: 1';

describe('an answer that is being written', () => {
  let stage: ChatStage;

  beforeAll(async () => {
    stage = await ChatStage.start(SOON);
  }, 60_000);

  afterAll(() => stage[Symbol.asyncDispose]());

  afterEach(async () => {
    const faults = await stage.closeWindows();
    stage.upstream.usual = completion('Hello');
    expect(faults.filter((fault) => !NETWORK_NOISE.test(fault))).toEqual([]);
  });

  it('is rejoined after a reload', async () => {
    const { page } = await stage.signIn();
    const finish = stage.beginsAnswer('Before the reload', ' and after it.');
    await ask(page, 'Reload me');
    await page.getByText('Before the reload').waitFor();
    await page.waitForURL(/\/chat\/.+/);
    await page.reload();
    await page.getByText('Before the reload').waitFor();
    await page.getByRole('button', { name: 'Stop the answer' }).waitFor();
    finish();
    await page.getByText('Before the reload and after it.').waitFor();
  });

  it('is seen and stopped in a second tab', async () => {
    const { page } = await stage.signIn();
    stage.beginsAnswer('For both tabs', ' never comes');
    await ask(page, 'Two tabs');
    await page.getByText('For both tabs').waitFor();
    await page.waitForURL(/\/chat\/.+/);
    const second = await page.context().newPage();
    await second.goto(page.url());
    await second.getByText('For both tabs').waitFor();
    await second.getByRole('button', { name: 'Stop the answer' }).click();
    await second.getByText('Stopped.').waitFor();
    await page.getByText('Stopped.').waitFor();
    await page.getByText('For both tabs').waitFor();
  });

  it('goes on after the network was away', async () => {
    const { page } = await stage.signIn();
    const finish = stage.beginsAnswer('Before the gap', ' and after the gap.');
    await ask(page, 'Lose the network');
    await page.getByText('Before the gap').waitFor();
    await page.waitForURL(/\/chat\/.+/);
    const network = await page.context().newCDPSession(page);
    await network.send('Network.enable');
    const offline = (isOffline: boolean) =>
      network.send('Network.emulateNetworkConditions', {
        offline: isOffline,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput: -1,
      });
    await offline(true);
    finish();
    await offline(false);
    await page.getByText('Before the gap and after the gap.').waitFor();
  });

  it('goes on after the server was started anew', async () => {
    const { page } = await stage.signIn();
    stage.beginsAnswer('Before the restart', ' never sent');
    await ask(page, 'Restart the server');
    await page.getByText('Before the restart').waitFor();
    await page.waitForURL(/\/chat\/.+/);
    await stage.restart(() => stage.answers(' and after it.'));
    await page.getByText('Before the restart and after it.').waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
  }, 120_000);

  it('does not lose a question when two tabs ask at once', async () => {
    const { page } = await stage.signIn();
    stage.answers('The common beginning.');
    await askAndWait(page, 'Begin together', 'The common beginning.');
    const second = await page.context().newPage();
    await second.goto(page.url());
    await second.getByText('The common beginning.').waitFor();
    stage.answers('To a tab.', 'To a tab.');
    await Promise.all([ask(page, 'From the first tab'), ask(second, 'From the second tab')]);
    await page.getByText('To a tab.').first().waitFor();
    await second.getByText('To a tab.').first().waitFor();
    await page.reload();
    // Whichever comes first: beside each other, or the later one after the answer to the earlier.
    const branches = page.getByRole('group', { name: /Branch \d of 2/ });
    const both = page.locator('.bubble', { hasText: /From the (first|second) tab/ }).nth(1);
    await branches.or(both).first().waitFor();
  });

  it('is tried again where the model had failed, and the question stays', async () => {
    const { page } = await stage.signIn();
    stage.upstream.usual = status(500, '{}');
    await ask(page, 'A question that fails');
    const failure = page.getByText('The model is not available', { exact: true });
    await failure.waitFor();
    await page.reload();
    await failure.waitFor();
    stage.answers('Now it is answered.');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Now it is answered.').waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
    await failure.waitFor({ state: 'detached' });
    await eventually(() => page.locator('.bubble').allTextContents()).toEqual([
      'A question that fails',
    ]);
  });

  it('keeps a draft through a reload', async () => {
    const { page } = await stage.signIn();
    await page.getByLabel('Message', { exact: true }).fill('Half a question');
    await page.reload();
    await page.getByLabel('Message', { exact: true }).waitFor();
    const field = page.getByLabel('Message', { exact: true });
    await eventually(() => field.inputValue()).toBe('Half a question');
  });

  it('shows reasoning as it comes, and folds it once the answer begins', async () => {
    const { page } = await stage.signIn();
    const finish = stage.beginsAnswer('<think>First I ponder', ' enough</think>The answer.');
    await ask(page, 'Think first');
    await page.getByText('First I ponder').waitFor();
    finish();
    await page.getByText('The answer.').waitFor();
    const thoughts = page.getByRole('button', { name: /^Thought/ });
    await eventually(() => thoughts.getAttribute('aria-expanded')).toBe('false');
    await thoughts.press('Enter');
    await page.getByText('First I ponder enough').waitFor();
  });

  it('leaves nothing behind in a temporary chat', async () => {
    const { page } = await stage.signIn();
    await page.getByRole('button', { name: 'Temporary chat' }).click();
    await page.getByText('nothing of it is kept').waitFor();
    stage.answers('Not for the records.');
    await askAndWait(page, 'Between us', 'Not for the records.');
    const list = await page.request.get('/chat/conversations?view=recent&limit=60');
    expect(await list.text()).not.toContain('Between us');
    await page.reload();
    await page.getByRole('button', { name: 'scripted' }).first().waitFor();
    expect(await page.getByText('Not for the records.').count()).toBe(0);
  });

  it('stops a temporary chat that one leaves for another, and brings it back', async () => {
    const { page } = await stage.signIn();
    stage.answers('Kept.');
    await askAndWait(page, 'For the list', 'Kept.');
    const listed = page.getByRole('link', { name: 'For the list' });
    await listed.waitFor();
    await page.goto('/chat');
    await page.getByRole('button', { name: 'Temporary chat' }).click();
    await page.getByText('nothing of it is kept').waitFor();
    stage.beginsAnswer('Between us, ', 'never comes');
    await ask(page, 'Secretly');
    await page.getByText('Between us,').waitFor();
    await listed.click();
    await page.getByText('Kept.', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Between us,').waitFor();
    await page.waitForURL('**/chat');
    await page.getByText('Stopped.').waitFor();
  });
});
