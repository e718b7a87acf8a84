import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditLogOf } from '../support/lumen/audit-log.js';
import { BrowserSession } from '../support/lumen/browser-session.js';
import { DIALECTS, type LumenServer } from '../support/lumen/lumen-server.js';
import { modelWith } from '../support/lumen/models.js';
import { requestLogOf } from '../support/lumen/request-log.js';
import { sessionOf, startAs } from '../support/lumen/session-of.js';
import { completion, ScriptedUpstream } from '../support/scripted-upstream.js';
import { until } from '../support/until.js';

const UNKNOWN = '0198c0de-0000-7000-8000-000000000000';

interface ClientAnswer {
  id: string;
  role: string;
  isActive: boolean;
  isEnabled: boolean;
  defaultModel: string | null;
  owner: { id: string; email: string } | null;
  managers: { id: string; email: string }[];
}

interface KeyAnswer {
  apiKey: { id: string };
  key: string;
}

/** The body of an answer that has to have this status. */
async function read<T>(answer: Promise<Response>, status = 200): Promise<T> {
  const response = await answer;
  const text = await response.text();
  if (response.status !== status) throw new Error(`${response.status}, not ${status}: ${text}`);
  return JSON.parse(text || 'null') as T;
}

/** Status, code and message: all that a caller can tell two refusals apart by. */
async function refusal(answer: Promise<Response>): Promise<unknown[]> {
  const response = await answer;
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  return [response.status, error.code, error.message];
}

