import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type ConsoleStage } from '../support/console-stage.js';
import { startModelsStage } from '../support/models-stage.js';
import { SIZES, THEMES } from '../support/page-watch.js';

/** Each page, and what is there once it has all it shows. */
const PAGES = [
  ['models', '/models', '3 models'],
  ['model', '/models/org/careful', 'Requests per hour'],
  ['model-readme', '/models/scripted', 'Qwen for campus'],
  ['providers', '/admin/providers', 'Ours'],
  ['provider-form', '/admin/providers?edit=new', 'Test before saving'],
  ['health', '/admin/health', 'of the checks succeeded'],
  ['catalogue', '/admin/models', 'retired'],
  ['catalogue-model', '/admin/models?model=ours/gpt-small', 'Prices and access'],
  ['resolution', '/admin/resolution?model=auto&asker=client&name=robot', 'Step by step'],
] as const;
const LOOKS = THEMES.flatMap((theme) =>
  (Object.keys(SIZES) as (keyof typeof SIZES)[]).map((size) => ({ theme, size })),
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
      for (const [name, path, sign] of PAGES) {
        await watched.page.goto(path);
        await watched.page.getByText(sign).first().waitFor();
        await watched.picture(`${name}-${look.theme}-${SIZES[look.size].width}`);
        expect({ name, violations: await watched.violations() }).toEqual({ name, violations: [] });
        const isWider = await watched.page.evaluate(
          () => document.documentElement.scrollWidth > innerWidth,
        );
        expect({ name, isWider }).toEqual({ name, isWider: false });
      }
    },
    60_000,
  );
});
