import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';

const SCREENSHOTS = fileURLToPath(new URL('../../test-results/screenshots/', import.meta.url));
/** Longer than any step takes, shorter than a test, so that a step that never comes is named. */
const STEP_TIMEOUT_MS = 30_000;
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export const SIZES = {
  wide: { width: 1440, height: 900 },
  tablet: { width: 840, height: 1100 },
  phone: { width: 390, height: 844 },
} as const;
export const THEMES = ['light', 'dark'] as const;

type SomeLook = { readonly theme: (typeof THEMES)[number]; readonly size: keyof typeof SIZES };

const ALL_LOOKS: readonly SomeLook[] = THEMES.flatMap((theme) =>
  (Object.keys(SIZES) as (keyof typeof SIZES)[]).map((size) => ({ theme, size })),
);

/**
 * The looks that pages are tried in: the two that differ most, and with `TEST_LOOKS=all` in the
 * environment each theme at each width.
 */
export const LOOKS: readonly SomeLook[] =
  process.env['TEST_LOOKS'] === 'all'
    ? ALL_LOOKS
    : [
        { theme: 'light', size: 'wide' },
        { theme: 'dark', size: 'phone' },
      ];

export interface Look {
  size?: keyof typeof SIZES;
  theme?: (typeof THEMES)[number];
  locale?: string;
  /** Of somebody who is signed in already. */
  cookies?: NonNullable<BrowserContextOptions['storageState']>;
}

/** One person's browser window, which remembers whatever went wrong in it. */
export class WatchedPage implements AsyncDisposable {
  /** Messages of level error, uncaught exceptions and refused policies. */
  readonly errors: string[] = [];
  readonly foreignRequests: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
  ) {}

  static async open(browser: Browser, origin: string, look: Look = {}): Promise<WatchedPage> {
    const context = await browser.newContext({
      baseURL: origin,
      viewport: SIZES[look.size ?? 'wide'],
      colorScheme: look.theme ?? 'light',
      locale: look.locale ?? 'en-GB',
      permissions: ['clipboard-read', 'clipboard-write'],
      ...(look.cookies === undefined ? {} : { storageState: look.cookies }),
    });
    context.setDefaultTimeout(STEP_TIMEOUT_MS);
    const page = await context.newPage();
    const watched = new WatchedPage(page, context);
    page.on('console', (message) => {
      if (message.type() === 'error') watched.errors.push(message.text());
    });
    page.on('pageerror', (error) => watched.errors.push(error.message));
    page.on('request', (request) => {
      const url = request.url();
      if (/^https?:/.test(url) && !url.startsWith(origin)) watched.foreignRequests.push(url);
    });
    return watched;
  }

  /** Animations have ended, so that colours and places are what they stay. */
  async settled(): Promise<void> {
    await this.page.evaluate(async () => {
      // What has only just changed begins to move with the next frames.
      for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
      const finite = document
        .getAnimations()
        .filter((each) => each.effect?.getComputedTiming().iterations !== Infinity);
      await Promise.allSettled(finite.map((each) => each.finished));
    });
  }

  /** The size of letters as people set it in their browser, where 1 is what it comes with. */
  async setTextSize(times: number): Promise<void> {
    const browser = await this.context.newCDPSession(this.page);
    await browser.send('Page.setFontSizes', { fontSizes: { standard: 16 * times } });
    await browser.detach();
  }

  /** What axe finds against WCAG 2.2 A/AA and best practice, one line each. */
  async violations(): Promise<string[]> {
    await this.settled();
    // What passes need not be told in full.
    const axe = new AxeBuilder({ page: this.page }).options({ resultTypes: ['violations'] });
    // Frames of other origins are put together in a page of their own, which takes seconds.
    axe.setLegacyMode(this.page.frames().length === 1);
    const { violations } = await axe.withTags(RULES).analyze();
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
    );
  }

  /** Keeps a picture for whoever reviews the run. */
  async picture(name: string): Promise<void> {
    await mkdir(SCREENSHOTS, { recursive: true });
    await this.page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.context.close();
  }
}
