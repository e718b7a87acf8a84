import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { LumenServer } from '../support/lumen/lumen-server.js';

/** What every answer says, whoever it is for. */
const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  // A development server on http must not pin the browser to https.
  'strict-transport-security': null,
  'x-powered-by': null,
  server: null,
};

function expectSecurityHeaders(headers: Headers): void {
  const names = Object.keys(SECURITY_HEADERS);
  expect(Object.fromEntries(names.map((name) => [name, headers.get(name)]))).toEqual(
    SECURITY_HEADERS,
  );
  expect(headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/);
}

/** What a policy says, by directive. */
function directives(policy: string): Record<string, string> {
  return Object.fromEntries(
    policy.split('; ').map((each) => {
      const [name = '', ...values] = each.split(' ');
      return [name, values.join(' ')];
    }),
  );
}

describe('every answer', () => {
  const running = new AsyncDisposableStack();
  let server: LumenServer;

  beforeAll(async () => {
    server = running.use(await LumenServer.start());
  });

  afterAll(() => running.disposeAsync());

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}${path}`, { headers });

  it('carries the caller’s request id, or one of ours', async () => {
    const given = await get('/health', { 'x-request-id': 'trace-1' });
    expect(given.headers.get('x-request-id')).toBe('trace-1');
    const made = await get('/v1/models', { 'x-request-id': 'not sane' });
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    const body = (await (await get('/api/me', { 'x-request-id': 'trace-2' })).json()) as object;
    expect(body).toMatchObject({ error: { requestId: 'trace-2' } });
  });

  it.each(['/health', '/v1/models', '/api/me', '/nothing'])(
    'of %s has the security headers',
    async (path) => {
      const { headers } = await get(path);
      expectSecurityHeaders(headers);
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; frame-ancestors 'none'",
      );
    },
  );

  it('that is a page has a strict policy with a nonce of its own', async () => {
    const policies = await Promise.all(
      ['/', '/chat', '/any/other/page'].map(async (path) => {
        const answer = await get(path, { accept: 'text/html' });
        const policy = answer.headers.get('content-security-policy')!;
        const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
        expect(answer.headers.get('cache-control')).toBe('no-store');
        expect(await answer.text()).toContain(`"${nonce}"`);
        return policy;
      }),
    );
    expect(new Set(policies).size).toBe(3);
    expect(directives(policies[0]!)).toMatchObject({
      'default-src': "'self'",
      'script-src': "'self'",
      'connect-src': "'self'",
      'base-uri': "'self'",
      'form-action': "'self'",
      'frame-ancestors': "'none'",
      'object-src': "'none'",
      'require-trusted-types-for': "'script'",
      'trusted-types': expect.not.stringMatching(/'allow-duplicates'|\*/) as unknown,
    });
    expect(policies[0]).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe-inline/);
  });

  it.each(['/', '/docs', '/health', '/docs-json', '/api/bootstrap', '/branding/none'])(
    'of %s to a browser has the security headers too',
    async (path) => {
      expectSecurityHeaders((await get(path, { accept: 'text/html' })).headers);
    },
  );

  it.each([
    ['/nothing', 'application/json', 404],
    ['/api/nothing', 'text/html', 404],
    ['/v1/nothing', 'text/html', 404],
    ['/../../etc/passwd', '*/*', 404],
    ['/%2e%2e/%2e%2e/package.json', '*/*', 404],
  ])('to GET %s for %s is %i', async (path, accept, status) => {
    const answer = await get(path, { accept });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error: { code: 'not_found' } });
  });

  it('of the client’s files may be kept for ever, but not its page', async () => {
    const page = await (await get('/', { accept: 'text/html' })).text();
    const script = /src="(main-[^"]+\.js)"/.exec(page)?.[1];
    const file = await get(`/${script}`);
    expect(file.headers.get('content-type')).toContain('javascript');
    expect(file.headers.get('cache-control')).toContain('immutable');
    expectSecurityHeaders(file.headers);
  });

  it('about health tells what is needed', async () => {
    expect(await (await get('/health/live')).json()).toEqual({ status: 'ok' });
    for (const path of ['/health', '/health/ready']) {
      const answer = await get(path);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({
        status: 'ok',
        checks: { database: { ok: true } },
      });
    }
  });

  it('about the API describes every route', async () => {
    const document = (await (await get('/docs-json')).json()) as { paths: object };
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/v1/chat/completions', '/v1/models', '/api/keys', '/chat/models']),
    );
    const page = await get('/docs', { accept: 'text/html' });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).not.toMatch(/https?:|unsafe-eval/);
  });

  it.each([
    [
      'headers beyond the limit',
      `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`,
      431,
    ],
    ['what is not HTTP', 'nonsense\r\n\r\n', 400],
  ])('to %s is a clear refusal', async (_what, bytes, status) => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.write(bytes);
    const answer = await text(socket);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toContain('"requestId"');
    expect(answer).toContain('x-content-type-options: nosniff');
    expect(answer).toContain("content-security-policy: default-src 'none'");
  });
});

describe('a server outside debug', () => {
  it('insists on secure cookies and https, and has no development login', async () => {
    await using server = await LumenServer.prepare();
    const text = await server.configuration();
    await server.configure(
      text.replace('debug: true', 'debug: false').replace(/ {2}dev_user.*\n/, ''),
    );
    await server.launch();
    const answer = await fetch(`${server.url}/login`, { redirect: 'manual' });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('refresh')).toBe('0;url=/sign-in?error=login_not_configured');
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.headers.get('strict-transport-security')).toBe(
      'max-age=31536000; includeSubDomains',
    );
    const bootstrap = await fetch(`${server.url}/api/bootstrap`);
    expect(await bootstrap.json()).toMatchObject({ login: { kind: 'none' }, user: null });
  });
});
