import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditLogOf, peopleOf } from '../support/lumen/audit-log.js';
import { BrowserSession } from '../support/lumen/browser-session.js';
import { DIALECTS, LumenServer } from '../support/lumen/lumen-server.js';
import { runLumenQuickly } from '../support/lumen/lumen-command.js';
import { sessionOf, startAs } from '../support/lumen/session-of.js';
import { until } from '../support/until.js';

interface KeyAnswer {
  apiKey: { id: string; name: string; expiresAt: string | null; onlyModels: string[] | null };
  key: string;
}

async function makeKey(session: BrowserSession, body: object): Promise<KeyAnswer> {
  const answer = await session.fetch('/api/keys', 'POST', body);
  if (answer.status !== 201) throw new Error(await answer.text());
  return (await answer.json()) as KeyAnswer;
}

async function statusOf(server: LumenServer, key: string): Promise<number> {
  const headers = { authorization: `Bearer ${key}` };
  return (await fetch(`${server.url}/v1/models`, { headers })).status;
}

/** `server` refuses a key it has just accepted; within two seconds, as `test/prove` measures. */
function refused(server: LumenServer, key: string): Promise<void> {
  return until(async () => (await statusOf(server, key)) === 401);
}

describe.each(DIALECTS)('API keys on %s', (dialect) => {
  const running = new AsyncDisposableStack();
  let server: LumenServer;
  let admin: BrowserSession;
  let eve: BrowserSession;

  beforeAll(async () => {
    server = running.use(await startAs('admin@example.com', { dialect }));
    admin = await BrowserSession.start(server);
    eve = await sessionOf('eve@example.com', server, { dialect });
  }, 60_000);

  afterAll(() => running.disposeAsync());

  it('may end, and be for some models only', async () => {
    const expiresAt = '2099-01-31T12:00:00.000Z';
    const { apiKey, key } = await makeKey(admin, { name: 'a', expiresAt, onlyModels: ['m'] });
    expect(apiKey).toMatchObject({ expiresAt, onlyModels: ['m'] });
    expect(await statusOf(server, key)).toBe(200);
    const { keys } = (await (await admin.fetch('/api/keys')).json()) as { keys: object[] };
    expect(keys).toContainEqual(apiKey);
  });

  it('end by themselves', async () => {
    const expiresAt = new Date(Date.now() + 4_000).toISOString();
    const { key } = await makeKey(admin, { name: 'short', expiresAt });
    expect(await statusOf(server, key)).toBe(200);
    await until(async () => (await statusOf(server, key)) === 401);
    const headers = { authorization: `Bearer ${key}` };
    const answer = await fetch(`${server.url}/v1/models`, { headers });
    expect(await answer.json()).toMatchObject({
      error: { code: 'api_key_invalid', message: expect.stringContaining('expired') as unknown },
    });
    const refused = (await auditLogOf(server)).filter(({ action }) => action === 'api_key.use');
    expect(refused.at(-1)).toMatchObject({ outcome: 'refused', objectName: 'short' });
  });

  it.each([
    {},
    { overlapHours: -1 },
    { overlapHours: 169 },
    { overlapHours: 1.5 },
    { overlapHours: '1' },
    { overlapHours: 1, key: 'sk_mine' },
    { overlapHours: 1, expiresAt: '2020-01-01' },
  ])('are not replaced by %j', async (body) => {
    const { apiKey } = await makeKey(admin, { name: 'kept' });
    const answer = await admin.fetch(`/api/keys/${apiKey.id}/rotation`, 'POST', body);
    expect(answer.status).toBe(400);
  });

  it('are replaced: both work for the overlap', async () => {
    const before = await makeKey(admin, { name: 'rotated' });
    const path = `/api/keys/${before.apiKey.id}/rotation`;
    const answer = await admin.fetch(path, 'POST', { overlapHours: 1 });
    expect(answer.status).toBe(201);
    const after = (await answer.json()) as KeyAnswer;
    expect(after.apiKey.name).toBe('rotated');
    expect([await statusOf(server, before.key), await statusOf(server, after.key)]).toEqual([
      200, 200,
    ]);
    const { keys } = (await (await admin.fetch('/api/keys')).json()) as {
      keys: { id: string; expiresAt: string | null }[];
    };
    const listed = keys.find(({ id }) => id === before.apiKey.id);
    expect(Date.parse(listed!.expiresAt!)).toBeLessThanOrEqual(Date.now() + 3_600_000);
  });

  it('of others cannot be seen, ended or replaced', async () => {
    const { apiKey, key } = await makeKey(admin, { name: 'private' });
    for (const id of [apiKey.id, '0198c0de-0000-7000-8000-000000000000', '%00', "'--"]) {
      expect((await eve.fetch(`/api/keys/${id}`, 'DELETE')).status).toBe(404);
      const path = `/api/keys/${id}/rotation`;
      expect((await eve.fetch(path, 'POST', { overlapHours: 0 })).status).toBe(404);
    }
    expect(await statusOf(server, key)).toBe(200);
    const refused = (await auditLogOf(server)).filter(({ objectId }) => objectId === apiKey.id);
    expect(refused.map(({ action, outcome, actorName }) => [action, outcome, actorName])).toEqual([
      ['api_key.create', 'done', 'admin@example.com'],
      ['api_key.revoke', 'refused', 'eve@example.com'],
      ['api_key.rotate', 'refused', 'eve@example.com'],
    ]);
  });

  it('of somebody deactivated are refused, and the audit log says so', async () => {
    const { apiKey, key } = await makeKey(eve, { name: 'eve’s' });
    expect(await statusOf(server, key)).toBe(200);
    await server.command('users', 'deactivate', 'eve@example.com');
    await refused(server, key);
    const entries = (await auditLogOf(server)).filter(({ objectId }) => objectId === apiKey.id);
    expect(entries.at(-1)).toMatchObject({
      action: 'api_key.use',
      outcome: 'refused',
      reason: expect.stringContaining('deactivated') as unknown,
    });
    await server.command('users', 'activate', 'eve@example.com');
    await until(async () => (await statusOf(server, key)) === 200);
  }, 60_000);

  it('are made, listed and ended on the command line', async () => {
    const made = await server.command(
      ...['keys', 'create', '--user', 'ops@example.com', '--name', 'cron', '--quiet'],
      ...['--expires-days', '30', '--models', 'a, b'],
    );
    expect(await statusOf(server, made)).toBe(200);
    const line = await server.command('keys', 'list', '--user', 'ops@example.com');
    expect(line).toContain(`\t${made.slice(0, 7)}…${made.slice(-4)}\tcron\tactive until 20`);
    const id = line.split('\t')[0]!;
    expect(await server.command('keys', 'revoke', id)).toContain('"cron"');
    await refused(server, made);
  }, 60_000);

  it('of clients are made on the command line, too', async () => {
    expect(await server.command('clients', 'create', 'bot', '--owner', 'ops@example.com')).toMatch(
      /"bot"/,
    );
    expect(await server.command('clients', 'list')).toBe('bot\tactive\tops@example.com');
    const ofClient = ['keys', 'create', '--client', 'bot', '--name', 'x', '--quiet'];
    expect(await statusOf(server, await server.command(...ofClient))).toBe(200);
    const people = (await peopleOf(server)).map(({ email }) => email);
    expect(people).toContain('ops@example.com');
  }, 60_000);
});

