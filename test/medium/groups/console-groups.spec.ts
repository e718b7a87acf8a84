import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ConsoleGroupsService } from '../../../server/src/groups/console-groups.service.js';
import { GroupMembersService } from '../../../server/src/groups/group-members.service.js';
import { GroupsService } from '../../../server/src/groups/groups.service.js';
import { CLI_CONTEXT } from '../../../server/src/infrastructure/audit/audit-context.js';
import { AuditEntry } from '../../../server/src/infrastructure/audit/audit-entry.entity.js';
import { ChangesService } from '../../../server/src/infrastructure/changes/changes.service.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';
import { startReplica } from '../../support/lumen/replica.js';

const rule = { field: 'affiliation', contains: 'staff@' };
const STORED_RULE = { ...rule, equals: null };

describe.each(DIALECTS)('groups of the console on %s', (dialect) => {
  let app: TestApplication;
  let groups: GroupsService;
  let console: ConsoleGroupsService;
  let count = 0;
  let name = '';

  beforeAll(async () => {
    app = await TestApplication.start(dialect, { groups: '  filed: {}\n' });
    groups = app.context.get(GroupsService);
    console = app.context.get(ConsoleGroupsService);
  });

  afterAll(() => app[Symbol.asyncDispose]());

  beforeEach(() => {
    count += 1;
    name = `group ${count}`;
  });

  const person = { id: 'nobody', email: 'ada@x.edu', claims: { affiliation: 'staff@x.edu' } };
  const isMember = async () =>
    (await groups.ofUser(person)).some(({ group }) => group.name === name);

  it('are in force when they are made, changed and removed', async () => {
    const made = await console.create(name, { rules: [rule], coins: { max: 5 } }, CLI_CONTEXT);
    expect(made).toMatchObject({
      name,
      source: 'console',
      isActive: true,
      rules: [STORED_RULE],
      coins: { max: 5, refresh: 0, starting: 5 },
    });
    expect(groups.find(name)).toEqual(made);
    expect(await isMember()).toBe(true);
    await console.update(name, { isActive: false }, CLI_CONTEXT);
    expect(await isMember()).toBe(false);
    const changed = await console.update(name, { isActive: true, coins: null }, CLI_CONTEXT);
    expect(changed).toMatchObject({ rules: [STORED_RULE], coins: null });
    expect(await isMember()).toBe(true);
    await console.remove(name, CLI_CONTEXT);
    expect(groups.find(name)).toBeUndefined();
  });

  it('leave a line in the audit log for each change', async () => {
    await console.create(name, { description: 'one' }, CLI_CONTEXT);
    await console.update(name, { description: 'two' }, CLI_CONTEXT);
    await console.remove(name, CLI_CONTEXT);
    const entries = await app.dataSource
      .getRepository(AuditEntry)
      .find({ where: { objectId: name }, order: { id: 'ASC' } });
    expect(entries).toMatchObject([
      { action: 'group.create', before: null, after: { description: 'one' } },
      { action: 'group.update', before: { description: 'one' }, after: { description: 'two' } },
      { action: 'group.delete', before: { description: 'two' }, after: null },
    ]);
  });

  it('forget who was put into them when they are removed', async () => {
    const members = app.context.get(GroupMembersService);
    await console.create(name, {}, CLI_CONTEXT);
    await members.add(name, { kind: 'user', id: person.id, name: 'ada' }, CLI_CONTEXT);
    expect(await isMember()).toBe(true);
    await console.remove(name, CLI_CONTEXT);
    await console.create(name, {}, CLI_CONTEXT);
    expect(await isMember()).toBe(false);
  });

  it('leave groups of the file alone', async () => {
    const refused = {
      code: 'conflict',
      message: expect.stringContaining('managed by config.yaml') as unknown,
    };
    await expect(console.create('filed', {}, CLI_CONTEXT)).rejects.toMatchObject(refused);
    await expect(console.update('filed', {}, CLI_CONTEXT)).rejects.toMatchObject(refused);
    await expect(console.remove('filed', CLI_CONTEXT)).rejects.toMatchObject(refused);
  });

  it('have names of their own, also when two are made at once', async () => {
    const outcomes = await Promise.allSettled([
      console.create(name, {}, CLI_CONTEXT),
      console.create(name, {}, CLI_CONTEXT),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(console.create(name, {}, CLI_CONTEXT)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('are unknown by another name', async () => {
    await expect(console.update('gone', {}, CLI_CONTEXT)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(console.remove('gone', CLI_CONTEXT)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('name every field that is wrong and change nothing', async () => {
    const input = { rules: [{ contains: 'x' }, { field: 'idp' }], coins: { max: -7 } };
    await expect(console.create(name, input, CLI_CONTEXT)).rejects.toMatchObject({
      code: 'invalid_request',
      details: {
        fields: {
          'rules[0].field': [expect.any(String)],
          'rules[1]': [expect.any(String)],
          'coins.max': [expect.any(String)],
        },
      },
    });
    expect(groups.find(name)).toBeUndefined();
  });

  it('reach another replica that hears of them', async () => {
    await using other = await startReplica(app);
    const elsewhere = other.context.get(GroupsService);
    await elsewhere.loaded();
    await console.create(name, { rules: [rule] }, CLI_CONTEXT);
    await other.context.get(ChangesService).lookNow();
    await elsewhere.loaded();
    expect(elsewhere.find(name)).toMatchObject({ rules: [STORED_RULE] });
    expect((await elsewhere.ofUser(person)).map(({ group }) => group.name)).toContain(name);
  });
});
