import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditEntry } from '../../../server/src/infrastructure/audit/audit-entry.entity.js';
import { type User } from '../../../server/src/users/user.entity.js';
import { InProcessLumen } from '../../support/lumen/in-process.js';
import { configurationText, DIALECTS } from '../../support/lumen/lumen-server.js';
import { addPeople, addPerson } from '../../support/lumen/people.js';

const ROLES = `
admins: [admin@x.edu]
engineers: [engineer@x.edu]
superadmins: [root@x.edu]
log: { level: error }
`;
const GROUPS = `
  staff:
    description: People who work here
    rules: [{ field: affiliation, contains: staff@ }]
    max: 20
    model_access: { blocked: [house] }
`;
const MODELS = JSON.stringify([{ name: 'house', endpoints: [{ url: 'http://127.0.0.1:1/v1' }] }]);
const HOSTILE = '<img src=x onerror=alert(1)>';

describe.each(DIALECTS)('administration of people and groups over HTTP on %s', (dialect) => {
  let lumen: InProcessLumen;
  let ada: User;

  beforeAll(async () => {
    const options = { extra: ROLES, groups: GROUPS, models: MODELS };
    lumen = await InProcessLumen.start(dialect, (url) => configurationText(url, options));
    await addPerson(lumen.dataSource, 'auditor@x.edu', { grantedRoles: ['auditor'] });
    ada = await addPerson(lumen.dataSource, 'ada@x.edu', {
      name: HOSTILE,
      claims: { affiliation: 'staff@x.edu', note: HOSTILE },
    });
    await addPeople(lumen.dataSource, 5);
  });

  afterAll(() => lumen[Symbol.asyncDispose]());

  const READ = ['admin', 'auditor', 'root'];
  const MANAGE = ['admin', 'root'];

  describe.each(['user', 'engineer', 'auditor', 'admin', 'root'])('asked by %s', (who) => {
    beforeAll(() => lumen.logInAs(`${who}@x.edu`));

    it.each([
      ['GET', '/api/admin/users', READ, undefined],
      ['GET', '/api/admin/users/ID', READ, undefined],
      ['PATCH', '/api/admin/users/ID', MANAGE, { isActive: true }],
      ['PUT', '/api/admin/users/ID/roles', ['root'], { roles: [] }],
      ['GET', '/api/admin/groups', READ, undefined],
      ['GET', '/api/admin/groups/staff', READ, undefined],
      ['GET', '/api/admin/groups/staff/members', READ, undefined],
      ['POST', '/api/admin/groups/test', READ, { claims: {} }],
      ['POST', '/api/admin/groups', MANAGE, { name: `made by ${who}` }],
      ['PATCH', '/api/admin/groups/made%20by%20WHO', MANAGE, { description: 'x' }],
      ['PUT', '/api/admin/groups/staff/members/ID', MANAGE, undefined],
      ['DELETE', '/api/admin/groups/staff/members/ID', MANAGE, undefined],
      ['DELETE', '/api/admin/groups/made%20by%20WHO', MANAGE, undefined],
    ] as const)('%s %s', async (method, path, allowed: readonly string[], body) => {
      const url = path.replace('ID', ada.id).replace('WHO', who);
      const { status, body: answer } = await lumen.ask(method, url, body);
      if (allowed.includes(who)) {
        expect(status).toBeLessThan(300);
      } else {
        expect(status).toBe(403);
        expect(answer).toMatchObject({ error: { code: 'permission_denied' } });
        expect(JSON.stringify(answer)).toMatch(/admin/);
      }
    });
  });

  describe('asked by a superadmin', () => {
    beforeAll(() => lumen.logInAs('root@x.edu'));

    it('hears which of their own rights a configuration would take', async () => {
      const check = async (superadmins: string[]) => {
        const changes = [{ path: ['superadmins'], value: superadmins }];
        return (await lumen.ask('POST', '/api/admin/configuration/check', { changes })).body;
      };
      const all = ['admin', 'engineer', 'superadmin', 'auditor'];
      expect(await check(['other@x.edu'])).toMatchObject({ isValid: true, lostRoles: all });
      expect(await check(['other@x.edu', 'ROOT@x.edu'])).toMatchObject({ lostRoles: [] });
      expect(JSON.stringify(await check([]))).not.toContain('roleLists');
    });

    it.each([{}, { text: null }, { changes: null }, { text: '', changes: [] }])(
      'sends a draft as a text or as changes, not as %j',
      async (body) => {
        const path = '/api/admin/configuration/check';
        const refused = await lumen.ask('POST', path, body);
        expect(refused).toMatchObject({
          status: 400,
          body: { error: { code: 'invalid_request', message: 'Send either text or changes.' } },
        });
        expect((await lumen.ask('POST', path, { text: null, changes: [] })).status).toBe(200);
      },
    );

    it('lists people in pages', async () => {
      const { body } = await lumen.ask('GET', '/api/admin/users?pageSize=2&page=2&sort=email');
      expect(body).toMatchObject({ page: 2, pageSize: 2 });
      const found = await lumen.ask('GET', '/api/admin/users?search=ONERROR');
      expect(found.body).toMatchObject({
        total: 1,
        items: [{ email: 'ada@x.edu', name: HOSTILE, isActive: true, roles: ['user'] }],
      });
      expect(JSON.stringify(found.body)).not.toContain('claims');
    });

    it.each([
      ['users?page=0', 'page'],
      ['users?pageSize=1000', 'pageSize'],
      ['users?sort=claims', 'sort'],
      ['users?order=up', 'order'],
      ['users?limit=1', 'limit'],
      ['users?search=a&search=b', 'search'],
      ['users?search=%00', 'search'],
      ['groups?sort=rules', 'sort'],
      ['groups/staff/members?sort=because', 'sort'],
    ])('refuses %s and names the field', async (path, field) => {
      const { status, body } = await lumen.ask('GET', `/api/admin/${path}`);
      expect(status).toBe(400);
      expect(body).toMatchObject({
        error: { code: 'invalid_request', details: { fields: { [field]: expect.any(Array) } } },
      });
    });

    it('shows an account with the reason for every role and group', async () => {
      const { body } = await lumen.ask('GET', `/api/admin/users/${ada.id}`);
      expect(body).toMatchObject({
        email: 'ada@x.edu',
        roles: [{ role: 'user', sources: ['everyone'] }],
        groups: [
          { name: 'default', because: 'everyone', source: 'file' },
          { name: 'staff', because: 'rule', source: 'file' },
        ],
        claims: { affiliation: 'staff@x.edu', note: HOSTILE },
      });
    });

    it('grants roles and writes who did, from where, and in which request', async () => {
      const path = `/api/admin/users/${ada.id}/roles`;
      const granted = await lumen.ask('PUT', path, { roles: ['auditor'] });
      expect(granted.body).toMatchObject({
        grantedRoles: ['auditor'],
        roles: [{ role: 'user' }, { role: 'auditor', sources: ['granted'] }],
      });
      const [entry] = await lumen.dataSource
        .getRepository(AuditEntry)
        .find({ where: { action: 'user.set_roles' }, order: { id: 'DESC' }, take: 1 });
      expect(entry).toMatchObject({
        actorName: 'root@x.edu',
        objectName: 'ada@x.edu',
        before: { grantedRoles: null },
        after: { grantedRoles: ['auditor'] },
        ip: '127.0.0.1',
        requestId: expect.any(String),
      });
      await lumen.ask('PUT', path, { roles: [] });
    });

    it.each([
      [{ roles: ['king'] }],
      [{ roles: 'admin' }],
      [{ roles: ['user'] }],
      [{ roles: [['admin']] }],
      [{}],
      [{ roles: ['admin'], isActive: false }],
    ])('refuses the roles %j', async (body) => {
      const path = `/api/admin/users/${ada.id}/roles`;
      expect((await lumen.ask('PUT', path, body)).status).toBe(400);
    });

    it('refuses to deactivate the one who asks, and what is no state', async () => {
      const me = (await lumen.ask('GET', '/api/me')).body as { id: string };
      const own = await lumen.ask('PATCH', `/api/admin/users/${me.id}`, { isActive: false });
      expect(own).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
      for (const body of [{}, { isActive: 'no' }, { isActive: null }, { name: 'x' }]) {
        expect((await lumen.ask('PATCH', `/api/admin/users/${ada.id}`, body)).status).toBe(400);
      }
    });

    it('does not know who is not there', async () => {
      for (const path of ['users/nobody', 'groups/gone', 'groups/gone/members']) {
        expect((await lumen.ask('GET', `/api/admin/${path}`)).status).toBe(404);
      }
      const member = await lumen.ask('PUT', '/api/admin/groups/staff/members/nobody');
      expect(member.status).toBe(404);
    });

    it('makes, shows, changes and removes a group', async () => {
      const created = await lumen.ask('POST', '/api/admin/groups', {
        name: 'Büro/2',
        description: HOSTILE,
        rules: [{ field: 'affiliation', contains: 'staff@' }],
        modelAccess: { default: 'blocked', allowed: ['dummy'] },
        tokens: { default: { max: 1000 } },
      });
      expect(created).toMatchObject({
        status: 201,
        body: {
          source: 'console',
          isActive: true,
          modelAccess: { default: 'blocked', allowed: ['dummy'], needsAck: [], blocked: [] },
          coins: null,
          tokens: { default: { max: 1000, refresh: 0, starting: 1000 } },
        },
      });
      const path = `/api/admin/groups/${encodeURIComponent('Büro/2')}`;
      expect((await lumen.ask('GET', path)).body).toEqual(created.body);
      const members = await lumen.ask('GET', `${path}/members`);
      expect(members.body).toMatchObject({ total: 1, items: [{ email: 'ada@x.edu' }] });
      const changed = await lumen.ask('PATCH', path, { tokens: {}, isActive: false });
      expect(changed.body).toMatchObject({ tokens: {}, isActive: false, description: HOSTILE });
      expect((await lumen.ask('DELETE', path)).status).toBe(204);
      expect((await lumen.ask('GET', path)).status).toBe(404);
    });

    it('leaves groups of the file alone and says where they are managed', async () => {
      for (const [method, path, body] of [
        ['POST', 'groups', { name: 'staff' }],
        ['PATCH', 'groups/staff', { description: 'x' }],
        ['DELETE', 'groups/staff', undefined],
      ] as const) {
        const { status, body: answer } = await lumen.ask(method, `/api/admin/${path}`, body);
        expect(status).toBe(409);
        expect(JSON.stringify(answer)).toContain('managed by config.yaml');
      }
    });

    it.each([
      [{ name: '' }, 'name'],
      [{ name: ' x' }, 'name'],
      [{ name: 'x'.repeat(129) }, 'name'],
      [{ name: 'a\nb' }, 'name'],
      [{}, 'name'],
      [{ name: 'x', rules: [{ field: 'idp' }] }, 'rules[0]'],
      [{ name: 'x', rules: [{ contains: 'y' }] }, 'rules[0].field'],
      [{ name: 'x', rules: {} }, 'rules'],
      [{ name: 'x', coins: { max: 'many' } }, 'coins.max'],
      [{ name: 'x', modelAccess: { default: 'perhaps' } }, 'modelAccess.default'],
      [{ name: 'x', colour: 'red' }, 'colour'],
    ])('refuses the group %j and names the field', async (body, field) => {
      const answer = await lumen.ask('POST', '/api/admin/groups', body);
      expect(answer.status).toBe(400);
      const { error } = answer.body as { error: { details: { fields: Record<string, unknown> } } };
      expect(Object.keys(error.details.fields)).toContain(field);
    });

    it('tries claims and a draft', async () => {
      const answer = await lumen.ask('POST', '/api/admin/groups/test', {
        claims: { affiliation: ['student@x.edu'] },
        draft: { name: 'staff', rules: [{ field: 'affiliation', contains: 'student@' }] },
      });
      expect(answer).toMatchObject({
        status: 200,
        body: {
          groups: [
            { name: 'default', because: 'everyone' },
            { name: 'staff', because: 'rule', coins: { max: 20 }, tokens: {} },
          ],
          models: [{ model: 'house', access: 'blocked', scope: 'group staff' }],
          draft: { name: 'staff', matches: true, joining: 0, leaving: 1, members: 0 },
        },
      });
    });

    it.each([
      [{}],
      [{ claims: [] }],
      [{ claims: 'x' }],
      [{ claims: {}, email: 'nobody' }],
      [{ claims: {}, draft: [] }],
      [{ claims: {}, draft: {} }],
      [{ claims: {}, draft: { rules: [{ field: 'x', equals: 7 }] } }],
    ])('refuses the trial %j', async (body) => {
      expect((await lumen.ask('POST', '/api/admin/groups/test', body)).status).toBe(400);
    });
  });

  it('tells everybody their own groups and why', async () => {
    await lumen.logInAs('ada@x.edu');
    expect((await lumen.ask('GET', '/api/me/groups')).body).toEqual({
      groups: [
        { name: 'default', because: 'everyone' },
        { name: 'staff', because: 'rule' },
      ],
    });
  });
});