describe('two replicas on one PostgreSQL', () => {
  it('make each client of config.yaml once, and hear of keys that were ended', async () => {
    const extra = 'clients: { one: , two: , three: }';
    await using here = await startAs('ada@example.com', { dialect: 'postgres', extra });
    const databaseUrl = here.databaseUrl;
    await using there = await startAs('ada@example.com', { databaseUrl, extra });
    const made = async () =>
      (await auditLogOf(here)).filter(({ action }) => action === 'client.create');
    await until(async () => (await made()).length >= 3);
    const names = (await made()).map(({ objectName }) => objectName);
    expect(names.sort()).toEqual(['one', 'three', 'two']);
    const session = await BrowserSession.start(here);
    for (const end of ['DELETE', 'rotation']) {
      const { apiKey, key } = await makeKey(session, { name: end });
      expect([await statusOf(here, key), await statusOf(there, key)]).toEqual([200, 200]);
      const path = `/api/keys/${apiKey.id}`;
      const ended =
        end === 'DELETE'
          ? await session.fetch(path, 'DELETE')
          : await session.fetch(`${path}/rotation`, 'POST', { overlapHours: 0 });
      expect(ended.ok).toBe(true);
      expect(await statusOf(here, key)).toBe(401);
      await refused(there, key);
    }
  }, 60_000);
});

describe('lumen keys and lumen clients', () => {
  let server: LumenServer;

  beforeAll(async () => {
    server = await LumenServer.prepare();
  });

  afterAll(() => server.stop());

  it.each([
    [['keys', 'create', '--name', 'x'], 'either --user'],
    [['keys', 'create', '--name', 'x', '--user', 'a@b.c', '--client', 'bot'], 'either --user'],
    [['keys', 'create', '--name', ' ', '--user', 'a@b.c'], '1 to 200 characters'],
    [['keys', 'create', '--name', 'x', '--client', 'nobody'], 'There is no client "nobody"'],
    [['keys', 'create', '--name', 'x', '--user', 'a@b.c', '--expires-days', '0'], 'whole number'],
    [['keys', 'create', '--name', 'x', '--user', 'a@b.c', '--models', 'a,,b'], 'names of models'],
    [['keys', 'list', '--user', 'nobody@example.com'], 'does not know'],
    [['keys', 'revoke', 'x'], 'no API key'],
    [['clients', 'create', 'default'], 'A client has a name'],
  ])('say what is wrong with lumen %j', async (args, message) => {
    const { directory, environment } = server;
    const { code, stderr } = await runLumenQuickly(args, directory, environment);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
