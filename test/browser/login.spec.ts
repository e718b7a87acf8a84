import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, type Page } from 'playwright-core';
import { launchChromium } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { ADA, CLIENT_ID, CLIENT_SECRET, IdentityProvider } from '../support/identity-provider.js';
import { auditLogOf } from '../support/lumen/audit-log.js';
import { planInstitutionalLogin, startWithLogin } from '../support/lumen/institutional-login.js';
import { type LumenServer } from '../support/lumen/lumen-server.js';
import { WatchedPage } from '../support/page-watch.js';

const IDPHINT = 'urn:mace:incommon:example.edu';

/** `staff-model` is for those whose login says that they are staff at this institution. */
const MODELS = JSON.stringify(
  ['staff-model', 'open-model'].map((name) => ({
    name,
    access: name === 'open-model' ? 'allowed' : null,
    input_cost_per_million: 0,
    output_cost_per_million: 0,
    endpoints: [{ url: 'http://127.0.0.1:1/v1' }],
  })),
);
const STAFF = {
  max: -2,
  rules: [
    { field: 'affiliation', contains: 'staff@' },
    { field: 'idp', equals: IDPHINT },
  ],
  model_access: { allowed: ['staff-model'] },
};
const GROUPS = `    model_access: { default: blocked }\n  staff: ${JSON.stringify(STAFF)}`;

describe('a login through the institution', () => {
  const running = new AsyncDisposableStack();
  let browser: Browser;
  let idp: IdentityProvider;
  let server: LumenServer;

  beforeAll(async () => {
    browser = running.adopt(await launchChromium(), (each) => each.close());
    const place = await planInstitutionalLogin();
    idp = running.use(await IdentityProvider.start(place.redirectUri));
    server = running.use(
      await startWithLogin(
        place,
        {
          client_id: CLIENT_ID,
          client_secret: CLIENT_SECRET,
          server_metadata_url: idp.metadataUrl,
          scopes: 'openid email profile org.cilogon.userinfo',
          params: { idphint: IDPHINT },
        },
        { models: MODELS, groups: GROUPS },
      ),
    );
  }, 60_000);

  afterAll(() => running.disposeAsync());

  const signIn = async (page: Page): Promise<void> => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('Message').waitFor();
  };

  const modelsOf = (page: Page): Promise<string[]> =>
    page.evaluate(async () => {
      const answer = await fetch('/chat/models');
      const { models } = (await answer.json()) as { models: { id: string }[] };
      return models.map(({ id }) => id);
    });

  const signOut = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: /account/i }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
  };

  it('lands in the groups of its claims, and the next one in those of the next', async () => {
    await using watched = await WatchedPage.open(browser, server.url);
    const { page } = watched;
    idp.person = ADA;
    await signIn(page);
    expect(idp.lastRequest.searchParams.get('idphint')).toBe(IDPHINT);
    expect(await modelsOf(page)).toEqual(['staff-model', 'open-model']);
    await eventually(() => page.getByText('Ada Lovelace').count()).toBeGreaterThan(0);

    await signOut(page);
    const answer = await page.goto('/api/me');
    expect(answer?.status()).toBe(401);

    idp.person = { sub: ADA.sub, claims: { ...ADA.claims, affiliation: 'alum@example.edu' } };
    await signIn(page);
    expect(await modelsOf(page)).toEqual(['open-model']);
    const entries = async () =>
      (await auditLogOf(server)).map(({ action, outcome }) => `${action} ${outcome}`);
    await eventually(entries).toEqual(['user.login done', 'user.logout done', 'user.login done']);
  });

  it('that is refused leads back to the sign-in page, which says why', async () => {
    await using watched = await WatchedPage.open(browser, server.url);
    const { page } = watched;
    idp.denies = true;
    await page.goto('/');
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page
      .getByText('The sign-in was cancelled, or your institution did not allow it.')
      .waitFor();
    await watched.picture('sign-in-refused-light-1440');
    expect(await watched.violations()).toEqual([]);
    idp.denies = false;
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('Message').waitFor();
  });

  it('shows a hostile name as text', async () => {
    await using watched = await WatchedPage.open(browser, server.url);
    const { page } = watched;
    const name = '<img src=x onerror="window.pwned=1">';
    idp.person = {
      sub: 'hostile',
      claims: { email: 'mallory@example.edu', name, ou: 'x'.repeat(100_000) },
    };
    await signIn(page);
    await eventually(() => page.getByText(name).count()).toBeGreaterThan(0);
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
    expect(watched.errors).toEqual([]);
  });
});
