import { type LumenServer } from './lumen-server.js';

/** What a browser would do with cookies and the CSRF token, over plain HTTP. */
export class BrowserSession {
  private constructor(
    private readonly server: LumenServer,
    readonly cookie: string,
    readonly csrfToken: string,
  ) {}

  /** Logs the development user in. */
  static async start(server: LumenServer): Promise<BrowserSession> {
    const answer = await fetch(`${server.url}/login`, { redirect: 'manual' });
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    const me = await fetch(`${server.url}/api/me`, { headers: { cookie } });
    const { csrfToken } = (await me.json()) as { csrfToken: string };
    return new BrowserSession(server, cookie, csrfToken);
  }

  /** The same session at another server on the same database. */
  at(server: LumenServer): BrowserSession {
    return new BrowserSession(server, this.cookie, this.csrfToken);
  }

  /** A request of one of our own pages. */
  fetch(path: string, method = 'GET', body?: unknown): Promise<Response> {
    return fetch(`${this.server.url}${path}`, {
      method,
      headers: {
        cookie: this.cookie,
        'x-csrf-token': this.csrfToken,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
  }
}
