import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { ConsoleStage, type Kind, KINDS } from '../support/console-stage.js';
import { eventually } from '../support/eventually.js';

/** Who may open what; everybody else is told at the same address which role it needs. */
const PAGES: readonly { path: string; heading: string; kinds: readonly Kind[] }[] = [
  { path: '/models', heading: 'Models', kinds: KINDS },
  { path: '/usage', heading: 'Your usage', kinds: KINDS },
  { path: '/keys', heading: 'API keys', kinds: KINDS },
  { path: '/connect', heading: 'Connect your tools', kinds: KINDS },
  { path: '/profile', heading: 'Profile', kinds: KINDS },
  { path: '/clients', heading: 'Clients', kinds: KINDS },
  { path: '/help', heading: 'Help', kinds: KINDS },
  { path: '/admin/overview', heading: 'Overview', kinds: ['auditor', 'admin', 'superadmin'] },
  { path: '/admin/usage', heading: 'Usage of everyone', kinds: ['auditor', 'admin', 'superadmin'] },
  { path: '/admin/requests', heading: 'Requests', kinds: ['auditor', 'admin', 'superadmin'] },
  { path: '/admin/users', heading: 'Users', kinds: ['auditor', 'admin', 'superadmin'] },
  {
    path: '/admin/groups',
    heading: 'Groups and budgets',
    kinds: ['auditor', 'admin', 'superadmin'],
  },
  { path: '/admin/clients', heading: 'Clients', kinds: ['admin', 'superadmin'] },
  { path: '/admin/models', heading: 'Models and prices', kinds: ['engineer', 'superadmin'] },
  { path: '/admin/providers', heading: 'Providers', kinds: ['engineer', 'superadmin'] },
  { path: '/admin/health', heading: 'Health', kinds: ['engineer', 'superadmin'] },
  { path: '/admin/resolution', heading: 'Resolution', kinds: ['engineer', 'superadmin'] },
  { path: '/admin/announcements', heading: 'Announcements', kinds: ['admin', 'superadmin'] },
  { path: '/admin/terms', heading: 'Terms', kinds: ['admin', 'superadmin'] },
  { path: '/admin/configuration', heading: 'Configuration', kinds: ['superadmin'] },
  { path: '/admin/audit', heading: 'Audit log', kinds: ['auditor', 'admin', 'superadmin'] },
];

/** Follows an address within the client, without loading the page anew. */
const go = (page: Page, path: string) =>
  page.evaluate((address) => {
    history.pushState(null, '', address);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);

/** What the client does by itself upon what was just done to it has happened by then. */
const twoFrames = (page: Page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(resolve));
      }),
  );

describe('pages and roles', () => {
  let stage: ConsoleStage;

  beforeAll(async () => {
    stage = await ConsoleStage.start();
  }, 60_000);

  afterAll(() => stage[Symbol.asyncDispose]());

  afterEach(async () => {
    expect(await stage.closeWindows()).toEqual([]);
  });

  it.each(KINDS)(
    'of a person of the kind %s: each address opens its page, or says which role it needs',
    async (kind) => {
      const { page } = await stage.open(kind, '/help');
      const isShown = (name: string) =>
        page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
      for (const { path, heading, kinds } of PAGES) {
        await go(page, path);
        await isShown(kinds.includes(kind) ? heading : 'Not for your role');
        // What is shown next is not taken for this, should both be refused.
        await go(page, '/help');
        await isShown('Help');
      }
    },
    60_000,
  );

  it('whoever goes back before the server said who they are comes to that page, and stays signed in', async () => {
    const { page } = await stage.open('engineer', '/help');
    const answer = Promise.withResolvers<void>();
    await page.route('**/api/bootstrap', async (route) => {
      await answer.promise;
      await route.continue();
    });
    const isAsked = page.waitForRequest('**/api/bootstrap');
    await page.reload();
    await isAsked;
    await go(page, '/archive');
    await twoFrames(page);
    answer.resolve();
    await page.getByRole('heading', { level: 1, name: 'Archive', exact: true }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/archive');
  });

  it.each(KINDS)(
    'a person of the kind %s finds in the menus what is theirs, and no more',
    async (kind) => {
      const { page } = await stage.open(kind);
      const main = page.getByRole('navigation', { name: 'Main' });
      await main.getByRole('link', { name: 'Models' }).waitFor();
      const administration = main.getByRole('link', { name: 'Administration' });
      const own = PAGES.filter(
        ({ path, kinds }) => path.startsWith('/admin/') && kinds.includes(kind),
      );
      await eventually(() => administration.count()).toBe(own.length > 0 ? 1 : 0);
      if (own.length === 0) return;
      await administration.click();
      const nav = page.getByRole('navigation', { name: 'Administration' });
      await nav.getByRole('link', { name: 'Back to chat' }).waitFor();
      const links = nav.locator('ul a');
      const paths = () => links.evaluateAll((all) => all.map((each) => each.getAttribute('href')));
      await eventually(paths).toEqual(own.map(({ path }) => path));
    },
  );
});
