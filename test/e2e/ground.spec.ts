import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { LumenServer } from '../support/lumen/lumen-server.js';

describe('every answer', () => {
  const running = new AsyncDisposableStack();
  let server: LumenServer;

  beforeAll(async () => {
    server = running.use(await LumenServer.start());
  }, 30_000);

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
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; frame-ancestors 'none'",
      );
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('server')).toBeNull();
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
    expect(policies[0]).toContain("script-src 'self';");
    expect(policies[0]).toContain("require-trusted-types-for 'script'");
    expect(policies[0]).not.toMatch(/https?:|\*|unsafe-eval/);
  });

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
    expect(answer.headers.get('strict-transport-security')).toMatch(/^max-age=31536000/);
    const bootstrap = await fetch(`${server.url}/api/bootstrap`);
    expect(await bootstrap.json()).toMatchObject({ login: { kind: 'none' }, user: null });
  });
});
