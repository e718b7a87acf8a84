import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type ConsoleStage } from '../support/console-stage.js';
import { startModelsStage } from '../support/models-stage.js';
import { LOOKS, SIZES } from '../support/page-watch.js';

/** Each page, and what is there once it has all it shows. */
const PAGES = [
  ['models', '/models', '5 models'],
  ['model', '/models/org/careful', 'nothing personal'],
  ['model-readme', '/models/scripted', 'Qwen for campus'],
  ['providers', '/admin/providers', 'Ours'],
  ['provider-form', '/admin/providers?edit=new', 'Test before saving'],
  ['health', '/admin/health', 'of the checks succeeded'],
  ['catalogue', '/admin/models', 'retired'],
  ['catalogue-model', '/admin/models?model=ours/gpt-small', 'Prices and access'],
  ['resolution', '/admin/resolution?model=auto&asker=client&name=robot', 'Step by step'],
] as const;

const NARROWEST = { width: 320, height: 844 };

/** Runs in the page: neither the page nor its column scrolls sideways. */
const isWiderThanWindow = () =>
  [document.documentElement, ...document.querySelectorAll('.page')].some(
    (box) => box.scrollWidth > box.clientWidth,
  );

describe('the looks of the pages about models', () => {
  let stage: ConsoleStage;

  beforeAll(async () => {
    stage = await startModelsStage();
    const { page } = await stage.open('engineer', '/models');
    await page.evaluate(async (baseUrl) => {
      const me = (await (await fetch('/api/me')).json()) as { csrfToken: string };
      await fetch('/providers', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-csrf-token': me.csrfToken },
        body: JSON.stringify({
          name: 'Ours',
          slug: 'ours',
          type: 'custom',
          baseUrl,
          apiKey: 'sk-secret-of-the-backend-1234567890',
          models: ['gpt-small', 'org/other'],
          isDefault: true,
        }),
      });
      for (const model of ['scripted', 'scripted', 'ours/gpt-small']) {
        const messages = [{ role: 'user', content: 'Ping' }];
        await fetch('/chat/completions', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-csrf-token': me.csrfToken },
          body: JSON.stringify({ model, messages }),
        });
      }
    }, stage.upstream.url);
    await stage.closeWindows();
  }, 60_000);

  afterAll(() => stage[Symbol.asyncDispose]());

  afterEach(async () => {
    expect(await stage.closeWindows()).toEqual([]);
  });

  it.each(LOOKS)(
    'stand up to axe, and to whoever looks: $theme, $size',
    async (look) => {
      const watched = await stage.open('engineer', '/models', look);
      const wrong: string[] = [];
      for (const [name, path, sign] of PAGES) {
        await watched.page.goto(path);
        await watched.page.getByText(sign).first().waitFor();
        await watched.picture(`${name}-${look.theme}-${SIZES[look.size].width}`);
        wrong.push(...(await watched.violations()).map((violation) => `${name}: ${violation}`));
        if (look.size === 'phone') await watched.page.setViewportSize(NARROWEST);
        if (await watched.page.evaluate(isWiderThanWindow)) wrong.push(`${name}: too wide`);
        await watched.page.setViewportSize(SIZES[look.size]);
      }
      expect(wrong).toEqual([]);
    },
    180_000,
  );
});
