import { CookieBrowser, leadsTo } from '../cookie-browser.js';
import { type LumenServer } from './lumen-server.js';

/** A browser in front of Lumen, at the login and after it. */
export class InstitutionalBrowser extends CookieBrowser {
  constructor(private readonly server: LumenServer) {
    super();
  }

  /** Logs in and answers the page it ends on, path and query. */
  async logIn(returnTo = '/chat'): Promise<string> {
    const query = new URLSearchParams({ returnTo }).toString();
    const end = await this.follow(
      `${this.server.url}/login?${query}`,
      (url) => url.origin === this.server.url && url.pathname !== '/callback',
    );
    return end.pathname + end.search;
  }

  /** Logs in up to the provider's answer, and answers the callback without visiting it. */
  callback(): Promise<URL> {
    return this.follow(`${this.server.url}/login`, (url) => url.pathname === '/callback');
  }

  /** Where one request leads. */
  async visit(address: string | URL): Promise<string> {
    const answer = await this.request(address);
    await answer.arrayBuffer();
    return leadsTo(answer) ?? `status ${answer.status}`;
  }

  /** Who is signed in here, or null. */
  async me(): Promise<{ email: string; name: string; csrfToken: string } | null> {
    const answer = await this.request(`${this.server.url}/api/bootstrap`);
    return ((await answer.json()) as { user: { email: string; name: string; csrfToken: string } })
      .user;
  }

  /** A request of one of our own pages. */
  async send(method: string, path: string): Promise<Response> {
    const headers = { 'x-csrf-token': (await this.me())?.csrfToken ?? '' };
    return this.request(`${this.server.url}${path}`, { method, headers });
  }

  get sessionCookie(): string | undefined {
    return this.cookie(this.server.url, 'lumen_session');
  }
}
