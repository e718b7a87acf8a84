import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditLogOf } from '../support/lumen/audit-log.js';
import { BrowserSession } from '../support/lumen/browser-session.js';
import { type LumenServer } from '../support/lumen/lumen-server.js';
import { addPerson } from '../support/lumen/people.js';
import { onDatabaseOf } from '../support/lumen/server-database.js';
import { sessionOf, startAs } from '../support/lumen/session-of.js';
import {
  type Behaviour,
  completion,
  ScriptedUpstream,
  status,
} from '../support/scripted-upstream.js';

const KEY = 'sk-backend-key-that-nobody-may-see';
const EXTRA = `
engineers: [engineer@example.com]
superadmins: [superadmin@example.com]
upstream: { allow_private: true, probe: { interval_s: 86400, timeout_s: 5 } }
`;
const markdown = { 'content-type': 'text/markdown; charset=utf-8' };

describe('pages about models', () => {
  const running = new AsyncDisposableStack();
  let server: LumenServer;
  let upstream: ScriptedUpstream;
  let engineer: BrowserSession;
  let person: BrowserSession;
  let reads = 0;

  const answers: Behaviour = (request, response) => {
    if (request.path === '/readme.md') {
      reads += 1;
      return status(200, '---\na: b\n---\n# Hello', markdown)(request, response);
    }
    if (request.path === '/moved.md') {
      const headers = { location: '/readme.md', ...markdown };
      return status(302, '# No', headers)(request, response);
    }
    if (request.path === '/page.md') {
      return status(200, '<h1>No</h1>', { 'content-type': 'text/html' })(request, response);
    }
    if (request.path === '/large.md') {
      return status(200, 'x'.repeat(600_000), markdown)(request, response);
    }
    return completion('Pong')(request, response);
  };

  beforeAll(async () => {
    upstream = running.use(await ScriptedUpstream.start());
    upstream.usual = answers;
    const endpoints = [{ url: upstream.url, api_key: KEY }];
    const at = (path: string) => upstream.url.replace('/v1', path);
    const models = JSON.stringify([
      {
        name: 'org/open',
        endpoints,
        access: 'allowed',
        url: at('/readme.md'),
        input_cost_per_million: 0.07,
      },
      { name: 'moved', endpoints, access: 'allowed', url: at('/moved.md') },
      { name: 'page', endpoints, access: 'allowed', url: at('/page.md') },
      { name: 'large', endpoints, access: 'allowed', url: at('/large.md') },
      { name: 'metadata', endpoints, access: 'allowed', url: 'http://169.254.169.254/a.md' },
      { name: 'closed', endpoints, access: 'blocked' },
      { name: 'off', endpoints, disabled: true },
    ]);
    const options = { dialect: 'sqlite', models, extra: EXTRA } as const;
    server = running.use(await startAs('engineer@example.com', options));
    engineer = await BrowserSession.start(server);
    person = await sessionOf('person@example.com', server, options);
  }, 90_000);

  afterAll(() => running.disposeAsync());

  async function get<Body>(who: BrowserSession, path: string, expected = 200): Promise<Body> {
    const answer = await who.fetch(path);
    expect({ path, status: answer.status }).toEqual({ path, status: expected });
    const text = await answer.text();
    expect(text).not.toContain(KEY);
    return JSON.parse(text) as Body;
  }

  it('list every model that is not disabled, and why one may not use it', async () => {
    interface Cards {
      models: { model: string; access: string; explanation: string }[];
    }
    const { models } = await get<Cards>(person, '/api/catalogue');
    expect(models.map(({ model }) => model)).not.toContain('off');
    expect(models.find(({ model }) => model === 'closed')).toMatchObject({
      access: 'blocked',
      explanation: expect.stringContaining('access of the model closed is blocked'),
    });
  });

  it('tell of one model by its name with slashes, and addresses to engineers alone', async () => {
    const path = '/api/catalogue/org/open?tz=Europe/Berlin';
    const own = await get<Record<string, unknown[]>>(person, path);
    expect(own).toMatchObject({ model: 'org/open', inputCostPerMillion: 0.07, addresses: null });
    expect(own['hours']!.length).toBeGreaterThanOrEqual(24);
    expect(own['days']).toHaveLength(30);
    const seen = await get<{ addresses: object[] }>(engineer, path);
    expect(seen.addresses).toEqual([{ url: upstream.url, status: 'up' }]);
    await get(person, '/api/catalogue/off', 404);
    await get(person, '/api/catalogue/nobody/knows', 404);
    await get(person, '/api/catalogue/org/open?tz=Nowhere', 400);
  });

  it('read a README once, and none that is moved, large, no text or at a forbidden address', async () => {
    const readme = { text: '# Hello', source: upstream.url.replace('/v1', '/readme.md') };
    expect(await get(person, '/api/readmes/org/open')).toEqual(readme);
    expect(await get(engineer, '/api/readmes/org/open')).toEqual(readme);
    expect(reads).toBe(1);
    for (const name of ['moved', 'page', 'large', 'metadata', 'closed']) {
      expect(await get(person, `/api/readmes/${name}`)).toEqual({ text: null, source: null });
    }
  });

  it('list all models and endpoints to engineers, page by page', async () => {
    interface Page {
      items: Record<string, unknown>[];
      total: number;
    }
    const models = await get<Page>(engineer, '/api/admin/models?sort=input&order=desc&pageSize=2');
    expect(models.total).toBe(7);
    expect(models.items[0]).toMatchObject({
      model: 'org/open',
      source: 'file',
      routing: 'round_robin',
    });
    const disabled = await get<Page>(engineer, '/api/admin/models?state=disabled');
    expect(disabled.items).toMatchObject([{ model: 'off', isDisabled: true }]);
    await get(engineer, '/api/admin/models/org/open');
    await get(engineer, '/api/admin/models/nothing', 404);
    await get(engineer, '/api/admin/models?sort=secret', 400);
    const endpoints = await get<Page>(engineer, '/api/admin/endpoints?search=closed&span=day');
    expect(endpoints.items).toMatchObject([{ model: 'closed', inFlight: 0, checkedAt: null }]);
    expect(endpoints.items[0]!['bars']).toHaveLength(90);
  });

  it('test one endpoint, check it, and write that down', async () => {
    const { items } = await get<{ items: { id: string }[] }>(
      engineer,
      '/api/admin/endpoints?search=org/open',
    );
    const { id } = items[0]!;
    const answer = await engineer.fetch(`/api/admin/endpoints/${id}/test`, 'POST', {});
    expect(await answer.json()).toMatchObject({ ok: true, status: 200, sample: 'Pong' });
    const after = await get<{ items: object[] }>(engineer, '/api/admin/endpoints?search=org/open');
    expect(after.items[0]).toMatchObject({ checkedAt: expect.any(String) });
    const log = JSON.stringify(await auditLogOf(server));
    expect(log).toContain('endpoint.test');
    expect(log).not.toContain(KEY);
    const gone = await engineer.fetch('/api/admin/endpoints/nothing/test', 'POST', {});
    expect(gone.status).toBe(404);
  });

  it('refuse an edit of a provider that somebody else changed meanwhile', async () => {
    const made = await engineer.fetch('/providers', 'POST', {
      name: 'Ours',
      slug: 'ours',
      type: 'custom',
      baseUrl: upstream.url,
      models: ['one'],
    });
    const { id, updatedAt } = (await made.json()) as { id: string; updatedAt: string };
    const change = (body: object) => engineer.fetch(`/providers/${id}`, 'PATCH', body);
    expect((await change({ name: 'First', updatedAt })).status).toBe(200);
    const stale = await change({ name: 'Second', updatedAt });
    expect(stale.status).toBe(409);
    expect(await stale.json()).toMatchObject({ error: { details: { reason: 'stale' } } });
    expect((await change({ name: 'Third' })).status).toBe(200);
    expect((await change({ updatedAt: 'yesterday' })).status).toBe(400);
  });

  it('explain a resolution for a person, a client and nobody', async () => {
    const path = '/api/admin/resolution';
    const open = await get<object>(
      engineer,
      `${path}?model=closed&asker=user&name=PERSON@example.com`,
    );
    expect(open).toMatchObject({
      result: 'model',
      model: 'closed',
      standing: { access: 'blocked' },
      price: { input: 0 },
    });
    expect(await get(engineer, `${path}?model=nonsense`)).toMatchObject({ result: 'unknown' });
    expect(await get(engineer, `${path}?model=auto`)).toMatchObject({ model: 'ours/one' });
    const wrong = await get(engineer, `${path}?asker=client&name=nobody`, 400);
    expect(wrong).toMatchObject({ error: { details: { fields: { name: [expect.any(String)] } } } });
  });

  it('are for engineers and superadmins, where they tell of addresses', async () => {
    await onDatabaseOf(server, (database) =>
      addPerson(database, 'auditor@example.com', { grantedRoles: ['auditor'] }),
    );
    const people = ['user', 'auditor', 'admin', 'engineer', 'superadmin'];
    const keys = await Promise.all(people.map((name) => server.createKey(`${name}@example.com`)));
    for (const path of ['models', 'models/org/open', 'endpoints', 'resolution']) {
      const statuses = await Promise.all(
        keys.map(async (token) => {
          const headers = { authorization: `Bearer ${token}` };
          return (await fetch(`${server.url}/api/admin/${path}`, { headers })).status;
        }),
      );
      expect({ path, statuses }).toEqual({ path, statuses: [403, 403, 403, 200, 200] });
    }
    expect((await fetch(`${server.url}/api/catalogue`)).status).toBe(401);
  });
});
