import { describe, expect, it } from '@jest/globals';
import { ClientManagersService } from '../../../server/src/clients/client-managers.service.js';
import { ClientPermissionsService } from '../../../server/src/clients/client-permissions.service.js';
import { ClientRecordsService } from '../../../server/src/clients/client-records.service.js';
import { clientVersion } from '../../../server/src/clients/client-version.js';
import { ClientsService } from '../../../server/src/clients/clients.service.js';
import { CLI_CONTEXT } from '../../../server/src/infrastructure/audit/audit-context.js';
import { AuditEntry } from '../../../server/src/infrastructure/audit/audit-entry.entity.js';
import {
  personPrincipal,
  type Principal,
} from '../../../server/src/infrastructure/http/principal.js';
import { UsersService } from '../../../server/src/users/users.service.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';

interface Cast {
  id: string;
  email: string;
  principal: Principal;
}

async function withClient(app: TestApplication) {
  const users = app.context.get(UsersService);
  const person = async (email: string): Promise<Cast> => {
    const user = await users.ensure(email);
    return { ...user, principal: personPrincipal(user, { kind: 'session', id: 'x' }) };
  };
  const people = {
    owner: await person('owner@example.edu'),
    manager: await person('manager@example.edu'),
    stranger: await person('stranger@example.edu'),
    admin: await person('admin@example.edu'),
  };
  const records = app.context.get(ClientRecordsService);
  const managers = app.context.get(ClientManagersService);
  const client = await records.create(CLI_CONTEXT, { name: 'bot', ownerId: people.owner.id });
  await managers.add(CLI_CONTEXT, client.id, people.manager);
  return { ...people, records, managers, client, clients: app.context.get(ClientsService) };
}

function auditOf(app: TestApplication): Promise<AuditEntry[]> {
  return app.dataSource.getRepository(AuditEntry).find({ order: { id: 'ASC' } });
}

const ADMINS = 'admins: [admin@example.edu]';

