import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditLogOf } from '../support/lumen/audit-log.js';
import { BrowserSession } from '../support/lumen/browser-session.js';
import { DIALECTS, LumenServer } from '../support/lumen/lumen-server.js';
import { modelWith } from '../support/lumen/models.js';
import { requestLogOf } from '../support/lumen/request-log.js';
import { onDatabaseOf } from '../support/lumen/server-database.js';
import { startAs } from '../support/lumen/session-of.js';
import { completion, ScriptedUpstream, status } from '../support/scripted-upstream.js';
import { until } from '../support/until.js';

const KEY = 'sk-abc12345-nobody-may-see-this-xyz9';
const EXTRA = `
engineers: [engineer@example.com]
log: { level: debug, requests: true }
defaults: { models: { access: allowed } }
`;

interface Answer {
  status: number;
  text: string;
  body: Record<string, unknown>;
}

async function read(answer: Promise<Response>): Promise<Answer> {
  const response = await answer;
  const text = await response.text();
  const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  return { status: response.status, text, body };
}

describe.each(DIALECTS)('providers of a running server on %s', (dialect) => {
  const running = new AsyncDisposableStack();
  const answers: string[] = [];
  let server: LumenServer;
  let upstream: ScriptedUpstream;
  let engineer: BrowserSession;
  let engineerKey: string;
  let userKey: string;
  let id: string;

  beforeAll(async () => {
    upstream = running.use(await ScriptedUpstream.start());
    const models = modelWith('house', { url: upstream.url });
    server = running.use(await startAs('engineer@example.com', { dialect, models, extra: EXTRA }));
    engineer = await BrowserSession.start(server);
    engineerKey = await server.createKey('engineer@example.com');
    userKey = await server.createKey('user@example.com');
    const {
      status: code,
      body,
      text,
    } = await read(
      engineer.fetch('/providers', 'POST', {
        name: 'Scripted',
        slug: 'scripted',
        type: 'custom',
        baseUrl: upstream.url,
        apiKey: KEY,
        models: ['org/large', 'small'],
      }),
    );
    answers.push(text);
    expect(code).toBe(201);
    id = body['id'] as string;
  }, 90_000);

  afterAll(() => running.disposeAsync());

  const withKey = async (key: string, path: string, method = 'GET', body?: unknown) => {
    const answer = await read(
      fetch(`${server.url}${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: body === undefined ? null : JSON.stringify(body),
      }),
    );
    answers.push(answer.text);
    return answer;
  };

  const chat = (model: string, key = userKey) =>
    withKey(key, '/v1/chat/completions', 'POST', {
      model,
      messages: [{ role: 'user', content: 'hi' }],
    });

  it('serve by slug/model and by the name alone, with their key', async () => {
    for (const [name, sent] of [
      ['scripted/small', 'small'],
      ['small', 'small'],
      ['scripted/org/large', 'org/large'],
      ['org/large', 'org/large'],
    ] as const) {
      expect(await chat(name)).toMatchObject({ status: 200 });
      expect(upstream.lastRequest.headers.authorization).toBe(`Bearer ${KEY}`);
      expect(JSON.parse(upstream.lastRequest.bytes.toString())).toMatchObject({ model: sent });
    }
    expect(await chat('scripted/other')).toMatchObject({
      status: 404,
      body: { error: { code: 'model_not_found' } },
    });
    const { body } = await withKey(userKey, '/v1/models');
    const ids = (body['data'] as { id: string }[]).map((model) => model.id);
    expect(ids).toEqual(['house', 'scripted/org/large', 'scripted/small']);
    expect(await withKey(userKey, '/v1/models/scripted/org/large')).toMatchObject({
      status: 200,
      body: { id: 'scripted/org/large' },
    });
    expect((await requestLogOf(server)).map(({ outcome }) => outcome)).toContain('completed');
  });

  it('keep their key to themselves when the backend refuses it or says it again', async () => {
    upstream.next(status(401, JSON.stringify({ error: { message: `bad key ${KEY}` } })));
    expect(await chat('small')).toMatchObject({
      status: 502,
      body: { error: { code: 'upstream_misconfigured' } },
    });
  });

  it('are managed with an API key, by an engineer’s alone', async () => {
    expect(await withKey(engineerKey, '/providers/admin')).toMatchObject({
      status: 200,
      body: { providers: [{ apiKey: 'sk-abc12345...xyz9', keyState: 'set' }] },
    });
    for (const [method, path, body] of [
      ['GET', '/providers/admin', undefined],
      ['POST', '/providers', { slug: 'mine' }],
      ['PATCH', `/providers/${id}`, { baseUrl: 'http://evil.example' }],
      ['DELETE', `/providers/${id}`, undefined],
      ['POST', `/providers/${id}/delete`, undefined],
      ['POST', `/providers/${id}/test`, { model: 'small', baseUrl: 'http://127.0.0.1:1' }],
    ] as const) {
      expect(await withKey(userKey, path, method, body)).toMatchObject({
        status: 403,
        body: { error: { code: 'permission_denied' } },
      });
      expect(await withKey('sk_nonsense', path, method, body)).toMatchObject({ status: 401 });
      const nobody = await fetch(`${server.url}${path}`, { method });
      expect(nobody.status).toBe(401);
    }
    for (const path of ['/providers', '/providers/models']) {
      const { text, status: code } = await withKey(userKey, path);
      expect(code).toBe(200);
      expect(text).not.toMatch(/sk-|baseUrl|127\.0\.0\.1/);
      expect((await fetch(`${server.url}${path}`)).status).toBe(401);
    }
  });

  it('are nothing for a key that was made for some models alone', async () => {
    const limited = { name: 'limited', onlyModels: ['scripted/small'] };
    const made = await read(engineer.fetch('/api/keys', 'POST', limited));
    const key = made.body['key'] as string;
    expect(await chat('small', key)).toMatchObject({ status: 200 });
    const elsewhere = { model: 'small', baseUrl: `${upstream.url}/elsewhere` };
    const before = upstream.requests.length;
    for (const [method, path, body] of [
      ['GET', '/providers/admin', undefined],
      ['POST', `/providers/${id}/test`, elsewhere],
      ['PATCH', `/providers/${id}`, { enabled: false }],
      ['DELETE', `/providers/${id}`, undefined],
    ] as const) {
      const { status: code, body: answer } = await withKey(key, path, method, body);
      expect([path, code]).toEqual([path, 403]);
      expect(answer).toMatchObject({ error: { code: 'permission_denied' } });
    }
    expect(upstream.requests).toHaveLength(before);
  });

  it('are not changed from a foreign page', async () => {
    const { cookie } = engineer;
    for (const [method, path] of [
      ['POST', '/providers'],
      ['PATCH', `/providers/${id}`],
      ['DELETE', `/providers/${id}`],
      ['POST', `/providers/${id}/delete`],
      ['POST', `/providers/${id}/test`],
    ] as const) {
      const forged = await read(
        fetch(`${server.url}${path}`, {
          method,
          headers: { cookie, 'content-type': 'application/json' },
          body: '{"model":"small"}',
        }),
      );
      expect(forged).toMatchObject({
        status: 403,
        body: { error: { code: 'csrf_token_invalid' } },
      });
    }
    expect(await withKey(engineerKey, '/providers')).toMatchObject({
      body: { providers: [{ slug: 'scripted' }] },
    });
  });

  it('are tested by session and by key', async () => {
    upstream.next(completion('Pong'));
    const path = `/providers/${id}/test`;
    expect(await read(engineer.fetch(path, 'POST', { model: 'small' }))).toMatchObject({
      status: 200,
      body: { ok: true, status: 200, sample: 'Pong', latencyMs: expect.any(Number) },
    });
    const draft = { model: 'small', baseUrl: 'http://169.254.169.254/v1', apiKey: KEY };
    expect(await withKey(engineerKey, '/providers/draft/test', 'POST', draft)).toMatchObject({
      status: 200,
      body: { ok: false, status: 0, error: expect.stringContaining('never allowed') },
    });
  });

  it('change and go at once, here and on other replicas', async () => {
    await using replica = await LumenServer.start({
      dialect,
      databaseUrl: server.databaseUrl,
      models: modelWith('house', { url: upstream.url }),
      extra: EXTRA,
    });
    const there = async (model: string) => {
      const { status: code } = await fetch(`${replica.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${userKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hi' }] }),
      });
      return code;
    };
    expect(await there('scripted/small')).toBe(200);
    const renamed = await read(
      engineer.fetch(`/providers/${id}`, 'PATCH', { slug: 'renamed', apiKey: '' }),
    );
    expect(renamed).toMatchObject({ status: 200, body: { apiKey: 'sk-abc12345...xyz9' } });
    expect((await chat('scripted/small')).status).toBe(404);
    expect((await chat('renamed/small')).status).toBe(200);
    expect(upstream.lastRequest.headers.authorization).toBe(`Bearer ${KEY}`);
    await until(async () => (await there('renamed/small')) === 200);
    expect((await read(engineer.fetch(`/providers/${id}/delete`, 'POST'))).status).toBe(204);
    expect((await chat('renamed/small')).status).toBe(404);
    expect((await chat('house')).status).toBe(200);
    await until(async () => (await there('small')) === 404);
  });

  it('have left their key in no answer, log line, or place of the database', async () => {
    await server.nextLine(({ path, method }) => path === '/providers' && method === 'POST');
    const audit = await auditLogOf(server);
    expect(audit.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        'provider.create',
        'provider.update',
        'provider.test',
        'provider.delete',
      ]),
    );
    expect(audit.find(({ action }) => action === 'provider.create')).toMatchObject({
      actorName: 'engineer@example.com',
      ip: '127.0.0.1',
    });
    const tables = await onDatabaseOf(server, (database) =>
      Promise.all(
        ['providers', 'audit_log', 'request_log', 'changes'].map((table) =>
          database.query(`SELECT * FROM ${table}`),
        ),
      ),
    );
    for (const said of [answers, server.log, server.errors, audit, tables]) {
      expect(JSON.stringify(said)).not.toContain('nobody-may-see');
    }
  });
});
