import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditLogOf } from '../support/lumen/audit-log.js';
import { BrowserSession } from '../support/lumen/browser-session.js';
import { DIALECTS, LumenServer } from '../support/lumen/lumen-server.js';
import { modelWith } from '../support/lumen/models.js';
import { chunkText, DONE, ScriptedUpstream, stream } from '../support/scripted-upstream.js';

describe.each(DIALECTS)('a browser’s session on %s', (dialect) => {
  const running = new AsyncDisposableStack();
  let server: LumenServer;
  let upstream: ScriptedUpstream;

  beforeAll(async () => {
    upstream = running.use(await ScriptedUpstream.start());
    const models = modelWith('m', { url: upstream.url });
    server = running.use(await LumenServer.start({ dialect, models }));
  });

  afterAll(() => running.disposeAsync());

  it('starts at /login, with a cookie no script can read', async () => {
    const answer = await fetch(`${server.url}/login?returnTo=/keys`, { redirect: 'manual' });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('/keys');
    expect(answer.headers.get('set-cookie')).toMatch(
      /^lumen_session=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example'])(
    'is refused to whoever wants to return to %s, and the audit log says so',
    async (address) => {
      const query = new URLSearchParams({ returnTo: address });
      const answer = await fetch(`${server.url}/login?${query.toString()}`, { redirect: 'manual' });
      expect(answer.status).toBe(400);
      expect(answer.headers.get('location')).toBeNull();
      expect(answer.headers.get('set-cookie')).toBeNull();
      expect((await auditLogOf(server)).at(-1)).toMatchObject({
        action: 'user.login',
        outcome: 'refused',
        reason: expect.stringMatching(/^return_address_refused/) as unknown,
      });
    },
  );

  it('tells the client who is there, or nobody', async () => {
    const nobody = await fetch(`${server.url}/api/bootstrap`);
    expect(await nobody.json()).toEqual({
      app: { name: 'Lumen', tagline: expect.any(String) as unknown },
      branding: expect.objectContaining({ logo: null, colours: [] }) as unknown,
      login: { kind: 'dev' },
      user: null,
    });
    const session = await BrowserSession.start(server);
    expect(await (await session.fetch('/api/bootstrap')).json()).toMatchObject({
      user: { email: 'dev@example.com', name: 'dev', initials: 'D', roles: ['user'] },
    });
  });

  it('ends at logout, for good', async () => {
    const session = await BrowserSession.start(server);
    const answer = await session.fetch('/logout', 'POST');
    expect(answer.status).toBe(204);
    expect(answer.headers.get('set-cookie')).toContain('Max-Age=0');
    expect((await session.fetch('/api/me')).status).toBe(401);
  });

  it('makes, lists and revokes keys, and shows each once', async () => {
    const session = await BrowserSession.start(server);
    const created = await session.fetch('/api/keys', 'POST', { name: '  laptop  ' });
    expect(created.status).toBe(201);
    const { apiKey, key } = (await created.json()) as {
      apiKey: { id: string; name: string };
      key: string;
    };
    expect(apiKey.name).toBe('laptop');
    const list = () =>
      fetch(`${server.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
    expect((await list()).status).toBe(200);
    const listed = await (await session.fetch('/api/keys')).text();
    expect(listed).toContain(apiKey.id);
    expect(listed).not.toContain(key);
    expect((await session.fetch(`/api/keys/${apiKey.id}`, 'DELETE')).status).toBe(204);
    expect((await list()).status).toBe(401);
    expect(
      (await session.fetch(`/api/keys/${apiKey.id.replace(/^./, 'x')}`, 'DELETE')).status,
    ).toBe(404);
  });

  it.each([
    [{}],
    [{ name: '' }],
    [{ name: '   ' }],
    [{ name: 7 }],
    [{ name: 'x'.repeat(201) }],
    [{ name: 'x', userId: 'y' }],
    [[]],
  ])('refuses the key %j with the reason at its field', async (body) => {
    const session = await BrowserSession.start(server);
    const answer = await session.fetch('/api/keys', 'POST', body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: 'invalid_request' } });
  });

  it('refuses to change anything without the token of its own page', async () => {
    const session = await BrowserSession.start(server);
    const other = await BrowserSession.start(server);
    for (const token of [undefined, '', 'x', other.csrfToken]) {
      for (const [method, path] of [
        ['POST', '/api/keys'],
        ['POST', '/logout'],
        ['POST', '/chat/completions'],
      ]) {
        const answer = await fetch(`${server.url}${path}`, {
          method: method!,
          headers: {
            cookie: session.cookie,
            'content-type': 'application/json',
            ...(token === undefined ? {} : { 'x-csrf-token': token }),
          },
          body: '{"name":"x"}',
        });
        expect(answer.status).toBe(403);
        expect(await answer.json()).toMatchObject({ error: { code: 'csrf_token_invalid' } });
      }
    }
    expect((await session.fetch('/api/me')).status).toBe(200);
    const refused = (await auditLogOf(server)).filter(({ action }) => action === 'session.use');
    expect(refused).toMatchObject([{ outcome: 'refused', actorName: 'dev@example.com' }]);
  });

  it.each(['/api/me', '/api/keys', '/chat/models'])('is needed for %s', async (path) => {
    for (const cookie of ['', 'lumen_session=', 'lumen_session=forged', 'lumen_session=%00']) {
      const answer = await fetch(`${server.url}${path}`, { headers: { cookie } });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ error: { code: 'login_required' } });
    }
  });

  it('is no key for the API, nor is a key a session', async () => {
    const session = await BrowserSession.start(server);
    expect((await session.fetch('/v1/models')).status).toBe(401);
    const key = await server.createKey();
    const answer = await fetch(`${server.url}/api/keys`, {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(answer.status).toBe(401);
  });

  it('chats through the same pipeline', async () => {
    const session = await BrowserSession.start(server);
    const models: unknown = await (await session.fetch('/chat/models')).json();
    expect(models).toMatchObject({ models: [{ id: 'm', status: 'ok' }], defaultModel: 'm' });
    upstream.next(stream(chunkText('Hello'), DONE));
    const request = { model: 'm', stream: true, messages: [{ role: 'user', content: 'hi' }] };
    const answer = await session.fetch('/chat/completions', 'POST', request);
    expect(await answer.text()).toBe(chunkText('Hello') + DONE);
    const unknown = await session.fetch('/chat/completions', 'POST', { ...request, model: 'x' });
    expect(await unknown.json()).toMatchObject({
      error: { code: 'model_not_found', requestId: unknown.headers.get('x-request-id') },
    });
  });
});
