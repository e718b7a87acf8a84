import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkLedger } from '../../../server/src/budgets/index.js';
import { AuditEntry } from '../../../server/src/infrastructure/audit/audit-entry.entity.js';
import { type User } from '../../../server/src/users/user.entity.js';
import { InProcessLumen } from '../../support/lumen/in-process.js';
import { configurationText, DIALECTS } from '../../support/lumen/lumen-server.js';
import { addPerson } from '../../support/lumen/people.js';

const EXTRA = `
admins: [admin@x.edu]
engineers: [engineer@x.edu]
superadmins: [root@x.edu]
log: { level: error }
users:
  filed@x.edu: { max: 7, refresh: 0 }
  ada@x.edu: { groups: [default] }
`;
/** Of everybody, by the configuration of these tests. */
const GIVEN = { kind: 'unlimited', source: 'group default' };

describe.each(DIALECTS)('the budget of one person, said in the console, on %s', (dialect) => {
  let lumen: InProcessLumen;
  let ada: User;

  const path = (user: User, rest = '') => `/api/admin/users/${user.id}/budget-policy${rest}`;
  const erase = (email: string) => lumen.ask('POST', '/api/me/deletion', { email });
  const poolsOf = async (user: User) =>
    (await lumen.ask('GET', `/api/admin/users/${user.id}/budgets`)).body;

  beforeAll(async () => {
    lumen = await InProcessLumen.start(dialect, (url) => configurationText(url, { extra: EXTRA }));
    await addPerson(lumen.dataSource, 'auditor@x.edu', { grantedRoles: ['auditor'] });
    ada = await addPerson(lumen.dataSource, 'ada@x.edu');
  });

  afterAll(() => lumen[Symbol.asyncDispose]());

  it.each([
    ['user', 403, 403],
    ['engineer', 403, 403],
    ['auditor', 200, 403],
    ['admin', 200, 200],
  ])('is read and changed by %s with %i and %i', async (who, read, changed) => {
    await lumen.logInAs(`${who}@x.edu`);
    expect((await lumen.ask('GET', path(ada))).status).toBe(read);
    const body = { coins: { max: 1 } };
    expect((await lumen.ask('PUT', path(ada), body)).status).toBe(changed);
    const removed = await lumen.ask('DELETE', path(ada));
    expect(removed.status).toBe(changed === 200 ? 204 : changed);
  });

  it('goes before the groups, changes pools at once, and leaves them when it is removed', async () => {
    await lumen.logInAs('admin@x.edu');
    expect(await poolsOf(ada)).toMatchObject([GIVEN]);
    const none = (await lumen.ask('GET', path(ada))).body as { version: string };
    expect(none).toMatchObject({ managedBy: null, coins: null, tokens: {} });

    const body = {
      coins: { max: 50, refresh: 0.5 },
      tokens: { default: { max: 1000 } },
      basedOn: none.version,
    };
    const set = (await lumen.ask('PUT', path(ada), body)).body;
    expect(set).toMatchObject({
      managedBy: 'console',
      coins: { max: 50, refresh: 0.5, starting: 50 },
      tokens: { default: { max: 1000 } },
    });
    const source = 'user ada@x.edu';
    expect(await poolsOf(ada)).toMatchObject([
      { unit: 'coins', max: '50', refresh: '0.5', available: '50', source },
      { unit: 'tokens', max: '1000', available: '1000', source },
    ]);

    await lumen.ask('PUT', path(ada), { coins: { max: 30, refresh: 2 } });
    const rows = await lumen.ask('GET', `/api/admin/budgets/pools?unit=coins&ownerId=${ada.id}`);
    expect(rows.body).toMatchObject({ items: [{ max: '30', refresh: '2', balance: '50' }] });

    await lumen.ask('PUT', path(ada), { coins: { max: 0 } });
    expect(await poolsOf(ada)).toMatchObject([{ kind: 'blocked', source }]);
    const trial = { claims: {}, email: 'ada@x.edu' };
    expect((await lumen.ask('POST', '/api/admin/groups/test', trial)).body).toMatchObject({
      budgets: [{ kind: 'blocked', source }],
    });

    expect((await lumen.ask('DELETE', path(ada))).status).toBe(204);
    expect(await poolsOf(ada)).toMatchObject([GIVEN]);
    expect((await lumen.ask('DELETE', path(ada))).status).toBe(404);
    expect((await checkLedger(lumen.dataSource)).faults).toEqual([]);
    const lines = await lumen.dataSource
      .getRepository(AuditEntry)
      .find({ where: { objectId: ada.id }, order: { id: 'DESC' }, take: 3 });
    expect(lines).toMatchObject([
      { action: 'user.remove_budget', before: { coins: { max: 0 } }, after: null },
      { action: 'user.set_budget', before: { coins: { max: 30 } }, after: { coins: { max: 0 } } },
      { action: 'user.set_budget', before: { coins: { max: 50 } }, actorName: 'admin@x.edu' },
    ]);
  });

  it('is not overwritten by whoever read an older one', async () => {
    const before = (await lumen.ask('GET', path(ada))).body as { version: string };
    await lumen.ask('PUT', path(ada), { coins: { max: 3 } });
    const mine = { coins: { max: 4 }, basedOn: before.version };
    const stale = await lumen.ask('PUT', path(ada), mine);
    expect(stale).toMatchObject({
      status: 409,
      body: { error: { details: { current: { managedBy: 'console', coins: { max: 3 } } } } },
    });
    const removal = await lumen.ask('DELETE', path(ada, `?basedOn=${before.version}`));
    expect(removal.status).toBe(409);
    const asked = Array.from({ length: 6 }, (_, turn) =>
      lumen.ask('PUT', path(ada), { coins: { max: 10 + turn } }),
    );
    for (const { status } of await Promise.all(asked)) expect([200, 409]).toContain(status);
    expect(await lumen.dataSource.query('SELECT id FROM personal_budgets')).toHaveLength(1);
  });

  it('cannot be said where config.yaml says it', async () => {
    const filed = await addPerson(lumen.dataSource, 'filed@x.edu');
    expect((await lumen.ask('GET', path(filed))).body).toMatchObject({
      managedBy: 'file',
      coins: { max: 7 },
    });
    for (const method of ['PUT', 'DELETE'] as const) {
      const body = method === 'PUT' ? { coins: { max: 9 } } : undefined;
      const { status, body: answer } = await lumen.ask(method, path(filed), body);
      expect(status).toBe(409);
      expect(JSON.stringify(answer)).toContain('managed by config.yaml');
    }
  });

  it.each([
    [{}, 'coins'],
    [{ coins: null, tokens: {} }, 'coins'],
    [{ coins: { max: -1 } }, 'coins.max'],
    [{ coins: { max: '5' } }, 'coins.max'],
    [{ coins: { max: 5, refresh: -1 } }, 'coins.refresh'],
    [{ coins: 5 }, 'coins'],
    [{ tokens: { default: { max: 1.5 } } }, 'tokens.default.max'],
    [{ tokens: [] }, 'tokens'],
    [{ coins: { max: 1 }, basedOn: 7 }, 'basedOn'],
  ])('refuses %j at %s', async (body, field) => {
    const { status, body: answer } = await lumen.ask('PUT', path(ada), body);
    expect(status).toBe(400);
    expect(answer).toMatchObject({ error: { details: { fields: expect.anything() } } });
    const { fields } = (answer as { error: { details: { fields: object } } }).error.details;
    expect(Object.keys(fields)).toContain(field);
  });

  it('of nobody is not found', async () => {
    const nobody = { id: 'nobody' } as User;
    expect((await lumen.ask('GET', path(nobody))).status).toBe(404);
    expect((await lumen.ask('PUT', path(nobody), { coins: { max: 1 } })).status).toBe(404);
  });

  it('is there again when somebody deletes their account and comes back', async () => {
    await lumen.logInAs('admin@x.edu');
    expect((await lumen.ask('PUT', path(ada), { coins: { max: 0 } })).status).toBe(200);
    await lumen.logInAs('ada@x.edu');
    expect((await erase('ada@x.edu')).status).toBe(204);
    await lumen.logInAs('ada@x.edu');
    expect((await lumen.ask('GET', '/api/me/budgets')).body).toMatchObject([{ kind: 'blocked' }]);
    const back = (await lumen.ask('GET', '/api/me')).body as User;
    expect(back.id).not.toBe(ada.id);
    await lumen.logInAs('admin@x.edu');
    expect((await lumen.ask('GET', path(back))).body).toMatchObject({
      managedBy: 'console',
      coins: { max: 0 },
    });
  });

  it('is forgotten when they stay away for long', async () => {
    await lumen.logInAs('ada@x.edu');
    expect((await erase('ada@x.edu')).status).toBe(204);
    await lumen.dataSource.query('UPDATE departed_owners SET left_at = 1');
    await lumen.logInAs('other@x.edu');
    expect((await erase('other@x.edu')).status).toBe(204);
    expect(await lumen.dataSource.query('SELECT id FROM personal_budgets')).toEqual([]);
  });
});
