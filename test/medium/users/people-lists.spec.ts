import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiKeysService } from '../../../server/src/auth/api-keys.service.js';
import { SessionsService } from '../../../server/src/auth/sessions.service.js';
import { SYSTEM_CONTEXT } from '../../../server/src/infrastructure/audit/audit-context.js';
import { AuditEntry } from '../../../server/src/infrastructure/audit/audit-entry.entity.js';
import { RequestLogRepository } from '../../../server/src/usage/log/request-log.repository.js';
import { type User } from '../../../server/src/users/user.entity.js';
import { InProcessLumen } from '../../support/lumen/in-process.js';
import { configurationText, DIALECTS } from '../../support/lumen/lumen-server.js';
import { addPerson } from '../../support/lumen/people.js';
import { requestRecord } from '../../support/usage/records.js';

const ROLES = `
admins: [admin@x.edu]
engineers: [engineer@x.edu]
superadmins: [root@x.edu]
users:
  ada@x.edu: { max: 20 }
log: { level: error }
`;
const GROUPS = `
  staff:
    rules: [{ field: affiliation, contains: staff@ }]
`;

interface Listed {
  items: { email: string }[];
}

describe.each(DIALECTS)('what administrators see of people on %s', (dialect) => {
  let lumen: InProcessLumen;
  let ada: User;
  let root: User;

  beforeAll(async () => {
    lumen = await InProcessLumen.start(dialect, (url) =>
      configurationText(url, { extra: ROLES, groups: GROUPS }),
    );
    await addPerson(lumen.dataSource, 'auditor@x.edu', { grantedRoles: ['auditor'] });
    await addPerson(lumen.dataSource, 'gone@x.edu', { isActive: false });
    root = await addPerson(lumen.dataSource, 'root@x.edu');
    ada = await addPerson(lumen.dataSource, 'ada@x.edu', {
      claims: { affiliation: 'staff@x.edu' },
    });
    await lumen.logInAs('admin@x.edu');
  });

  afterAll(() => lumen[Symbol.asyncDispose]());

  const emails = async (query: string) => {
    const { body } = await lumen.ask('GET', `/api/admin/users?sort=email&${query}`);
    return (body as Listed).items.map(({ email }) => email);
  };

  it('lists groups, coins, what was spent and when somebody was here', async () => {
    const sessions = lumen.app.get(SessionsService);
    await sessions.start(ada.id, { ip: '192.0.2.1', userAgent: 'Browser' });
    const { body } = await lumen.ask('GET', '/api/admin/users?search=ada@x.edu');
    expect(body).toMatchObject({
      items: [
        {
          groups: ['default', 'staff'],
          coins: { kind: 'limited', available: '20', max: '20' },
          spent30d: '0',
          lastLoginAt: null,
          lastActiveAt: expect.any(String),
        },
      ],
    });
  });

  it.each([
    ['active=false', ['gone@x.edu']],
    ['group=staff', ['ada@x.edu']],
    ['group=staff&active=false', []],
    ['role=auditor', ['auditor@x.edu', 'root@x.edu']],
    ['role=superadmin', ['root@x.edu']],
    ['role=admin', ['admin@x.edu', 'root@x.edu']],
    ['role=admin&search=ROOT', ['root@x.edu']],
  ])('leaves with %s only %j', async (query, expected) => {
    expect(await emails(query)).toEqual(expected);
  });

  it('sorts by what was spent and by when somebody was here, pages and filters included', async () => {
    const logged = [
      requestRecord({ userId: ada.id, startedAt: new Date(), cost: 7_000n }),
      requestRecord({ userId: root.id, startedAt: new Date(), cost: 9_000n }),
    ];
    await lumen.app.get(RequestLogRepository).append(logged);
    await lumen.app.get(SessionsService).start(ada.id, { ip: '192.0.2.1', userAgent: 'Browser' });
    const sorted = async (query: string) => {
      const { body } = await lumen.ask('GET', `/api/admin/users?${query}`);
      return (body as Listed).items.map(({ email }) => email);
    };
    const spent = 'sort=spent30d&order=desc';
    expect((await sorted(spent)).slice(0, 2)).toEqual(['root@x.edu', 'ada@x.edu']);
    expect(await sorted(`${spent}&pageSize=1&page=2`)).toEqual(['ada@x.edu']);
    expect(await sorted(`${spent}&group=staff`)).toEqual(['ada@x.edu']);
    expect(await sorted(`${spent}&search=ROOT`)).toEqual(['root@x.edu']);
    expect((await sorted('sort=spent30d&order=asc')).slice(-2)).toEqual([
      'ada@x.edu',
      'root@x.edu',
    ]);
    const active = await sorted('sort=lastActiveAt&order=desc');
    expect(active[0]).toBe('ada@x.edu');
    // Who was never here comes last in either order.
    const first = await sorted('sort=lastActiveAt&order=asc');
    expect(active.slice(-3).sort()).toEqual(first.slice(-3).sort());
    expect(first.slice(-3)).toContain('gone@x.edu');
  });

  it.each(['active=maybe', 'role=king', 'role=user', 'group=a&group=b'])(
    'refuses %s and names the field',
    async (query) => {
      const { status, body } = await lumen.ask('GET', `/api/admin/users?${query}`);
      expect(status).toBe(400);
      expect(JSON.stringify(body)).toContain(query.split('=')[0]);
    },
  );

  it('does not know a group that is not there', async () => {
    expect((await lumen.ask('GET', '/api/admin/users?group=nobody')).status).toBe(404);
  });

  it('shows the keys of a person and ends them, which is written down', async () => {
    const owner = { kind: 'user', id: ada.id, name: ada.email } as const;
    const { apiKey } = await lumen.app
      .get(ApiKeysService)
      .create(SYSTEM_CONTEXT, owner, { name: 'notebook' });
    const path = `/api/admin/users/${ada.id}/keys`;
    const { body } = await lumen.ask('GET', path);
    expect(body).toMatchObject({ keys: [{ name: 'notebook', revokedAt: null }] });
    expect(JSON.stringify(body)).not.toContain('keyHash');
    const ofRoot = `/api/admin/users/${root.id}/keys/${apiKey.id}`;
    expect((await lumen.ask('DELETE', ofRoot)).status).toBe(403);
    expect((await lumen.ask('DELETE', `${path}/${apiKey.id}`)).status).toBe(204);
    const after = await lumen.ask('GET', path);
    expect(after.body).toMatchObject({ keys: [{ revokedAt: expect.any(String) }] });
    expect(await lastEntry('api_key.revoke')).toMatchObject({ actorName: 'admin@x.edu' });
  });

  it('shows the sessions of a person and ends one, or all of them', async () => {
    const sessions = lumen.app.get(SessionsService);
    const token = await sessions.start(ada.id, { ip: '192.0.2.7', userAgent: 'Browser' });
    const path = `/api/admin/users/${ada.id}/sessions`;
    const { body } = await lumen.ask('GET', path);
    const [newest] = (body as { sessions: { id: string; ip: string }[] }).sessions;
    expect(newest).toMatchObject({ isCurrent: false, device: 'Browser' });
    expect((await lumen.ask('DELETE', `${path}/${newest!.id}`)).status).toBe(204);
    expect((await lumen.ask('DELETE', `${path}/${newest!.id}`)).status).toBe(404);
    expect((await lumen.ask('DELETE', path)).status).toBe(200);
    expect(await sessions.find(token)).toBeNull();
    expect(await lastEntry('session.end')).toMatchObject({
      actorName: 'admin@x.edu',
      objectName: 'ada@x.edu',
    });
    const ofRoot = `/api/admin/users/${root.id}/sessions`;
    expect((await lumen.ask('DELETE', ofRoot)).status).toBe(403);
  });

  it('does not overwrite a group that was changed meanwhile', async () => {
    const { body } = await lumen.ask('POST', '/api/admin/groups', { name: 'shared' });
    const { version: basedOn } = body as { version: string };
    const path = '/api/admin/groups/shared';
    expect((await lumen.ask('PATCH', path, { description: 'first', basedOn })).status).toBe(200);
    const late = await lumen.ask('PATCH', path, { description: 'second', basedOn });
    expect(late).toMatchObject({
      status: 409,
      body: { error: { code: 'conflict', details: { current: { description: 'first' } } } },
    });
    const now = (await lumen.ask('GET', path)).body as { version: string };
    const again = { description: 'second', basedOn: now.version };
    expect(await lumen.ask('PATCH', path, again)).toMatchObject({
      status: 200,
      body: { description: 'second' },
    });
  });

  it('tells whoever manages a client so, and what it may spend', async () => {
    const wanted = { name: 'bot', ownerEmail: 'ada@x.edu' };
    const { body } = await lumen.ask('POST', '/api/admin/clients', wanted);
    const { id } = body as { id: string };
    expect((await lumen.ask('GET', '/api/me')).body).toMatchObject({ managesClients: false });
    await lumen.logInAs('auditor@x.edu');
    expect((await lumen.ask('GET', `/api/clients/${id}/budgets`)).status).toBe(404);
    for (const path of ['keys/x', 'sessions', 'sessions/x']) {
      const { status } = await lumen.ask('DELETE', `/api/admin/users/${ada.id}/${path}`);
      expect(status).toBe(403);
    }
    await lumen.logInAs('ada@x.edu');
    expect((await lumen.ask('GET', '/api/me')).body).toMatchObject({ managesClients: true });
    expect((await lumen.ask('GET', `/api/clients/${id}/budgets`)).status).toBe(200);
    for (const path of ['keys', 'sessions']) {
      expect((await lumen.ask('GET', `/api/admin/users/${ada.id}/${path}`)).status).toBe(403);
    }
  });

  async function lastEntry(action: string): Promise<AuditEntry | null> {
    return lumen.dataSource
      .getRepository(AuditEntry)
      .findOne({ where: { action }, order: { id: 'DESC' } });
  }
});
