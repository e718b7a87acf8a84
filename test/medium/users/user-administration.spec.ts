import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Session } from '../../../server/src/auth/session.entity.js';
import { SessionsService } from '../../../server/src/auth/sessions.service.js';
import { CLI_CONTEXT } from '../../../server/src/infrastructure/audit/audit-context.js';
import { AuditEntry } from '../../../server/src/infrastructure/audit/audit-entry.entity.js';
import { ChangesService } from '../../../server/src/infrastructure/changes/changes.service.js';
import { UserAdministrationService } from '../../../server/src/users/user-administration.service.js';
import { type User } from '../../../server/src/users/user.entity.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';
import { addPeople, addPerson } from '../../support/lumen/people.js';
import { until } from '../../support/until.js';

const ROLES = `
admins: [admin@x.edu]
superadmins: [root@x.edu]
`;

const as = (user: User) => ({
  ...CLI_CONTEXT,
  actorKind: 'user' as const,
  actorId: user.id,
  actorName: user.email,
  ip: '192.0.2.1',
});

async function withPeople(app: TestApplication) {
  const users = app.context.get(UserAdministrationService);
  const { dataSource } = app;
  const root = await addPerson(dataSource, 'root@x.edu');
  const admin = await addPerson(dataSource, 'admin@x.edu');
  const ada = await addPerson(dataSource, 'ada@x.edu');
  return { users, root, admin, ada };
}

const entriesOf = (app: TestApplication) =>
  app.dataSource.getRepository(AuditEntry).find({ order: { id: 'ASC' } });