describe.each(DIALECTS)('clients on %s', (dialect) => {
  it('are made with their owner as first manager, and never two of one name', async () => {
    await using app = await TestApplication.start(dialect);
    const { records, managers, owner, manager, client } = await withClient(app);
    expect(await managers.idsOf(client.id)).toEqual([owner.id, manager.id]);
    await expect(records.create(CLI_CONTEXT, { name: ' bot ' })).rejects.toMatchObject({
      code: 'conflict',
    });
    const both = await Promise.allSettled(
      [1, 2].map(() => records.create(CLI_CONTEXT, { name: 'race' })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    for (const name of ['', '  ', 'default', 'x'.repeat(129), 'a\nb']) {
      await expect(records.create(CLI_CONTEXT, { name })).rejects.toMatchObject({
        code: 'invalid_request',
      });
    }
    const [created, added, race] = await auditOf(app);
    expect(created).toMatchObject({ action: 'client.create', objectName: 'bot' });
    expect(added).toMatchObject({
      action: 'client.add_manager',
      after: { manager: 'manager@example.edu' },
    });
    expect(race?.objectName).toBe('race');
    expect(await auditOf(app)).toHaveLength(3);
  });

  it('are found in memory, and changed ones at once as they then are', async () => {
    await using app = await TestApplication.start(dialect);
    const { clients, records, client } = await withClient(app);
    const found = await clients.find(client.id);
    expect(await clients.find(client.id)).toBe(found);
    expect(clients.isEnabled(found!)).toBe(true);
    await records.update(CLI_CONTEXT, client.id, { isActive: false, defaultModel: 'm' });
    const changed = await clients.find(client.id);
    expect(changed).toMatchObject({ isActive: false, defaultModel: 'm', name: 'bot' });
    expect(clients.isEnabled(changed!)).toBe(false);
    expect((await auditOf(app)).at(-1)).toMatchObject({
      action: 'client.update',
      before: { isActive: true, defaultModel: null },
      after: { isActive: false, defaultModel: 'm' },
    });
    const before = (await auditOf(app)).length;
    await records.update(CLI_CONTEXT, client.id, { isActive: false });
    expect(await auditOf(app)).toHaveLength(before);
    for (const id of ['', 'x', "\u0000'", '0198c0de-0000-7000-8000-000000000000']) {
      expect(await clients.find(id)).toBeNull();
    }
  });

  it('are not overwritten by whoever read an older one', async () => {
    await using app = await TestApplication.start(dialect);
    const { records, client } = await withClient(app);
    const basedOn = clientVersion(client);
    await records.update(CLI_CONTEXT, client.id, { description: 'theirs', basedOn });
    const mine = { description: 'mine', basedOn };
    const refused = records.update(CLI_CONTEXT, client.id, mine);
    await expect(refused).rejects.toMatchObject({
      code: 'conflict',
      details: { current: { description: 'theirs', isActive: true, defaultModel: null } },
    });
    const { details } = (await refused.catch((error: unknown) => error)) as {
      details: { current: { version: string } };
    };
    const again = { ...mine, basedOn: details.current.version };
    expect(await records.update(CLI_CONTEXT, client.id, again)).toMatchObject({
      description: 'mine',
    });
    expect((await auditOf(app)).filter(({ action }) => action === 'client.update')).toHaveLength(2);
  });

  it('keep their owner until they are transferred', async () => {
    await using app = await TestApplication.start(dialect);
    const { clients, managers, owner, manager, stranger, client } = await withClient(app);
    await expect(managers.remove(CLI_CONTEXT, client.id, owner)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Transfer first') as unknown,
    });
    await expect(managers.remove(CLI_CONTEXT, client.id, stranger)).rejects.toMatchObject({
      code: 'not_found',
    });
    await managers.transfer(CLI_CONTEXT, client.id, stranger);
    expect(await clients.find(client.id)).toMatchObject({ ownerId: stranger.id });
    await managers.remove(CLI_CONTEXT, client.id, owner);
    expect(await managers.idsOf(client.id)).toEqual([manager.id, stranger.id]);
    expect(await clients.isManager(client.id, owner.id)).toBe(false);
    expect(await clients.isManager(client.id, stranger.id)).toBe(true);
    expect((await auditOf(app)).at(-2)).toMatchObject({
      action: 'client.transfer',
      before: { ownerId: owner.id },
      after: { ownerId: stranger.id, owner: 'stranger@example.edu' },
    });
  });

  it('never have an owner who is no manager, whoever is faster', async () => {
    await using app = await TestApplication.start(dialect);
    const { clients, managers, manager, client } = await withClient(app);
    await Promise.allSettled([
      managers.transfer(CLI_CONTEXT, client.id, manager),
      managers.remove(CLI_CONTEXT, client.id, manager),
      managers.transfer(CLI_CONTEXT, client.id, manager),
    ]);
    expect(await clients.find(client.id)).toMatchObject({ ownerId: manager.id });
    expect(await clients.isManager(client.id, manager.id)).toBe(true);
  });

  it.each<[keyof Awaited<ReturnType<typeof withClient>>, string, string]>([
    ['stranger', 'not_found', 'not_found'],
    ['manager', 'manager', 'permission_denied'],
    ['owner', 'owner', 'owner'],
    ['admin', 'admin', 'admin'],
  ])('let a %s in as %s, and to what owners do as %s', async (name, asManager, asOwner) => {
    await using app = await TestApplication.start(dialect, { extra: ADMINS });
    const cast = await withClient(app);
    const { principal } = cast[name] as Cast;
    const permissions = app.context.get(ClientPermissionsService);
    const answerTo = (clientId: string, needs: 'manager' | 'owner') =>
      permissions.admit({ clientId, action: 'client.update', needs }, principal, CLI_CONTEXT).then(
        ({ role }) => role,
        ({ code }: { code: string }) => code,
      );
    expect(await answerTo(cast.client.id, 'manager')).toBe(asManager);
    expect(await answerTo(cast.client.id, 'owner')).toBe(asOwner);
    expect(await answerTo('0198c0de-0000-7000-8000-000000000000', 'manager')).toBe('not_found');
    const refused = (await auditOf(app)).filter(({ outcome }) => outcome === 'refused');
    const refusals = [asManager, asOwner].filter((answer) => /_/.test(answer)).length;
    expect(refused).toHaveLength(refusals);
  });

  it('are listed by page, those of a manager alone too', async () => {
    await using app = await TestApplication.start(dialect);
    const { records, manager } = await withClient(app);
    for (const name of ['alpha', 'Beta', 'gamma', '100%']) {
      await records.create(CLI_CONTEXT, { name, description: `the ${name}` });
    }
    const page = { page: 1, pageSize: 3, sort: 'name', order: 'asc' } as const;
    const names = async (request: object, managedBy?: string) => {
      const { items, total } = await records.list({ ...page, ...request }, managedBy);
      return [total, ...items.map(({ name }) => name)];
    };
    expect(await names({})).toEqual([5, '100%', 'alpha', 'Beta']);
    expect(await names({ page: 2 })).toEqual([5, 'bot', 'gamma']);
    expect(await names({ search: 'THE b' })).toEqual([1, 'Beta']);
    expect(await names({ search: '%' })).toEqual([1, '100%']);
    expect(await names({}, manager.id)).toEqual([1, 'bot']);
    expect(await names({ search: 'alpha' }, manager.id)).toEqual([0]);
  });
});
