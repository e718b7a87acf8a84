import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { type ConsoleStage } from '../support/console-stage.js';
import { eventually } from '../support/eventually.js';
import { focusOn, hasFocusInside } from '../support/keyboard.js';
import { startModelsStage } from '../support/models-stage.js';

const heading = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name, exact: true });

/** What a person with this page's session could send by hand. */
const send = (page: Page, method: string, path: string, body?: object) =>
  page.evaluate(
    async ([verb, address, data]) => {
      const me = (await (await fetch('/api/me')).json()) as { csrfToken: string };
      const answer = await fetch(address, {
        method: verb,
        headers: { 'content-type': 'application/json', 'x-csrf-token': me.csrfToken },
        ...(data === null ? {} : { body: JSON.stringify(data) }),
      });
      return { status: answer.status, text: await answer.text() };
    },
    [method, path, body ?? null] as const,
  );

describe('pages about models', () => {
  let stage: ConsoleStage;

  beforeAll(async () => {
    stage = await startModelsStage();
  }, 60_000);

  afterAll(() => stage[Symbol.asyncDispose]());

  afterEach(async () => {
    const wrong = (await stage.closeWindows()).filter((each) => !/status of 40[0349]/.test(each));
    expect(wrong).toEqual([]);
  });

  it('list what there is, narrowed by what stands in the address, as cards or as a table', async () => {
    const { page } = await stage.open('user', '/models');
    await page.getByText('3 models').waitFor();
    expect(await page.getByRole('link', { name: 'retired' }).count()).toBe(0);
    const closed = page.locator('app-model-card', { hasText: 'closed' });
    await eventually(() => closed.innerText()).toContain('Not for you');
    await eventually(() => closed.innerText()).toContain('The model itself says so');
    const scripted = page.locator('app-model-card', { hasText: 'everyday' });
    await eventually(() => scripted.innerText()).toContain('0.07 in / 2 out');
    await page.getByLabel('Search by name or purpose').pressSequentially('image');
    await page.getByText('1 model', { exact: true }).waitFor();
    await focusOn(page.getByLabel('Search by name or purpose'));
    await page.waitForURL(/search=image/);
    await page.reload();
    await page.getByText('1 model', { exact: true }).waitFor();
    await page.getByLabel('Search by name or purpose').fill('');
    await page.getByLabel('Access').selectOption('Needs your agreement');
    await page.getByText('Table', { exact: true }).click();
    await page.getByRole('table', { name: 'Models' }).waitFor();
    await eventually(() => page.locator('tbody tr').count()).toBe(1);
    await eventually(() => page.url()).toMatch(/access=needs_ack/);
    await eventually(() => page.url()).toMatch(/view=table/);
    await page.getByLabel('Understands').selectOption('Images');
    await page.getByLabel('Status').selectOption('Not available');
    await page.getByText('Nothing matches these filters.').waitFor();
    await page.getByRole('link', { name: 'Reset the filters' }).click();
    await page.getByText('3 models').waitFor();
  });

  it('take an agreement by the keyboard alone, and lead into the chat', async () => {
    const { page } = await stage.open('user', '/models/org/careful');
    await heading(page, 'org/careful').waitFor();
    await page.getByText('nothing personal').waitFor();
    await eventually(() => page.getByText(/of 2 endpoints working/).count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Use in chat' }).count()).toBe(0);
    expect(await page.getByText('Addresses of the endpoints').count()).toBe(0);
    await page.getByRole('button', { name: 'I agree' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText(/You agreed on/).waitFor();
    await page.getByRole('button', { name: 'Use in chat' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/chat');
    await page.getByRole('button', { name: /Model: org\/careful/ }).waitFor();
  });

  it('show the README without its pictures, requests as bars and as a table, and addresses to engineers', async () => {
    const { page } = await stage.open('engineer', '/models/scripted');
    await page.getByRole('heading', { name: 'Qwen for campus' }).waitFor();
    expect(await page.locator('.readme img').count()).toBe(0);
    expect(await page.locator('.readme').innerText()).not.toContain('license');
    await page.getByText('Addresses of the endpoints').waitFor();
    await eventually(() => page.locator('app-request-bars svg').count()).toBe(2);
    await page.locator('app-request-bars summary').first().press('Enter');
    const hours = page.locator('app-request-bars details[open] tbody tr');
    await eventually(() => hours.count()).toBeGreaterThan(23);
    const link = page.getByRole('main').getByRole('link', { name: 'Connect your tools' });
    await eventually(() => link.getAttribute('href')).toBe('/connect?model=scripted');
  });

  it('say of a name that means nothing that there is no such model', async () => {
    const { page } = await stage.open('user', '/models/nobody/knows');
    await page.getByText('There is no such model').waitFor();
    await page.getByRole('main').getByRole('link', { name: 'All models' }).click();
    await heading(page, 'Models').waitFor();
    const refused = await send(page, 'GET', '/api/admin/endpoints');
    expect(refused.status).toBe(403);
    expect(refused.text).not.toContain('127.0.0.1');
  });

  it('make a provider by the keyboard alone, refuse at the field, test it before and after, and delete it', async () => {
    const { page } = await stage.open('engineer', '/admin/providers');
    await page.getByText('No provider yet').waitFor();
    await page.getByText('Managed by config.yaml').waitFor();
    await page.getByRole('link', { name: 'Add a provider' }).press('Enter');
    await heading(page, 'A new provider').waitFor();
    await page.getByRole('button', { name: 'Save' }).press('Enter');
    const summary = page.getByRole('alert').first();
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'alert');
    await eventually(() => summary.innerText()).toContain('Name at least one model.');
    await summary.getByRole('link', { name: /^Name/ }).press('Enter');
    await focusOn(page.getByLabel('Name', { exact: true }));
    await page.keyboard.type('Ours');
    await page.keyboard.press('Tab');
    await page.keyboard.type('ours');
    await page.keyboard.press('Tab');
    await page.keyboard.type('http://169.254.169.254/v1');
    await page.getByLabel('Key', { exact: true }).focus();
    await page.keyboard.type('sk-secret-of-the-backend-1234567890');
    await page.getByRole('textbox', { name: 'Models' }).focus();
    await page.keyboard.type('gpt-small\norg/other');
    await page.getByRole('button', { name: 'Save' }).press('Enter');
    await page.getByRole('link', { name: /never allowed/ }).waitFor();
    await eventually(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe('Ours');
    await page.getByLabel('Address').fill('http://127.0.0.1:9/v1');
    await page.getByRole('button', { name: 'Test', exact: true }).press('Enter');
    await page.getByText('It does not work').waitFor();
    await page.getByText(/connection refused/).waitFor();
    await page.getByLabel('Address').fill(stage.upstream.url);
    await page.getByRole('button', { name: 'Test', exact: true }).press('Enter');
    await page.getByText('It works').waitFor();
    await page.getByRole('button', { name: 'Ask for its models' }).press('Enter');
    await page.getByRole('list', { name: /^It lists/ }).waitFor();
    await page.getByRole('button', { name: 'Enter scripted' }).press('Enter');
    await page.waitForFunction(() =>
      document.querySelector<HTMLTextAreaElement>('#provider-models')!.value.includes('scripted'),
    );
    await page.getByRole('textbox', { name: 'Models' }).fill('gpt-small\norg/other');
    await page.getByRole('button', { name: 'Save' }).press('Enter');
    await page.getByRole('table', { name: 'Providers', exact: true }).waitFor();
    const row = page.locator('tbody tr', { hasText: 'ours/' });
    await eventually(() => row.innerText()).toContain('sk-secret-o...7890');
    expect(await page.content()).not.toContain('sk-secret-of-the-backend');
    await page.getByRole('button', { name: 'Test Ours' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Test streaming' }).click();
    await dialog.getByText('First token').waitFor();
    await dialog.getByText('tokens/s').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Make Ours the default' }).press('Enter');
    await page.locator('[aria-pressed=true]').waitFor();
    await page.getByRole('button', { name: 'Delete Ours' }).press('Enter');
    const asked = page.getByRole('alertdialog');
    await asked.getByText('Its 2 models can no longer be asked').waitFor();
    await hasFocusInside(asked);
    await asked.getByRole('button', { name: 'Delete' }).press('Enter');
    await page.getByText('No provider yet').waitFor();
  }, 60_000);

  it('make a provider and delete it with the mouse', async () => {
    const { page } = await stage.open('engineer', '/admin/providers');
    await page.getByRole('link', { name: 'Add a provider' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Clicked');
    await page.getByLabel('Short name').fill('clicked');
    await page.getByLabel('Address').fill(stage.upstream.url);
    await page.getByRole('textbox', { name: 'Models' }).fill('gpt-small');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Delete Clicked' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    const listed = await send(page, 'GET', '/api/admin/models/clicked/gpt-small');
    expect(listed.status).toBe(200);
    await page.getByRole('button', { name: 'Delete Clicked' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No provider yet').waitFor();
    const gone = await send(page, 'GET', '/api/admin/models/clicked/gpt-small');
    expect(gone.status).toBe(404);
  });

  it('show what somebody else saved meanwhile, keep the stored key, and set prices', async () => {
    const { page } = await stage.open('engineer', '/admin/providers');
    await page.getByText('No provider yet').waitFor();
    const created = await send(page, 'POST', '/providers', {
      name: 'Second <img src=x onerror=alert(1)>',
      slug: 'second',
      type: 'custom',
      baseUrl: stage.upstream.url,
      apiKey: 'sk-another-secret-of-a-backend-42',
      models: ['gpt-small'],
    });
    const { id } = JSON.parse(created.text) as { id: string };
    await page.goto(`/admin/providers?edit=${id}`);
    await page.getByLabel('Name', { exact: true }).fill('Mine');
    await send(page, 'PATCH', `/providers/${id}`, { name: 'Theirs' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody changed this meanwhile.').waitFor();
    await page.getByText('Now: Theirs').waitFor();
    await eventually(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe('Mine');
    await page.getByRole('button', { name: 'Save' }).click();
    const mine = page.getByRole('row', { name: /Mine second/ });
    await eventually(() => mine.innerText()).toContain('sk-another-');

    await page.goto('/admin/models?search=second');
    await page.getByRole('link', { name: 'second/gpt-small' }).click();
    await heading(page, 'second/gpt-small').waitFor();
    await page.getByLabel('Input', { exact: true }).fill('-1');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Write a number from 0 to 1,000,000.').waitFor();
    await page.getByLabel('Input', { exact: true }).fill('0.005');
    await page.getByLabel('Output', { exact: true }).fill('1,5');
    await page.getByLabel('Audio, per hour').fill('0.25');
    await page.getByLabel('Asks everyone for an agreement').check();
    await page.getByLabel('Text to agree to').fill('Nothing **personal**.');
    await send(page, 'PATCH', `/providers/${id}`, {
      modelSettings: { 'gpt-small': { inputCostPerMillion: 9 } },
    });
    await page.getByRole('button', { name: 'Save' }).click();
    const both = page.getByRole('dialog', { name: 'Somebody changed this meanwhile.' });
    await both.getByRole('row', { name: 'inputCostPerMillion 9 0.005' }).waitFor();
    await both.getByRole('button', { name: 'Go on with mine' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Prices and access were saved.').waitFor();
    const kept = await send(page, 'GET', '/api/admin/models/second/gpt-small');
    expect(JSON.parse(kept.text)).toMatchObject({
      ...{ inputCostPerMillion: 0.005, audioCostPerHour: 0.25 },
      ...{ needsAck: true, ackMessage: 'Nothing **personal**.' },
    });
    await page.getByRole('button', { name: 'Ask the backends' }).click();
    await page.getByRole('cell', { name: '40,960' }).waitFor();
    await page.getByRole('button', { name: 'Apply the chosen' }).click();
    await page.getByText('40,960 tokens').waitFor();
    await page.getByRole('link', { name: /All models/ }).click();
    const row = page.getByRole('row', { name: /second\/gpt-small/ });
    await eventually(() => row.innerText()).toContain('0.005');
    await eventually(() => row.innerText()).toContain('1.5');
    await page.waitForURL(/search=second/);
  }, 60_000);

  it('list every model with its source, and propose lines for those of the file', async () => {
    const { page } = await stage.open('engineer', '/admin/models');
    await page
      .getByRole('row', { name: /retired/ })
      .getByText('Disabled')
      .waitFor();
    await page.getByRole('button', { name: 'Output' }).click();
    await page.waitForURL(/sort=output/);
    await page.goto('/admin/models?model=scripted');
    await page.getByText('This can only be changed in the configuration file.').waitFor();
    await page.getByRole('button', { name: 'Ask the backends' }).click();
    await page.getByText('context_window: 40960').waitFor();
  });

  it('tell how each endpoint is and was, and ask one now', async () => {
    const { page } = await stage.open('engineer', '/admin/health');
    const row = page.locator('tbody tr', { hasText: '127.0.0.1:9/' });
    await row.getByText('Does not work').waitFor();
    await row
      .getByText(/refused/)
      .first()
      .waitFor();
    await row.getByText('0% of the checks succeeded').waitFor();
    const works = page.locator('tbody tr', { hasText: 'scripted' }).first();
    await works.getByText('100% of the checks succeeded').waitFor();
    await eventually(() => works.locator('rect').count()).toBe(90);
    await works.getByRole('button', { name: /^Test/ }).press('Enter');
    await page.getByText('It works').waitFor();
    await page.getByText('A day', { exact: true }).click();
    await page.waitForURL(/span=day/);
    await page.getByLabel('State').selectOption('Does not work');
    await works.waitFor({ state: 'hidden' });
    await row.waitFor();
  });

  it('explain what a name would be answered by, for whom, and at what price', async () => {
    await stage.open('user');
    const { page } = await stage.open('engineer', '/admin/resolution');
    await page.getByLabel('Model in the request').fill('scripted');
    await page.keyboard.press('Enter');
    await page.getByText('access of the model scripted is allowed').waitFor();
    await eventually(() => page.locator('li.is-found').innerText()).toContain('config.yaml');
    await page.getByLabel('Model in the request').fill('nonsense');
    await page.getByRole('button', { name: 'Resolve' }).click();
    await page.getByText('This name means no model').waitFor();
    await page.getByLabel('Who asks').selectOption('A person');
    await page.getByRole('button', { name: 'Resolve' }).click();
    await page.getByText('Say who asks.').waitFor();
    await page.getByLabel('E-mail address of the person').fill('nobody@example.edu');
    await page.keyboard.press('Enter');
    await page.getByText('There is no person with this e-mail address.').waitFor();
    await page.getByLabel('Model in the request').fill('closed');
    await page.getByLabel('E-mail address of the person').fill('user@example.edu');
    await page.keyboard.press('Enter');
    await page.locator('section app-badge', { hasText: 'Blocked' }).waitFor();
    await page.getByLabel('Who asks').selectOption('A client');
    await page.getByLabel('Name of the client').fill('robot');
    await page.getByLabel('Model in the request').fill('auto');
    await page.keyboard.press('Enter');
    await page.locator('li.is-found', { hasText: 'What the client chose' }).waitFor();
    await page.reload();
    await page.locator('li.is-found', { hasText: 'org/careful' }).waitFor();
  });
});
