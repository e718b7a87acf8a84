import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GroupCensusService } from '../../../server/src/groups/group-census.service.js';
import { GroupMembersService } from '../../../server/src/groups/group-members.service.js';
import { GroupTrialService } from '../../../server/src/groups/group-trial.service.js';
import { GroupsService } from '../../../server/src/groups/groups.service.js';
import { CLI_CONTEXT } from '../../../server/src/infrastructure/audit/audit-context.js';
import { type User } from '../../../server/src/users/user.entity.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';
import { addPeople } from '../../support/lumen/people.js';

const GROUPS = `
  staff:
    rules: [{ field: affiliation, contains: staff@ }]
  lab: {}
`;
const USERS = `
users:
  person3@example.edu: { groups: [staff] }
`;
const PEOPLE = 350;
const request = { page: 1, pageSize: 50, sort: 'name', order: 'asc' as const };
const staffRule = { field: 'affiliation', contains: 'staff@' };
const studentRule = { field: 'affiliation', contains: 'student@' };

/** 0, 2, 4 … are staff, the others students; the last ten are deactivated. */
describe.each(DIALECTS)('a look at everybody on %s', (dialect) => {
  let app: TestApplication;
  let people: User[];
  let census: GroupCensusService;
  let trial: GroupTrialService;

  beforeAll(async () => {
    app = await TestApplication.start(dialect, { groups: GROUPS, extra: USERS });
    census = app.context.get(GroupCensusService);
    trial = app.context.get(GroupTrialService);
    people = await addPeople(app.dataSource, PEOPLE, (index) => ({
      name: `Name ${String(index).padStart(3, '0')}`,
      isActive: index < PEOPLE - 10,
      claims: { affiliation: index % 2 === 0 ? 'staff@x.edu' : 'student@x.edu' },
    }));
    const first = people[1]!;
    const member = { kind: 'user' as const, id: first.id, name: first.email };
    await app.context.get(GroupMembersService).add('staff', member, CLI_CONTEXT);
  });

  afterAll(() => app[Symbol.asyncDispose]());

  it('lists the members of a group with the reason of each', async () => {
    const page = await census.membersOf('staff', { ...request, pageSize: 4 });
    expect(page).toMatchObject({ total: PEOPLE / 2 + 2, page: 1, pageSize: 4 });
    expect(page.items).toMatchObject([
      { name: 'Name 000', because: 'rule', isActive: true },
      { name: 'Name 001', because: 'manual' },
      { name: 'Name 002', because: 'rule' },
      { name: 'Name 003', because: 'configuration' },
    ]);
  });

  it('lists each member on one page', async () => {
    const pages = await Promise.all(
      [1, 2].map((page) => census.membersOf('staff', { ...request, page, pageSize: 100 })),
    );
    const ids = pages.flatMap(({ items }) => items.map(({ id }) => id));
    expect(new Set(ids).size).toBe(PEOPLE / 2 + 2);
  });

  it('sorts and searches', async () => {
    const last = await census.membersOf('staff', { ...request, order: 'desc', pageSize: 1 });
    expect(last.items).toMatchObject([{ name: 'Name 348', isActive: false }]);
    const found = await census.membersOf('staff', { ...request, search: 'PERSON10@' });
    expect(found).toMatchObject({ total: 1, items: [{ email: 'person10@example.edu' }] });
  });

  it('has everybody in default and nobody in a group without rules', async () => {
    expect(await census.membersOf('default', request)).toMatchObject({ total: PEOPLE });
    expect(await census.membersOf('lab', request)).toMatchObject({ total: 0, items: [] });
    await expect(census.membersOf('gone', request)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('says which groups claims lead to', async () => {
    const { memberships, draft } = await trial.try({ claims: { affiliation: 'staff@y.edu' } });
    expect(memberships.map(({ group, because }) => `${group.name}: ${because}`)).toEqual([
      'default: everyone',
      'staff: rule',
    ]);
    expect(draft).toBeNull();
  });

  it('counts what is said about a person beside the claims', async () => {
    const { memberships } = await trial.try({ claims: {}, email: 'Person1@Example.edu' });
    expect(memberships.map(({ because }) => because)).toEqual(['everyone', 'manual']);
  });

  it('counts who would come and go with other rules, those by hand and by file staying', async () => {
    const draft = { name: 'staff', rules: [studentRule] };
    const result = await trial.try({ claims: { affiliation: 'student@x.edu' }, draft });
    expect(result.draft).toEqual({
      name: 'staff',
      matches: true,
      members: 170,
      joining: 168,
      leaving: 170,
      knownUsers: 340,
    });
    expect(result.memberships.map(({ group }) => group.name)).toEqual(['default', 'staff']);
    const { memberships } = await trial.try({ claims: { affiliation: 'student@x.edu' } });
    expect(memberships.map(({ group }) => group.name)).toEqual(['default']);
  });

  it.each([
    ['a new group', { rules: [staffRule] }, { members: 170, joining: 170, leaving: 0 }],
    ['the same rules', { name: 'staff', rules: [staffRule] }, { joining: 0, leaving: 0 }],
    ['no rules', { name: 'staff', rules: [] }, { members: 2, joining: 0, leaving: 170 }],
    [
      'a closed group',
      { name: 'staff', isActive: false, rules: [staffRule] },
      { members: 0, joining: 0, leaving: 172 },
    ],
    ['a group to be opened', { name: 'lab', rules: [staffRule] }, { joining: 170, leaving: 0 }],
  ])('tries %s', async (_case, draft, expected) => {
    expect((await trial.try({ claims: {}, draft })).draft).toMatchObject(expected);
  });

  it('refuses a draft with wrong rules, by name', async () => {
    await expect(trial.try({ claims: {}, draft: { rules: [{}] } })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  it('stops when whoever asked has left', async () => {
    const caller = new AbortController();
    const looking = census.membersOf('staff', request, caller.signal);
    caller.abort(new Error('gone'));
    await expect(looking).rejects.toThrow('gone');
  });

  it('holds for claims of any size, and for none', async () => {
    await using other = await TestApplication.start(dialect, { groups: GROUPS });
    const huge = { affiliation: Array.from({ length: 5_000 }, (_, n) => `group-${n}@x.example`) };
    await addPeople(other.dataSource, 30, (index) => ({
      claims: index === 0 ? null : { ...huge, affiliation: [...huge.affiliation, 'staff@x'] },
    }));
    const found = await other.context.get(GroupCensusService).membersOf('staff', request);
    expect(found.total).toBe(29);
    await other.context.get(GroupsService).loaded();
  });
});