describe('a file whose sections are empty', () => {
  const empty = (url: string) =>
    configurationText(url, {
      extra: 'users:\nadmins:\nengineers:\nsuperadmins: [dev@example.com]\n',
    });

  it.each([
    ['groups:', 0],
    ['groups: {}', 0],
    ['groups: { default: }', 1],
    ['groups: { default: {} }', 1],
  ])('has no groups but those it names: %s', async (section, count) => {
    const configure = (url: string) =>
      empty(url).replace(/groups:\n {2}default:\n {4}max: -2\n/, `${section}\n`);
    await using lumen = await InProcessLumen.start('sqlite', configure);
    const groups = await lumen.ask('GET', '/api/admin/groups');
    expect(groups).toMatchObject({ status: 200, body: { total: count } });
    const mine = await lumen.ask('GET', '/api/me/groups');
    expect(mine.body).toEqual({
      groups: count === 0 ? [] : [{ name: 'default', because: 'everyone' }],
    });
  });

  it('leaves the group of everyone to the console, where it takes no rules', async () => {
    const configure = (url: string) =>
      empty(url).replace(/groups:\n {2}default:\n {4}max: -2\n/, 'groups:\n');
    await using lumen = await InProcessLumen.start('sqlite', configure);
    const rules = [{ field: 'idp', contains: 'x' }];
    const refused = await lumen.ask('POST', '/api/admin/groups', { name: 'default', rules });
    expect(refused).toMatchObject({
      status: 400,
      body: { error: { details: { fields: { rules: [expect.any(String)] } } } },
    });
    expect((await lumen.ask('POST', '/api/admin/groups', { name: 'default' })).status).toBe(201);
    const mine = await lumen.ask('GET', '/api/me/groups');
    expect(mine.body).toEqual({ groups: [{ name: 'default', because: 'everyone' }] });
  });
});
