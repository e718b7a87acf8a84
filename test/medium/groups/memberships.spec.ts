import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { GroupMembersService } from '../../../server/src/groups/group-members.service.js';
import { type GroupsChange, GroupsService } from '../../../server/src/groups/groups.service.js';
import { CLI_CONTEXT } from '../../../server/src/infrastructure/audit/audit-context.js';
import { AuditEntry } from '../../../server/src/infrastructure/audit/audit-entry.entity.js';
import { type User } from '../../../server/src/users/user.entity.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';
import { addPerson } from '../../support/lumen/people.js';

const GROUPS = `
  staff:
    rules: [{ field: affiliation, contains: staff@ }]
  lab: {}
  closed: { disabled: true }
`;
const USERS = `
users:
  default:
  grace@x.edu: { groups: [lab] }
  empty@x.edu:
`;

describe.each(DIALECTS)('memberships on %s', (dialect) => {
  let app: TestApplication;
  let groups: GroupsService;
  let members: GroupMembersService;
  let count = 0;
  let ada: User;

  beforeAll(async () => {
    app = await TestApplication.start(dialect, { groups: GROUPS, extra: USERS });
    groups = app.context.get(GroupsService);
    members = app.context.get(GroupMembersService);
  });

  afterAll(() => app[Symbol.asyncDispose]());

  beforeEach(async () => {
    count += 1;
    ada = await addPerson(app.dataSource, `ada${count}@x.edu`);
  });

  const toBe = ({ id, email }: User) => ({ kind: 'user' as const, id, name: email });

  async function groupsOf(user: Pick<User, 'id' | 'email' | 'claims'>): Promise<string[]> {
    return (await groups.ofUser(user)).map(({ group, because }) => `${group.name}: ${because}`);
  }

  it('follow the claims and the configuration', async () => {
    expect(await groupsOf(ada)).toEqual(['default: everyone']);
    const claims = { affiliation: ['member@x.edu', 'staff@x.edu'] };
    expect(await groupsOf({ ...ada, claims })).toEqual(['default: everyone', 'staff: rule']);
    const grace = { ...ada, email: 'grace@x.edu' };
    expect(await groupsOf(grace)).toEqual(['default: everyone', 'lab: configuration']);
    expect(await groupsOf({ ...ada, email: 'empty@x.edu' })).toEqual(['default: everyone']);
  });

  it('are made and ended by hand, at once, with a line in the audit log', async () => {
    expect(await groupsOf(ada)).toEqual(['default: everyone']);
    await members.add('lab', toBe(ada), CLI_CONTEXT);
    expect(await groupsOf(ada)).toEqual(['default: everyone', 'lab: manual']);
    await members.remove('lab', toBe(ada), CLI_CONTEXT);
    expect(await groupsOf(ada)).toEqual(['default: everyone']);
    const entries = await app.dataSource
      .getRepository(AuditEntry)
      .find({ where: { objectId: 'lab' }, order: { id: 'ASC' } });
    const about = { user: ada.id, name: ada.email };
    expect(entries.filter((entry) => JSON.stringify(entry).includes(ada.id))).toMatchObject([
      { action: 'group.add_member', after: about, before: null },
      { action: 'group.remove_member', after: null, before: about },
    ]);
  });

  it('made by hand stay whatever the rules say', async () => {
    await members.add('staff', toBe(ada), CLI_CONTEXT);
    expect(await groupsOf({ ...ada, claims: {} })).toContain('staff: manual');
    expect(await groupsOf({ ...ada, claims: { affiliation: 'staff@x' } })).toContain(
      'staff: manual',
    );
  });

  it('are made once, however many ask at the same time', async () => {
    const asks = Array.from({ length: 8 }, () => members.add('lab', toBe(ada), CLI_CONTEXT));
    await Promise.all(asks);
    expect(await groupsOf(ada)).toEqual(['default: everyone', 'lab: manual']);
    await members.add('lab', toBe(ada), CLI_CONTEXT);
    const rows: unknown[] = await app.dataSource.query(
      `SELECT id FROM group_members WHERE owner_id = '${ada.id}'`,
    );
    expect(rows).toHaveLength(1);
  });

  it('in a group that is closed count once it is open', async () => {
    await members.add('closed', toBe(ada), CLI_CONTEXT);
    expect(await groupsOf(ada)).toEqual(['default: everyone']);
  });

  it.each([
    ['an unknown group', 'gone', 'not_found'],
    ['the group of everyone', 'default', 'conflict'],
    ['a strange name', "x'; --", 'not_found'],
  ])('cannot be made in %s', async (_what, name, code) => {
    await expect(members.add(name, toBe(ada), CLI_CONTEXT)).rejects.toMatchObject({ code });
  });

  it('by a rule cannot be ended by hand', async () => {
    await expect(members.remove('staff', toBe(ada), CLI_CONTEXT)).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('by hand') as unknown,
    });
  });

  it('of a client are those of its configuration and those made by hand, never default', async () => {
    const client = { kind: 'client' as const, id: ada.id, name: 'bot' };
    await members.add('staff', client, CLI_CONTEXT);
    const found = await groups.ofClient({ id: ada.id, groups: ['lab', 'gone', 'closed'] });
    expect(found.map(({ group, because }) => `${group.name}: ${because}`)).toEqual([
      'staff: manual',
      'lab: configuration',
    ]);
  });

  it('say whose they were when they change', async () => {
    const heard: GroupsChange[] = [];
    const listening = groups.changes$.subscribe((change) => heard.push(change));
    await members.add('lab', toBe(ada), CLI_CONTEXT);
    listening.unsubscribe();
    expect(heard).toEqual([{ ownerId: ada.id }]);
  });
});
