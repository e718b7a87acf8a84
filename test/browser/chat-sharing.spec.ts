import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { Campus, passSignIn } from '../support/campus.js';
import { askAndWait } from '../support/chat-stage.js';
import { eventually } from '../support/eventually.js';
import { askByKeys, focusOn, press } from '../support/keyboard.js';
import { violationsInLooks } from '../support/looks.js';

/** The browser's own note of an address that shows nothing. */
const GONE = /status of 404/;

describe('a shared conversation', () => {
  let campus: Campus;

  beforeAll(async () => {
    campus = await Campus.start();
  }, 60_000);

  afterAll(() => campus[Symbol.asyncDispose]());

  let expected = /^$/;
  afterEach(async () => {
    const faults = await campus.closeWindows();
    expect(faults.filter((fault) => !expected.test(fault))).toEqual([]);
    expected = /^$/;
  });

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const link = (page: Page) => page.getByLabel('Link to the shared conversation');
  const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
  const gone = (page: Page) => page.getByText('This link shows nothing');

  it('is read by others as it was, renewed, and taken back', async () => {
    expected = GONE;
    const { page } = await campus.signIn('Ada Lovelace');
    campus.stage.answers('Because of scattering.', 'It is a longer way.');
    await askAndWait(page, 'Why is the sky blue?', 'Because of scattering.');
    await button(page, 'Share').click();
    await button(page, 'Create a link').click();
    await page.getByText('The link is ready.').waitFor();
    await button(page, 'Copy the link').click();
    const address = await link(page).inputValue();
    await eventually(() => copied(page)).toBe(address);
    await button(page, 'Done').click();
    await askAndWait(page, 'And at dusk?', 'It is a longer way.');

    const reading = await campus.signIn('Ben Reader');
    const { page: reader } = reading;
    await reader.goto(address);
    await reader.getByText('Because of scattering.').waitFor();
    await reader.getByText('Shared by Ada Lovelace.').waitFor();
    expect(await reader.getByText('It is a longer way.').count()).toBe(0);
    expect(await reader.getByRole('textbox').count()).toBe(0);
    expect(await reader.getByRole('main').getByRole('button').count()).toBe(0);

    await button(page, 'Shared. Change or end sharing').click();
    await button(page, 'Update').click();
    await page.getByText('The link now shows the conversation as it is.').waitFor();
    await reader.reload();
    await reader.getByText('It is a longer way.').waitFor();

    await button(page, 'Stop sharing').click();
    await page.getByText('The link no longer works.').waitFor();
    await reader.reload();
    await gone(reader).waitFor();
    expect(await reading.violations()).toEqual([]);
    await reader.getByRole('link', { name: 'Go to the chat' }).click();
    await reader.getByLabel('Message', { exact: true }).waitFor();
  }, 60_000);

  it('is made, renewed and ended by the keyboard alone', async () => {
    expected = GONE;
    const { page } = await campus.signIn('Grace Keys');
    campus.stage.answers('Said at first.', 'Said later.');
    await askByKeys(page, 'By the keyboard', 'Said at first.');
    await press(button(page, 'Share'), 'Shift+Tab');
    await press(button(page, 'Create a link'));
    await page.getByText('The link is ready.').waitFor();
    // What was pressed is gone; what it made has the focus, and is selected.
    await focusOn(link(page));
    await page.keyboard.press('Control+C');
    const address = await link(page).inputValue();
    await eventually(() => copied(page)).toBe(address);
    await page.keyboard.press('Escape');
    const shared = button(page, 'Shared. Change or end sharing');
    await focusOn(shared);

    await page.keyboard.press('Shift+Escape');
    await askByKeys(page, 'And on', 'Said later.');
    await press(shared, 'Shift+Tab');
    await press(button(page, 'Update'));
    await page.getByText('The link now shows the conversation as it is.').waitFor();
    const { page: reader } = await campus.signIn('Ben Keys');
    await reader.goto(address);
    await reader.getByText('Said later.').waitFor();

    await press(button(page, 'Stop sharing'));
    await page.getByText('The link no longer works.').waitFor();
    await focusOn(button(page, 'Create a link'));
    await page.keyboard.press('Escape');
    await focusOn(button(page, 'Share'));
    await reader.reload();
    await gone(reader).waitFor();
    await press(reader.getByRole('link', { name: 'Go to the chat' }));
    await focusOn(reader.getByRole('heading', { level: 1, name: 'New chat' }));
  }, 60_000);

  it('is in the list of what one shares, and ended there by the keyboard alone', async () => {
    const { page } = await campus.signIn('Lise Lists');
    campus.stage.answers('One answer.');
    await askByKeys(page, 'To be listed', 'One answer.');
    await press(button(page, 'Share'), 'Shift+Tab');
    await press(button(page, 'Create a link'));
    await focusOn(link(page));
    await page.keyboard.press('Escape');
    await press(page.getByRole('button', { name: 'Account' }), 'Shift+Tab');
    await press(page.getByRole('link', { name: 'Your data' }));
    await focusOn(page.getByRole('heading', { level: 1, name: 'Your data' }));
    await page.getByText('2 messages, as of').waitFor();
    await press(page.getByRole('link', { name: /^View\s*: To be listed$/ }));
    await page.getByText('You share this conversation.').waitFor();
    await page.goBack();
    await press(button(page, 'Stop sharing “To be listed”'));
    await press(page.getByRole('alertdialog').getByRole('button', { name: 'Stop sharing' }));
    await page.getByText('You share nothing.').waitFor();
    await focusOn(page.getByRole('heading', { name: 'What you share' }));
  });

  it('is there for whoever signs in first', async () => {
    const { page } = await campus.signIn('Ada Again');
    campus.stage.answers('Worth a login.');
    await askAndWait(page, 'Behind a login', 'Worth a login.');
    await button(page, 'Share').click();
    await button(page, 'Create a link').click();
    const address = await link(page).inputValue();
    const { page: stranger } = await campus.stage.open();
    campus.expect('Nora New');
    await stranger.goto(address);
    await passSignIn(stranger);
    await stranger.getByText('Worth a login.').waitFor();
    await stranger.waitForURL(address);
  });

  it('is open to everyone', async () => {
    const watched = await campus.signIn('Everybody');
    const { page } = watched;
    campus.stage.answers('An answer with `code` in it.');
    await askAndWait(page, 'Who may read this?', 'An answer with');
    await button(page, 'Share').click();
    await button(page, 'Create a link').click();
    await page.getByText('The link is ready.').waitFor();
    const address = await link(page).inputValue();
    expect(await violationsInLooks(watched, 'share')).toEqual([]);
    await page.goto('/your-data');
    await button(page, 'Stop sharing “Who may read this?”').waitFor();
    expect(await violationsInLooks(watched, 'your-data')).toEqual([]);
    await page.goto(address);
    await page.getByText('An answer with').waitFor();
    expect(await violationsInLooks(watched, 'shared')).toEqual([]);
  }, 60_000);

  it('is shared on a phone, too', async () => {
    const { page } = await campus.signIn('Phoebe Phone', { size: 'phone' });
    campus.stage.answers('Said on a phone.');
    await askAndWait(page, 'On the way', 'Said on a phone.');
    await button(page, 'More for this chat').click();
    await page.getByRole('menuitem', { name: 'Share' }).click();
    await button(page, 'Create a link').click();
    await page.getByText('The link is ready.').waitFor();
  });
});