describe.each(DIALECTS)('UserAdministrationService on %s', (dialect) => {
  it('deactivates somebody, says so, and writes who did it', async () => {
    await using app = await TestApplication.start(dialect, { extra: ROLES });
    const { users, admin, ada } = await withPeople(app);
    const heard: string[] = [];
    app.context.get(ChangesService).heard$.subscribe(({ kind, subject }) => {
      heard.push(`${kind} ${subject}`);
    });
    expect(await users.setActive(ada.id, false, as(admin))).toMatchObject({ isActive: false });
    expect(await users.get(ada.id)).toMatchObject({ isActive: false, email: 'ada@x.edu' });
    expect(heard).toContain(`owner ${ada.id}`);
    expect(await entriesOf(app)).toMatchObject([
      {
        action: 'user.deactivate',
        actorId: admin.id,
        ip: '192.0.2.1',
        objectId: ada.id,
        before: { isActive: true },
        after: { isActive: false },
      },
    ]);
  });

  it('writes nothing when there is nothing to change', async () => {
    await using app = await TestApplication.start(dialect, { extra: ROLES });
    const { users, root, ada } = await withPeople(app);
    await users.setActive(ada.id, true, as(root));
    await users.setRoles(ada.id, [], as(root));
    expect(await entriesOf(app)).toEqual([]);
  });

  it('ends the sessions of whoever is deactivated, for good', async () => {
    await using app = await TestApplication.start(dialect, { extra: ROLES });
    const { users, root, ada } = await withPeople(app);
    const sessions = app.context.get(SessionsService);
    const token = await sessions.start(ada.id, { ip: '192.0.2.2', userAgent: 'test' });
    expect(await sessions.find(token)).toMatchObject({ ownerId: ada.id });
    await users.setActive(ada.id, false, as(root));
    expect(await sessions.find(token)).toBeNull();
    await until(async () => (await app.dataSource.getRepository(Session).count()) === 0);
    await users.setActive(ada.id, true, as(root));
    expect(await sessions.find(token)).toBeNull();
  });

  it('does not let anybody deactivate themselves, nor an admin a superadmin', async () => {
    await using app = await TestApplication.start(dialect, { extra: ROLES });
    const { users, root, admin } = await withPeople(app);
    await expect(users.setActive(admin.id, false, as(admin))).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(users.setActive(root.id, false, as(admin))).rejects.toMatchObject({
      code: 'permission_denied',
    });
    expect(await entriesOf(app)).toEqual([]);
  });

  it('grants roles in one spelling, whatever the order, and takes them away', async () => {
    await using app = await TestApplication.start(dialect, { extra: ROLES });
    const { users, root, ada } = await withPeople(app);
    await users.setRoles(ada.id, ['auditor', 'admin', 'auditor'], as(root));
    expect(await users.get(ada.id)).toMatchObject({ grantedRoles: ['admin', 'auditor'] });
    await users.setRoles(ada.id, [], as(root));
    expect((await entriesOf(app)).map(({ before, after }) => [before, after])).toEqual([
      [{ grantedRoles: null }, { grantedRoles: ['admin', 'auditor'] }],
      [{ grantedRoles: ['admin', 'auditor'] }, { grantedRoles: [] }],
    ]);
  });

  it('keeps the last superadmin', async () => {
    await using app = await TestApplication.start(dialect, {
      extra: 'admins: [a@x.edu]\nengineers: [e@x.edu]\n',
    });
    const users = app.context.get(UserAdministrationService);
    const granted = { grantedRoles: ['superadmin'] };
    const first = await addPerson(app.dataSource, 'first@x.edu', granted);
    const second = await addPerson(app.dataSource, 'second@x.edu', granted);
    await users.setActive(first.id, false, as(second));
    await expect(users.setRoles(second.id, [], as(second))).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(users.setActive(second.id, false, CLI_CONTEXT)).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('lets one of two superadmins take the other’s power when both try at once', async () => {
    await using app = await TestApplication.start(dialect, { extra: 'engineers: [e@x.edu]\n' });
    const users = app.context.get(UserAdministrationService);
    const granted = { grantedRoles: ['superadmin'] };
    const first = await addPerson(app.dataSource, 'first@x.edu', granted);
    const second = await addPerson(app.dataSource, 'second@x.edu', granted);
    const outcomes = await Promise.allSettled([
      users.setRoles(first.id, [], as(second)),
      users.setRoles(second.id, [], as(first)),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const left = [await users.get(first.id), await users.get(second.id)];
    expect(left.filter(({ grantedRoles }) => grantedRoles?.length === 1)).toHaveLength(1);
  });

  it('lets a superadmin of the file who never logged in stand for the last one', async () => {
    await using app = await TestApplication.start(dialect, {
      extra: 'superadmins: [away@x.edu]\n',
    });
    const users = app.context.get(UserAdministrationService);
    const root = await addPerson(app.dataSource, 'root@x.edu', { grantedRoles: ['superadmin'] });
    await users.setRoles(root.id, [], as(root));
    expect(await users.get(root.id)).toMatchObject({ grantedRoles: [] });
  });

  it('knows nobody by an id that does not exist', async () => {
    await using app = await TestApplication.start(dialect);
    const users = app.context.get(UserAdministrationService);
    await expect(users.get('nobody')).rejects.toMatchObject({ code: 'not_found' });
    await expect(users.setActive('nobody', false, CLI_CONTEXT)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe.each(DIALECTS)('the list of people on %s', (dialect) => {
  const NAMES = [
    'ada',
    'Zoe',
    'Élodie',
    'bob%',
    'Bob_2',
    'émile',
    'Ärzte',
    '<img src=x onerror=1>',
  ];
  const request = { page: 1, pageSize: 50, sort: 'name', order: 'asc' as const };

  let app: TestApplication;

  beforeAll(async () => {
    app = await TestApplication.start(dialect);
    await addPeople(app.dataSource, NAMES.length, (index) => ({
      name: NAMES[index]!,
      lastLoginAt: index < 2 ? new Date(1_700_000_000_000 - index) : null,
      isActive: index !== 1,
    }));
  });

  afterAll(() => app[Symbol.asyncDispose]());

  async function list(changes: Record<string, unknown>) {
    const users = app.context.get(UserAdministrationService);
    const page = await users.list({ ...request, ...changes });
    return { ...page, names: page.items.map(({ name }) => name) };
  }

  it('is in pages that together have everybody once', async () => {
    const first = await list({ pageSize: 5 });
    const second = await list({ pageSize: 5, page: 2 });
    expect(first).toMatchObject({ total: 8, page: 1, pageSize: 5 });
    expect([...first.names, ...second.names].sort()).toEqual([...NAMES].sort());
    expect((await list({ page: 3 })).items).toEqual([]);
  });

  it.each([
    ['name', 'asc', '<img src=x onerror=1>'],
    ['name', 'desc', 'Ärzte|émile|Élodie'],
    ['email', 'asc', 'ada'],
    ['createdAt', 'desc', '<img src=x onerror=1>'],
    ['lastLoginAt', 'asc', 'Zoe'],
    ['lastLoginAt', 'desc', 'ada'],
    ['isActive', 'asc', 'Zoe'],
  ])('sorted by %s %s starts with %s', async (sort, order, first) => {
    const { names } = await list({ sort, order });
    expect(first.split('|')).toContain(names[0]);
  });

  it('sorts without regard to case and puts those without a value last', async () => {
    const { names } = await list({ search: 'example' });
    expect(names.slice(1, 5)).toEqual(['ada', 'bob%', 'Bob_2', 'Zoe']);
    const logins = (await list({ sort: 'lastLoginAt', order: 'desc' })).items;
    expect(logins.map(({ lastLoginAt }) => lastLoginAt === null)).toEqual([
      false,
      false,
      ...Array<boolean>(6).fill(true),
    ]);
  });

  it.each([
    ['ADA', ['ada']],
    ['%', ['bob%']],
    ['_', ['Bob_2']],
    ['BOB', ['bob%', 'Bob_2']],
    ['élodie', ['Élodie']],
    ['ÉMILE', ['émile']],
    ['ÄRZTE', ['Ärzte']],
    ['PERSON7@', ['<img src=x onerror=1>']],
    ["' OR 1=1 --", []],
    ['\\', []],
  ])('searches for %s', async (search, expected) => {
    expect((await list({ search })).names).toEqual(expected);
  });

  it('is not sorted by what it does not show', async () => {
    await expect(list({ sort: 'claims' })).rejects.toThrow('cannot be sorted');
  });
});
