import { readFileSync } from 'node:fs';
import { launchChromium } from '../browser.js';
import { type LumenServer } from '../lumen/lumen-server.js';
import { WatchedPage } from '../page-watch.js';
import { clientId } from '../usage/log-of-a-university.js';

export interface PaintFigures {
  path: string;
  /** From the navigation to the first text or picture, as the browser says; the quickest of some. */
  firstPaintMs: number;
  /** To the largest of them: what the page is about. */
  largestPaintMs: number;
}

const ROUTES = 'client/src/app/console/console-routes.ts';
const TIMES = 3;
const SETTLED_MS = 20_000;

/** What stands for the parameter of a route. */
const PARAMETERS: Readonly<Record<string, string>> = {
  'clients/:id': clientId(0),
  'help/:topic': 'usage',
  'admin/groups/:name': 'students',
};

/** Every page of the consoles, as their routes have them: a new one is among them by itself. */
export function consolePages(): string[] {
  const text = readFileSync(ROUTES, 'utf8');
  const paths = [...text.matchAll(/(?:path: |forRoles\()'([^']+)'/g)].map(([, path]) => path!);
  return [...paths, 'models/model-7'].map((path) => {
    if (!path.includes(':')) return `/${path}`;
    const value = PARAMETERS[path];
    if (value === undefined) throw new Error(`Say in PARAMETERS what stands for that of ${path}.`);
    return `/${path.replace(/:\w+/, value)}`;
  });
}

/** Opens every page in Chromium. */
export async function measurePaint(server: LumenServer): Promise<PaintFigures[]> {
  const browser = await launchChromium();
  try {
    await using watched = await WatchedPage.open(browser, server.url);
    await watched.page.goto('/login?returnTo=/help');
    const found: PaintFigures[] = [];
    for (const path of consolePages()) found.push(await paintOf(watched, path));
    return found;
  } finally {
    await browser.close();
  }
}

async function paintOf({ page }: WatchedPage, path: string): Promise<PaintFigures> {
  const figures = { path, firstPaintMs: Infinity, largestPaintMs: Infinity };
  for (let time = 0; time < TIMES; time += 1) {
    await page.goto(path);
    await page.locator('h1').first().waitFor({ timeout: SETTLED_MS });
    const { first, largest } = await page.evaluate(paintTimes);
    figures.firstPaintMs = Math.min(figures.firstPaintMs, Math.round(first));
    figures.largestPaintMs = Math.min(figures.largestPaintMs, Math.round(largest));
  }
  return figures;
}

/** Runs in the page; waits for the first of each kind. */
async function paintTimes(): Promise<{ first: number; largest: number }> {
  const timeOf = (type: string, name: string) =>
    new Promise<number>((resolve) => {
      new PerformanceObserver((list) => {
        const last = list.getEntries().findLast((entry) => name === '' || entry.name === name);
        if (last) resolve(last.startTime);
      }).observe({ type, buffered: true });
    });
  return {
    first: await timeOf('paint', 'first-contentful-paint'),
    largest: await timeOf('largest-contentful-paint', ''),
  };
}