describe.each(DIALECTS)('clients on %s', (dialect) => {
  const running = new AsyncDisposableStack();
  let server: LumenServer;
  let upstream: ScriptedUpstream;
  let admin: BrowserSession;
  let owner: BrowserSession;
  let manager: BrowserSession;
  let stranger: BrowserSession;
  let client: ClientAnswer;

  beforeAll(async () => {
    upstream = running.use(await ScriptedUpstream.start());
    const extra = 'clients: { default: { max: -2 } }';
    const options = { dialect, models: modelWith('m', { url: upstream.url }), extra };
    server = running.use(await startAs('admin@example.com', options));
    admin = await BrowserSession.start(server);
    owner = await sessionOf('owner@example.com', server, options);
    manager = await sessionOf('manager@example.com', server, options);
    stranger = await sessionOf('stranger@example.com', server, options);
    const wanted = { name: 'bot', description: 'Answers mail', ownerEmail: 'Owner@example.com' };
    client = await read(admin.fetch('/api/admin/clients', 'POST', wanted), 201);
    const added = { email: 'manager@example.com' };
    client = await read(owner.fetch(`/api/clients/${client.id}/managers`, 'POST', added));
  }, 90_000);

  afterAll(() => running.disposeAsync());

  const callModel = (key: string) =>
    fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: '{"model":"m","messages":[{"role":"user","content":"hi"}]}',
    });

  it('are made by administrators, for an owner who then sees them', async () => {
    expect(client).toMatchObject({
      name: 'bot',
      isActive: true,
      isEnabled: true,
      role: 'owner',
      owner: { email: 'owner@example.com' },
      managers: [{ email: 'owner@example.com' }, { email: 'manager@example.com' }],
    });
    for (const person of [owner, manager]) {
      const list = await read(person.fetch('/api/clients'));
      expect(list).toMatchObject({ total: 1, items: [{ name: 'bot' }] });
    }
    expect(await read(stranger.fetch('/api/clients'))).toMatchObject({ total: 0, items: [] });
    expect(await read(admin.fetch('/api/admin/clients?search=BO'))).toMatchObject({ total: 1 });
    for (const [path, method] of [
      ['/api/admin/clients', 'GET'],
      ['/api/admin/clients', 'POST'],
      [`/api/admin/clients/${client.id}`, 'GET'],
      [`/api/admin/clients/${client.id}`, 'PATCH'],
    ] as const) {
      const [status, code, message] = await refusal(
        owner.fetch(path, method, method === 'GET' ? undefined : { name: 'mine' }),
      );
      expect([status, code]).toEqual([403, 'permission_denied']);
      expect(message).toContain('admin');
    }
  });

  it('do not exist for who does not manage them, and the audit log has every attempt', async () => {
    const before = (await auditLogOf(server)).length;
    const attempts: [path: string, method: string, body?: unknown][] = [
      ['', 'GET'],
      ['', 'PATCH', { description: 'mine' }],
      ['', 'PATCH', { isActive: false }],
      ['/ai-configuration', 'PUT', { defaultModel: null }],
      ['/managers', 'POST', { email: 'stranger@example.com' }],
      [`/managers/${client.managers[1]?.id}`, 'DELETE'],
      ['/transfer', 'POST', { email: 'stranger@example.com' }],
      ['/keys', 'GET'],
      ['/keys/usage', 'GET'],
      ['/keys', 'POST', { name: 'mine' }],
      [`/keys/${UNKNOWN}`, 'DELETE'],
      [`/keys/${UNKNOWN}/rotation`, 'POST', { overlapHours: 0 }],
    ];
    for (const [path, method, body] of attempts) {
      const known = await refusal(stranger.fetch(`/api/clients/${client.id}${path}`, method, body));
      const other = await refusal(stranger.fetch(`/api/clients/${UNKNOWN}${path}`, method, body));
      expect(known.slice(0, 2)).toEqual([404, 'not_found']);
      expect(known).toEqual(other);
    }
    const refused = (await auditLogOf(server)).slice(before);
    expect(refused).toHaveLength(attempts.length);
    for (const entry of refused) {
      expect(entry).toMatchObject({
        outcome: 'refused',
        actorName: 'stranger@example.com',
        objectKind: 'client',
        objectId: client.id,
        ip: '127.0.0.1',
      });
    }
  });

  it.each<[string, string, unknown]>([
    ['', 'PATCH', { isActive: false }],
    ['/managers', 'POST', { email: 'stranger@example.com' }],
    ['/transfer', 'POST', { email: 'manager@example.com' }],
  ])('let only the owner do %s %s %j', async (path, method, body) => {
    const answer = await refusal(manager.fetch(`/api/clients/${client.id}${path}`, method, body));
    expect(answer.slice(0, 2)).toEqual([403, 'permission_denied']);
    expect(answer[2]).toContain('owner');
  });

  it.each<[string, string, unknown]>([
    ['', 'PATCH', { description: null }],
    ['', 'PATCH', { description: 'a\u0000b' }],
    ['', 'PATCH', { description: 'x'.repeat(2001) }],
    ['', 'PATCH', { isActive: 'yes' }],
    ['', 'PATCH', { isActive: null }],
    ['', 'PATCH', { name: 'renamed' }],
    ['', 'PATCH', { ownerId: UNKNOWN }],
    ['/managers', 'POST', {}],
    ['/managers', 'POST', { email: 'nobody' }],
    ['/managers', 'POST', { email: 'nobody@example.com' }],
    ['/transfer', 'POST', { email: ['owner@example.com'] }],
    ['/ai-configuration', 'PUT', {}],
    ['/ai-configuration', 'PUT', { defaultModel: '' }],
    ['/ai-configuration', 'PUT', { defaultModel: 'no such model' }],
    ['/keys', 'POST', { name: 'mine', key: `sk_${'a'.repeat(43)}` }],
    ['/keys', 'POST', { name: 'a\u0000b' }],
    ['/keys', 'POST', { name: 'x', expiresAt: '2020-01-01T00:00:00Z' }],
    ['/keys', 'POST', { name: 'x', expiresAt: 'tomorrow' }],
    ['/keys', 'POST', { name: 'x', expiresAt: 4102444800000 }],
    ['/keys', 'POST', { name: 'x', onlyModels: [] }],
    ['/keys', 'POST', { name: 'x', onlyModels: 'm' }],
    ['/keys', 'POST', { name: 'x', onlyModels: [''] }],
    ['/keys', 'POST', { name: 'x', onlyModels: ['m', 'm'] }],
  ])('refuse a bad %s %s (%#) and name the field', async (path, method, body) => {
    const answer = await owner.fetch(`/api/clients/${client.id}${path}`, method, body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: { code: 'invalid_request', details: { fields: expect.any(Object) as unknown } },
    });
  });

  it.each<[unknown, number]>([
    [{ name: 'bot' }, 409],
    [{ name: '' }, 400],
    [{ name: 'default' }, 400],
    [{ name: 'x'.repeat(129) }, 400],
    [{ name: 'a\nb' }, 400],
    [{ name: 'other', description: null }, 400],
    [{ name: 'other', ownerEmail: 'nobody@example.com' }, 400],
    [{ name: 'other', isActive: true }, 400],
  ])('are not made of a bad body (%#)', async (body, status) => {
    await read(admin.fetch('/api/admin/clients', 'POST', body), status);
  });

  it('have keys of their own, with which they are known as themselves', async () => {
    const keys = `/api/clients/${client.id}/keys`;
    const made = await read<KeyAnswer>(manager.fetch(keys, 'POST', { name: 'mailer' }), 201);
    upstream.next(completion('hello'));
    expect((await callModel(made.key)).status).toBe(200);
    const headers = { authorization: `Bearer ${made.key}` };
    expect(await read(fetch(`${server.url}/api/me`, { headers }))).toEqual({
      id: client.id,
      kind: 'client',
      email: '',
      name: 'bot',
      initials: 'B',
      roles: [],
      csrfToken: '',
      managesClients: false,
      budgets: [
        expect.objectContaining({ kind: 'unlimited', source: 'clients.default' }) as unknown,
      ],
    });
    expect((await fetch(`${server.url}/v1/models`, { headers })).status).toBe(200);
    for (const path of ['/api/clients', '/api/admin/clients', '/api/keys', keys]) {
      expect((await fetch(`${server.url}${path}`, { headers })).status).toBe(401);
    }
    const [row] = await requestLogOf(server, 1);
    expect(row).toMatchObject({ clientId: client.id, userId: null, apiKeyId: made.apiKey.id });
    expect(await read(owner.fetch(`${keys}/usage`))).toEqual({
      counters: [{ keyId: made.apiKey.id, requests: 1, promptTokens: 5, completionTokens: 7 }],
    });
    const replaced = `${keys}/${made.apiKey.id}`;
    const after = await read<KeyAnswer>(
      owner.fetch(`${replaced}/rotation`, 'POST', { overlapHours: 0 }),
      201,
    );
    expect((await callModel(made.key)).status).toBe(401);
    await read(manager.fetch(`${keys}/${after.apiKey.id}`, 'DELETE'), 204);
    expect((await callModel(after.key)).status).toBe(401);
    const listed = await (await manager.fetch(keys)).text();
    expect(listed).not.toContain(made.key);
    expect(JSON.parse(listed)).toMatchObject({ keys: [{ name: 'mailer' }, { name: 'mailer' }] });
  });

  it('do not share their keys with another client or with their managers', async () => {
    const other = await read<ClientAnswer>(
      admin.fetch('/api/admin/clients', 'POST', { name: 'other', ownerEmail: 'owner@example.com' }),
      201,
    );
    const { apiKey, key } = await read<KeyAnswer>(
      owner.fetch(`/api/clients/${other.id}/keys`, 'POST', { name: 'x' }),
      201,
    );
    for (const path of [`/api/clients/${client.id}/keys/${apiKey.id}`, `/api/keys/${apiKey.id}`]) {
      expect((await owner.fetch(path, 'DELETE')).status).toBe(404);
      const rotation = await owner.fetch(`${path}/rotation`, 'POST', { overlapHours: 0 });
      expect(rotation.status).toBe(404);
    }
    upstream.next(completion('still here'));
    expect((await callModel(key)).status).toBe(200);
  });

  it('are switched off and on by their owner, and their keys at once with them', async () => {
    const address = `/api/clients/${client.id}`;
    const made = await read<KeyAnswer>(
      admin.fetch(`${address}/keys`, 'POST', { name: 'switch' }),
      201,
    );
    upstream.next(completion('on'));
    expect((await callModel(made.key)).status).toBe(200);
    const off = await read(owner.fetch(address, 'PATCH', { isActive: false }));
    expect(off).toMatchObject({ isActive: false, isEnabled: false });
    const refused = await callModel(made.key);
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ error: { code: 'api_key_invalid' } });
    await read(owner.fetch(address, 'PATCH', { isActive: true }));
    upstream.next(completion('on again'));
    expect((await callModel(made.key)).status).toBe(200);
    const actions = (await auditLogOf(server)).slice(-3).map(({ action }) => action);
    expect(actions).toEqual(['client.update', 'api_key.use', 'client.update']);
  });

  it('have a model of their own, chosen by a manager', async () => {
    const address = `/api/clients/${client.id}/ai-configuration`;
    const chosen = await read(manager.fetch(address, 'PUT', { defaultModel: 'm' }));
    expect(chosen).toMatchObject({ defaultModel: 'm', role: 'manager' });
    const path = `/api/admin/clients/${client.id}`;
    const reset = await read(admin.fetch(path, 'PATCH', { defaultModel: null }));
    expect(reset).toMatchObject({ defaultModel: null, effectiveDefaultModel: null });
  });

  it('are handed over, and only then can their owner go', async () => {
    const address = `/api/clients/${client.id}`;
    const ownerId = client.owner!.id;
    const leave = () => owner.fetch(`${address}/managers/${ownerId}`, 'DELETE');
    expect((await refusal(leave())).slice(0, 2)).toEqual([409, 'conflict']);
    const handedOver = await read<ClientAnswer>(
      owner.fetch(`${address}/transfer`, 'POST', { email: 'manager@example.com' }),
    );
    expect(handedOver).toMatchObject({ role: 'manager', owner: { email: 'manager@example.com' } });
    await read(leave(), 204);
    expect((await owner.fetch(address)).status).toBe(404);
    await read(owner.fetch(`${address}/keys`), 404);
    expect((await manager.fetch(address)).status).toBe(200);
    const restored = { email: 'owner@example.com' };
    await read(admin.fetch(`${address}/transfer`, 'POST', restored));
    expect(await read(owner.fetch(address))).toMatchObject({ role: 'owner' });
  });
});

describe('clients of config.yaml', () => {
  it('come and go with config.yaml while Lumen runs', async () => {
    await using server = await startAs('ada@example.com', { extra: 'clients: { one: }' });
    const key = await server.command('keys', 'create', '--client', 'one', '--name', 'x', '--quiet');
    const statusOfMe = async () => {
      const headers = { authorization: `Bearer ${key}` };
      return (await fetch(`${server.url}/api/me`, { headers })).status;
    };
    expect(await statusOfMe()).toBe(200);
    const text = await server.configuration();
    await server.configure(text.replace('{ one: }', '{ one: { disabled: true }, more: }'));
    await server.nextLine(({ msg }) => String(msg).includes('config.yaml reloaded'));
    expect(await statusOfMe()).toBe(401);
    await until(async () => (await server.command('clients', 'list')).includes('more\tactive'));
    expect(await server.command('clients', 'list')).toContain('one\tdeactivated');
  }, 60_000);
});
