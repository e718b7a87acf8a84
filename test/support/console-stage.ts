import { expect } from '@jest/globals';
import { type Browser, type BrowserContextOptions } from 'playwright-core';
import { launchChromium } from './browser.js';
import { eventually } from './eventually.js';
import { CLIENT_ID, CLIENT_SECRET, IdentityProvider } from './identity-provider.js';
import { planInstitutionalLogin, startWithLogin } from './lumen/institutional-login.js';
import { type LumenOptions, type LumenServer } from './lumen/lumen-server.js';
import { type Look, WatchedPage } from './page-watch.js';
import { ScriptedUpstream } from './scripted-upstream.js';

type Cookies = Exclude<BrowserContextOptions['storageState'], string | undefined>;

/** One person of each kind; each logs in as `<kind>@example.edu`. */
export const KINDS = ['user', 'manager', 'auditor', 'engineer', 'admin', 'superadmin'] as const;
export type Kind = (typeof KINDS)[number];

const ROLES = `
admins: [admin@example.edu]
engineers: [engineer@example.edu]
superadmins: [superadmin@example.edu]
`;

const MODELS = ['scripted', 'second'].map((name) => ({
  name,
  description: `Answers what it is told to (${name})`,
  input_cost_per_million: 1,
  output_cost_per_million: 2,
  context_window: 100_000,
}));

/**
 * A browser, a built server behind a real OpenID provider, and a scripted model: everything the
 * consoles need. `open` is a window of somebody of one kind; the auditor's role is granted when
 * that kind first comes.
 */
export class ConsoleStage implements AsyncDisposable {
  private readonly running = new AsyncDisposableStack();
  private readonly windows: WatchedPage[] = [];
  private readonly signedIn = new Map<string, Cookies>();
  browser!: Browser;
  idp!: IdentityProvider;
  server!: LumenServer;
  upstream!: ScriptedUpstream;
  /** What people are called, where it matters; as they log in. */
  names: Partial<Record<Kind, string>> = {};

  static async start(options: LumenOptions & { modelList?: object[] } = {}): Promise<ConsoleStage> {
    const stage = new ConsoleStage();
    stage.browser = stage.running.adopt(await launchChromium(), (each) => each.close());
    stage.upstream = stage.running.use(await ScriptedUpstream.start());
    const place = await planInstitutionalLogin();
    stage.idp = stage.running.use(await IdentityProvider.start(place.redirectUri));
    const endpoints = [{ url: stage.upstream.url }];
    const models = (options.modelList ?? MODELS).map((model) => ({ endpoints, ...model }));
    const login = {
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      server_metadata_url: stage.idp.metadataUrl,
      scopes: 'openid email profile org.cilogon.userinfo',
    };
    stage.server = stage.running.use(
      await startWithLogin(place, login, {
        models: JSON.stringify(models),
        ...options,
        extra: `${ROLES}${options.extra ?? ''}`,
      }),
    );
    return stage;
  }

  /** A window of somebody of this kind, at this path. */
  async open(kind: Kind, path = '/chat', look: Look = {}): Promise<WatchedPage> {
    if (kind === 'auditor' && !this.signedIn.has(kind)) await this.grantAuditor();
    const watched = await WatchedPage.open(this.browser, this.server.url, {
      ...look,
      ...(await this.cookiesOf(kind)),
    });
    this.windows.push(watched);
    await watched.page.goto(path);
    return watched;
  }

  /** Sends what somebody of this kind could send by hand; answers the JSON, or fails. */
  async send(kind: Kind, method: string, path: string, data?: object): Promise<unknown> {
    const context = await this.browser.newContext({
      baseURL: this.server.url,
      storageState: (await this.cookiesOf(kind)).cookies,
    });
    const me = (await (await context.request.get('/api/me')).json()) as { csrfToken: string };
    const headers = { 'x-csrf-token': me.csrfToken };
    const answer = await context.request.fetch(path, { method, headers, ...(data && { data }) });
    const text = await answer.text();
    await context.close();
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${text}`);
    return text === '' ? null : JSON.parse(text);
  }

  /** Has somebody of this kind log in anew: their session was ended. */
  forget(kind: Kind): void {
    this.signedIn.delete(kind);
  }

  /** The messages of level error so far, which a test expects; they no longer count as gone wrong. */
  takeErrors(): string[] {
    return this.windows.flatMap(({ errors }) => errors.splice(0));
  }

  /** Messages of level error, one for each of these, have come; they do not count as gone wrong. */
  async expectErrors(...expected: RegExp[]): Promise<void> {
    const errors = () => this.windows.flatMap((window) => window.errors);
    await eventually(errors).toEqual(expected.map((each) => expect.stringMatching(each)));
    this.takeErrors();
  }

  /** After each test: closes the windows; answers what went wrong in them, which should be nothing. */
  async closeWindows(): Promise<string[]> {
    this.upstream.forgetPlans();
    const windows = this.windows.splice(0);
    for (const window of windows) await window[Symbol.asyncDispose]();
    return windows.flatMap(({ errors, foreignRequests }) => [...errors, ...foreignRequests]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.closeWindows();
    await this.running.disposeAsync();
  }

  /** Each kind logs in once; later windows have its cookies. */
  private async cookiesOf(kind: Kind): Promise<{ cookies: Cookies }> {
    const known = this.signedIn.get(kind);
    if (known !== undefined) return { cookies: known };
    const email = `${kind}@example.edu`;
    this.idp.person = {
      sub: `http://idp.example.edu/users/${kind}`,
      claims: {
        email,
        name: this.names[kind] ?? `${kind[0]!.toUpperCase()}${kind.slice(1)} Example`,
      },
    };
    const context = await this.browser.newContext({ baseURL: this.server.url });
    const page = await context.newPage();
    await page.goto('/login?returnTo=/api/me');
    const cookies = await context.storageState();
    await context.close();
    this.signedIn.set(kind, cookies);
    return { cookies };
  }

  /** Only a superadmin can, and only to somebody who was here. */
  private async grantAuditor(): Promise<void> {
    await this.cookiesOf('auditor');
    const search = '/api/admin/users?search=auditor@example.edu';
    const { items } = (await this.send('superadmin', 'GET', search)) as { items: { id: string }[] };
    const path = `/api/admin/users/${items[0]!.id}/roles`;
    await this.send('superadmin', 'PUT', path, { roles: ['auditor'] });
  }
}
