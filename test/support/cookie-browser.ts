const MOST_HOPS = 20;

/** Where an answer leads a browser: a redirect, or a page that moves on by itself. */
export function leadsTo(answer: Response): string | null {
  const refresh = answer.headers.get('refresh');
  return answer.headers.get('location') ?? refresh?.replace(/^0;url=/, '') ?? null;
}

/** What a browser does at a login: it keeps cookies for each site and follows redirects. */
export class CookieBrowser {
  private readonly jars = new Map<string, Map<string, string>>();
  /** The status of the last answer that led somewhere. */
  lastStatus = 0;

  /** `reach` is how it reaches an address, where that is not as usual. */
  constructor(
    private readonly reach: (url: URL, init: RequestInit) => Promise<Response> = (url, init) =>
      fetch(url, init),
  ) {}

  /** One request; a redirect is not followed. */
  async request(address: string | URL, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address);
    const headers = new Headers(init.headers);
    const cookie = this.cookiesOf(url.origin);
    if (cookie) headers.set('cookie', cookie);
    headers.set('accept', headers.get('accept') ?? 'text/html');
    const answer = await this.reach(url, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) this.keep(url.origin, line);
    if (leadsTo(answer) !== null) this.lastStatus = answer.status;
    return answer;
  }

  /** Follows redirects from `address`, to where they end or to the first address that `stops`. */
  async follow(address: string | URL, stops: (url: URL) => boolean = () => false): Promise<URL> {
    let url = new URL(address);
    for (let hop = 0; hop < MOST_HOPS; hop += 1) {
      const answer = await this.request(url);
      await answer.arrayBuffer();
      const location = leadsTo(answer);
      if (location === null) return url;
      url = new URL(location, url);
      if (stops(url)) return url;
    }
    throw new Error(`More than ${MOST_HOPS} redirects, the last to ${url.href}`);
  }

  cookie(origin: string, name: string): string | undefined {
    return this.jars.get(origin)?.get(name);
  }

  setCookie(origin: string, name: string, value: string): void {
    const jar = this.jars.get(origin) ?? new Map<string, string>();
    jar.set(name, value);
    this.jars.set(origin, jar);
  }

  private keep(origin: string, line: string): void {
    const [pair = '', ...attributes] = line.split(';');
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    const isGone = attributes.some((text) =>
      /^\s*(max-age=0|expires=thu, 01 jan 1970)/i.test(text),
    );
    if (isGone) this.jars.get(origin)?.delete(name);
    else this.setCookie(origin, name, value);
  }

  private cookiesOf(origin: string): string {
    return [...(this.jars.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}
