import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Browser, type Page } from 'playwright-core';
import { launchChromium } from '../support/browser.js';
import { EchoModel } from '../support/echo-model.js';
import { eventually } from '../support/eventually.js';
import { focusOn } from '../support/keyboard.js';
import { LumenServer } from '../support/lumen/lumen-server.js';
import { type Look, SIZES, THEMES, WatchedPage } from '../support/page-watch.js';
import {
  chunkText,
  DONE,
  ScriptedUpstream,
  stream,
  USAGE_CHUNK,
} from '../support/scripted-upstream.js';

const LOOKS = THEMES.flatMap((theme) =>
  (Object.keys(SIZES) as (keyof typeof SIZES)[]).map((size) => ({ theme, size })),
);
const ANSWER = [
  'Use **lme4** with a random intercept per subject.\n\n',
  'The model is $y_{ij} = \\beta_0 + u_j$ and\n\n$$\\sum_{i=1}^n i = \\frac{n(n+1)}{2}$$\n\n',
  '```python\ndef add(a, b):\n    return a + b\n```\n\nThat is all.',
];

describe('the web client', () => {
  const running = new AsyncDisposableStack();
  let browser: Browser;
  let upstream: ScriptedUpstream;
  let server: LumenServer;
  let watched: WatchedPage;

  beforeAll(async () => {
    browser = running.adopt(await launchChromium(), (each) => each.close());
    const echo = running.use(await EchoModel.start());
    upstream = running.use(await ScriptedUpstream.start());
    const model = (name: string, url: string) => ({
      name,
      description: 'Answers what it is told to',
      input_cost_per_million: 0,
      output_cost_per_million: 0,
      endpoints: [{ url }],
    });
    server = running.use(
      await LumenServer.start({
        models: JSON.stringify([model('scripted', upstream.url), model('dummy', echo.url)]),
      }),
    );
  }, 60_000);

  afterAll(() => running.disposeAsync());

  const open = async (look?: Look): Promise<Page> => {
    watched = await WatchedPage.open(browser, server.url, look);
    return watched.page;
  };

  const signIn = async (look?: Look): Promise<Page> => {
    const page = await open(look);
    await page.goto('/');
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('Message').waitFor();
    return page;
  };

  const ask = async (page: Page, question: string): Promise<void> => {
    await page.getByLabel('Message').fill(question);
    await page.getByRole('button', { name: 'Send' }).click();
  };

  beforeEach(() => {
    upstream.requests.length = 0;
  });

  afterEach(async () => {
    const { errors, foreignRequests } = watched;
    await watched[Symbol.asyncDispose]();
    expect(errors).toEqual([]);
    expect(foreignRequests).toEqual([]);
  });

  it('signs in, shows the first words before the answer is complete, and copies it', async () => {
    const page = await signIn();
    expect(new URL(page.url()).pathname).toBe('/chat');
    const gate = Promise.withResolvers<void>();
    upstream.next(
      stream(
        chunkText(ANSWER[0]!),
        gate.promise,
        ...ANSWER.slice(1).map(chunkText),
        USAGE_CHUNK,
        DONE,
      ),
    );
    await ask(page, 'How do I fit a random-intercept model?');
    await page.getByText('with a random intercept per subject').waitFor();
    await page.getByRole('button', { name: 'Stop the answer' }).waitFor();
    expect(await page.getByText('That is all.').count()).toBe(0);
    gate.resolve();
    await page.getByText('That is all.').waitFor();
    await page.getByRole('button', { name: 'Send' }).waitFor();
    await eventually(() => page.locator('strong', { hasText: 'lme4' }).count()).toBe(1);
    await eventually(() => page.locator('.katex-display').count()).toBe(1);
    await page.locator('pre [class^="hljs-"]').first().waitFor();
    await page.getByText('12 tokens').waitFor();
    await page.getByRole('button', { name: 'Copy the answer' }).click();
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await eventually(copied).toBe(ANSWER.join(''));
  });

  it('stops an answer, keeps what came, and cuts the backend off', async () => {
    const page = await signIn();
    upstream.next(stream(chunkText('The beginning'), new Promise(() => undefined)));
    const arrived = upstream.nextRequest();
    await ask(page, 'Go on for ever');
    await page.getByText('The beginning').waitFor();
    await page.keyboard.press('Escape');
    await (
      await arrived
    ).aborted;
    await page.getByText('Stopped.').waitFor();
    await page.getByText('The beginning').waitFor();
    upstream.next(stream(chunkText('Next answer'), DONE));
    await ask(page, 'And now?');
    await page.getByText('Next answer').waitFor();
  });

  it('talks with the echo model in Markdown, a formula and code', async () => {
    const page = await signIn();
    await page.getByRole('button', { name: /scripted/ }).click();
    await page.getByRole('option', { name: /dummy/ }).click();
    await ask(page, 'Hello echo');
    await page.locator('blockquote', { hasText: 'Hello echo' }).waitFor();
    await page.getByRole('button', { name: 'Send' }).waitFor();
    await eventually(() => page.locator('.katex').count()).toBeGreaterThan(1);
    await page.locator('pre').first().waitFor();
  });

  it('keeps a question that the model refuses, and says why', async () => {
    const page = await signIn();
    upstream.next((_request, response) => void response.writeHead(400).end('{}'));
    await ask(page, 'A question worth keeping');
    await page.getByText('The model did not accept this', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('The model did not accept this', { exact: true }).waitFor();
    const question = page.getByRole('article').getByText('A question worth keeping');
    await eventually(() => question.count()).toBe(1);
    watched.errors.length = 0; // the browser itself may report a failed resource
  });

  it('works with the keyboard alone', async () => {
    const page = await open();
    await page.goto('/');
    await page.getByRole('link', { name: 'Sign in' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Message').waitFor();
    upstream.next(stream(chunkText('First answer'), DONE));
    await page.getByLabel('Message').focus();
    await page.keyboard.type('By keyboard');
    await page.keyboard.press('Enter');
    await page.getByText('First answer').waitFor();
    await page.keyboard.press('Control+Shift+O');
    await page.getByText('First answer').waitFor({ state: 'detached' });
    await focusOn(page.getByLabel('Message'));
  });

  it.each(LOOKS)(
    'is accessible and looks right on the sign-in page ($theme, $size)',
    async (look) => {
      const page = await open(look);
      await page.goto('/');
      await page.getByRole('link', { name: 'Sign in' }).waitFor();
      await watched.picture(`sign-in-${look.theme}-${SIZES[look.size].width}`);
      expect(await watched.violations()).toEqual([]);
    },
  );

  it.each(LOOKS)('is accessible and looks right on the keys page ($theme, $size)', async (look) => {
    const page = await signIn(look);
    await page.goto('/keys');
    await page.getByRole('button', { name: 'Create a key' }).waitFor();
    await page.getByText('Loading keys').waitFor({ state: 'detached' });
    await watched.picture(`keys-${look.theme}-${SIZES[look.size].width}`);
    expect(await watched.violations()).toEqual([]);
  });

  it('describes the API under its own policy', async () => {
    const page = await open();
    await page.goto('/docs');
    await page.getByRole('heading', { name: /Lumen/ }).waitFor();
    const section = page.locator('.opblock-tag-section', { hasText: 'OpenAI-compatible' });
    await section.getByRole('button', { name: 'Expand operation' }).click();
    await section.locator('.opblock-summary-path', { hasText: '/completions' }).first().waitFor();
  });

  it('makes an API key, shows it once, and revokes it', async () => {
    const page = await signIn();
    await page.goto('/keys');
    await page.getByRole('button', { name: 'Create a key' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Notebook');
    await dialog.getByRole('button', { name: 'Create' }).click();
    const code = dialog.locator('code');
    await eventually(() => code.innerText()).toMatch(/^sk_[\w-]{43}$/);
    const key = await code.innerText();
    await watched.picture('key-created-light-1440');
    expect(await watched.violations()).toEqual([]);
    const models = () =>
      fetch(`${server.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
    expect((await models()).status).toBe(200);
    await dialog.getByRole('button', { name: 'I have saved it' }).click();
    await page.getByRole('button', { name: 'Revoke Notebook' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('“Notebook” has been revoked.').waitFor();
    expect((await models()).status).toBe(401);
    expect(await page.content()).not.toContain(key);
  });
});
