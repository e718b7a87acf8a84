import { type Page } from 'playwright-core';
import { ChatStage, type StageOptions } from './chat-stage.js';
import { CLIENT_ID, CLIENT_SECRET, IdentityProvider } from './identity-provider.js';
import { planInstitutionalLogin, startWithLogin } from './lumen/institutional-login.js';
import { type Look, type WatchedPage } from './page-watch.js';

export interface CampusOptions extends Pick<StageOptions, 'models'> {
  /** Further top-level YAML. */
  readonly extra?: string;
  /** Further YAML below `groups:`, indented by two. */
  readonly groups?: string;
}

/** A stage on which people sign in through their institution: as many as a test needs, by their names. */
export class Campus implements AsyncDisposable {
  private readonly running = new AsyncDisposableStack();
  private idp!: IdentityProvider;
  stage!: ChatStage;

  static async start({ extra, groups = '', models }: CampusOptions = {}): Promise<Campus> {
    const campus = new Campus();
    const place = await planInstitutionalLogin();
    campus.idp = campus.running.use(await IdentityProvider.start(place.redirectUri));
    const login = {
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      server_metadata_url: campus.idp.metadataUrl,
      scopes: 'openid email profile org.cilogon.userinfo',
    };
    const stage = ChatStage.start(extra, {
      ...(models && { models }),
      serve: (options) => startWithLogin(place, login, { ...options, groups }),
    });
    campus.stage = campus.running.use(await stage);
    return campus;
  }

  /** Who comes to sign in from now on; `affiliation` is what the institution says they are. */
  expect(name: string, affiliation = 'member@example.edu'): void {
    const email = emailOf(name);
    this.idp.person = { sub: email, claims: { email, name, affiliation } };
  }

  /** A window of this person's own at an empty chat. */
  async signIn(name: string, { affiliation, ...look }: Arrival = {}): Promise<WatchedPage> {
    this.expect(name, affiliation);
    const watched = await this.stage.open(look);
    await watched.page.goto('/');
    await passSignIn(watched.page);
    await watched.page.getByRole('button', { name: /^Model: / }).waitFor();
    return watched;
  }

  /** As `ChatStage.closeWindows`. Whoever signs in leaves the site for the institution's. */
  async closeWindows(): Promise<string[]> {
    const faults = await this.stage.closeWindows();
    return faults.filter((fault) => !fault.startsWith(this.idp.issuer));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.running.disposeAsync();
  }
}

interface Arrival extends Look {
  affiliation?: string;
}

/** The address of whoever is called so. */
export function emailOf(name: string): string {
  return `${name.toLowerCase().replace(/\W+/g, '.')}@example.edu`;
}

/** From the sign-in page to the page behind it. */
export async function passSignIn(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.locator('app-shell').waitFor();
}
