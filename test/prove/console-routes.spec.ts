import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { ConsoleStage } from '../support/console-stage.js';
import { untilWhole } from '../support/console-views.js';
import { figuresOf, prove } from '../support/proof.js';
import { fillPlace } from '../support/usage/used-place.js';

const MOST_KB = { initial: 250, more: 120, charts: 260 };
/** After which nothing is expected to come. */
const QUIET_MS = 700;
const ROUTES = new URL('../../client/src/app/console/console-routes.ts', import.meta.url);

/** Addresses with a place for a name, each with a name that there is. `%client%` is made here. */
const SAMPLES: Readonly<Record<string, string>> = {
  modelAddress: 'models/scripted',
  'clients/:id': 'clients/%client%',
  'help/:topic': 'help/using-lumen',
  'admin/groups/:name': 'admin/groups/default',
};
/** Views that a page fetches when they are asked for: files of their own, beside the page's. */
const VIEWS = [
  '/admin/configuration?view=yaml',
  '/admin/configuration?view=history',
  '/admin/models?model=scripted',
  '/admin/providers?edit=new',
];

/** Every address of the route table, as somebody could type it. */
async function addresses(client: string): Promise<string[]> {
  const text = await readFile(ROUTES, 'utf8');
  const named = text.matchAll(/(?:\bpath: |\bforRoles\()'([^']+)'|\bmatcher: (\w+)/g);
  const all = [...named].map(([, path, matcher]) => path ?? matcher!);
  const pages = [...text.matchAll(/\bimport\('/g)].length;
  // One of the pages is that for whom it is forbidden. A table written otherwise must be read otherwise.
  if (all.length !== pages - 1) throw new Error(`${all.length} addresses for ${pages - 1} pages`);
  return all.map((address) => {
    const isPattern = address.includes(':') || /^\w+Address$/.test(address);
    const sample = isPattern ? SAMPLES[address] : address;
    if (sample === undefined) throw new Error(`SAMPLES has none for ${address}`);
    return `/${sample.replace('%client%', client)}`;
  });
}

/** Names and compressed sizes of files. */
type Files = ReadonlyMap<string, number>;
const sum = (files: Files) => [...files.values()].reduce((total, bytes) => total + bytes, 0);
const without = (files: Files, known: Files): Files =>
  new Map([...files].filter(([name]) => !known.has(name)));

describe('what the pages of the consoles load', () => {
  let stage: ConsoleStage;
  let client: string;
  const charts = new Map<string, number>();

  beforeAll(async () => {
    stage = await ConsoleStage.start();
    await fillPlace(stage.server, 'superadmin@example.edu');
    const made = await stage.send('superadmin', 'POST', '/api/admin/clients', { name: 'robot' });
    client = (made as { id: string }).id;
  }, 60_000);

  afterAll(() => stage[Symbol.asyncDispose]());

  afterEach(async () => {
    expect(await stage.closeWindows()).toEqual([]);
  });

  /** Opens a page in a browser that has nothing of it yet, until it is whole. */
  async function filesOf(path: string): Promise<Files> {
    const { page } = await stage.open('superadmin', '/api/me');
    const loaded = new Map<string, Promise<Buffer>>();
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      const isDocument = response.request().resourceType() === 'document';
      if (isDocument || /\.(?:m?js|css)$/.test(pathname)) {
        loaded.set(isDocument ? 'index.html' : pathname, response.body());
      }
    });
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await untilQuiet(page, loaded);
    expect(await page.getByText('There is nothing at this address').count()).toBe(0);
    const files = new Map<string, number>();
    for (const [name, body] of loaded) {
      const bytes = await body;
      const size = gzipSync(bytes).length;
      // The engine of the charts names itself; nothing else does.
      if (bytes.includes('_echarts_instance_')) charts.set(name, size);
      else files.set(name, size);
    }
    await stage.closeWindows();
    return files;
  }

  it('is little at first, 120 kB more for each route, and 260 kB for charts where there are any', async () => {
    const initial = await filesOf('/chat');
    const more: Record<string, number> = {};
    const measure = async (path: string, known: Files): Promise<void> => {
      more[path] = sum(without(await filesOf(path), known)) / 1000;
    };
    for (const path of await addresses(client)) await measure(path, initial);
    for (const view of VIEWS) {
      const page = await filesOf(view.replace(/\?.*/, ''));
      await measure(view, new Map([...initial, ...page]));
    }
    expect(charts.size).toBeGreaterThan(0);
    const unit = 'kB';
    prove(
      { name: 'the chat', measured: sum(initial) / 1000, unit, atMost: MOST_KB.initial },
      ...figuresOf('more for', more, { unit, atMost: MOST_KB.more }),
      { name: 'charts', measured: sum(charts) / 1000, unit, atMost: MOST_KB.charts },
    );
  }, 300_000);
});

/** No more files come, and what they show is whole. */
async function untilQuiet(page: Page, loaded: { readonly size: number }): Promise<void> {
  let known = 0;
  while (known < loaded.size) {
    known = loaded.size;
    await untilWhole(page);
    await page.waitForTimeout(QUIET_MS);
  }
}
