import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BrowserSession } from '../support/lumen/browser-session.js';
import { DIALECTS, LumenServer } from '../support/lumen/lumen-server.js';
import { withoutTable } from '../support/lumen/server-database.js';

interface AuditPage {
  items: Record<string, unknown>[];
  total: number;
}

describe.each(DIALECTS)('the audit log on %s', (dialect) => {
  const running = new AsyncDisposableStack();
  let server: LumenServer;
  let admin: BrowserSession;

  beforeAll(async () => {
    server = running.use(
      await LumenServer.start({
        dialect,
        extra: 'admins: [dev@example.com]\nengineers: [e@example.edu]',
      }),
    );
    admin = await BrowserSession.start(server);
    for (const name of ['first', '=cmd|calc', 'third'])
      await admin.fetch('/api/keys', 'POST', { name });
  });

  afterAll(() => running.disposeAsync());

  const list = async (query: string): Promise<AuditPage> => {
    const answer = await admin.fetch(`/api/admin/audit?${query}`);
    expect(answer.status).toBe(200);
    return (await answer.json()) as AuditPage;
  };

  it('has one line for each change: who, what, when, from where', async () => {
    const { items, total } = await list('action=api_key.create');
    expect(total).toBe(3);
    expect(items[0]).toMatchObject({
      actorKind: 'user',
      actorName: 'dev@example.com',
      objectKind: 'api_key',
      objectName: 'third',
      outcome: 'done',
      ip: '127.0.0.1',
    });
    expect(items[0]!['requestId']).toBeTruthy();
    expect(JSON.stringify(items)).not.toMatch(/sk_[\w-]{43}/);
  });

  it('can be searched, filtered and paged', async () => {
    expect((await list('search=FIRST')).total).toBe(1);
    expect((await list('search=%25')).total).toBe(0);
    expect((await list('action=api_key.create&pageSize=2&page=2')).items).toHaveLength(1);
    expect((await list('outcome=refused&action=api_key.create')).total).toBe(0);
    expect((await list('from=2100-01-01T00:00:00Z')).total).toBe(0);
    expect((await list('to=2100-01-01T00:00:00Z&action=api_key.create')).total).toBe(3);
  });

  it.each([
    'pageSize=0',
    'pageSize=201',
    'page=-1',
    'sort=nonsense',
    'from=yesterday',
    'outcome=maybe',
  ])('refuses %s and names the field', async (query) => {
    const answer = await admin.fetch(`/api/admin/audit?${query}`);
    expect(answer.status).toBe(400);
    const body = (await answer.json()) as { error: { message: string } };
    expect(body.error.message).toContain(query.split('=')[0]);
  });

  it.each(['/api/admin/audit?actorId=%00', '/api/admin/users/%00', '/api/admin/groups/%00'])(
    'and its neighbours do not break on a NUL in %s',
    async (path) => {
      const answer = await admin.fetch(path);
      expect([200, 400, 404]).toContain(answer.status);
    },
  );

  it('is exported as CSV that runs nothing in a spreadsheet', async () => {
    const answer = await admin.fetch('/api/admin/audit/export?action=api_key.create');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = (await answer.text()).trim().split('\r\n');
    expect(lines[0]).toMatch(/^at,actorKind,/);
    expect(lines).toHaveLength(4);
    expect(lines[2]).toContain("'=cmd|calc");
  });

  it('is not exported where it cannot be read: that is an error, not a file that breaks off', async () => {
    await withoutTable(server, 'audit_log', async () => {
      const answer = await admin.fetch('/api/admin/audit/export');
      expect([answer.status, answer.headers.get('content-disposition')]).toEqual([500, null]);
      expect(await answer.json()).toMatchObject({ error: { code: 'internal_error' } });
    });
  });

  it.each(['actorId', 'action', 'objectKind', 'objectId'])(
    'takes no %s with characters that no database compares',
    async (filter) => {
      for (const path of ['/api/admin/audit', '/api/admin/audit/export']) {
        const answer = await admin.fetch(`${path}?${filter}=%00`);
        const { error } = (await answer.json()) as { error: { details: { fields: object } } };
        expect([answer.status, Object.keys(error.details.fields)]).toEqual([400, [filter]]);
      }
    },
  );

  it('is for administrators and auditors only', async () => {
    const text = await server.configuration();
    await server.configure(
      text.replace('admins: [dev@example.com]', 'admins: [other@example.edu]'),
    );
    await server.nextLine((line) => String(line['msg']).startsWith('config.yaml reloaded'));
    for (const path of ['/api/admin/audit', '/api/admin/audit/export']) {
      const answer = await admin.fetch(path);
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({ error: { code: 'permission_denied' } });
    }
  });
});
