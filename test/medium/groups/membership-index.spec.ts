import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ConsoleGroupsService } from '../../../server/src/groups/console-groups.service.js';
import { GroupMembersService } from '../../../server/src/groups/group-members.service.js';
import { MembershipIndexService } from '../../../server/src/groups/membership-index.service.js';
import { CLI_CONTEXT } from '../../../server/src/infrastructure/audit/audit-context.js';
import { User } from '../../../server/src/users/user.entity.js';
import { UserAdministrationService } from '../../../server/src/users/user-administration.service.js';
import { UsersService } from '../../../server/src/users/users.service.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';
import { addPeople } from '../../support/lumen/people.js';

const GROUPS = `
  staff:
    rules: [{ field: affiliation, contains: staff@ }]
  lab: {}
`;

describe.each(DIALECTS)('who is in which group, kept in memory, on %s', (dialect) => {
  let app: TestApplication;
  let people: User[];
  let index: MembershipIndexService;

  const membersOf = async (group: string) => {
    const ids = await index.idsOf(group);
    return ids && people.flatMap(({ id }, n) => (ids.includes(id) ? [n] : []));
  };

  beforeAll(async () => {
    app = await TestApplication.start(dialect, { groups: GROUPS });
    index = app.context.get(MembershipIndexService);
    people = await addPeople(app.dataSource, 6, (n) => ({
      claims: { affiliation: n % 2 === 0 ? 'staff@x.edu' : 'student@x.edu' },
    }));
  });

  afterAll(() => app[Symbol.asyncDispose]());

  it('knows rules, and of a group for all that it has everybody', async () => {
    expect(await membersOf('staff')).toEqual([0, 2, 4]);
    expect(await membersOf('lab')).toEqual([]);
    expect(await index.idsOf('default')).toBeNull();
    await expect(index.idsOf('gone')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('reads a change again that could not be read', async () => {
    await membersOf('lab');
    const { id, email: name } = people[3]!;
    const members = app.context.get(GroupMembersService);
    await members.add('lab', { kind: 'user', id, name }, CLI_CONTEXT);
    const broken = jest.spyOn(app.context.get(UsersService), 'findMany');
    broken.mockRejectedValueOnce(new Error('the database is away'));
    await expect(membersOf('lab')).rejects.toThrow('away');
    expect(await membersOf('lab')).toEqual([3]);
    await members.remove('lab', { kind: 'user', id, name }, CLI_CONTEXT);
    broken.mockRestore();
  });

  it('follows memberships by hand, people who come without a word, and people who leave', async () => {
    await membersOf('lab');
    const first = people[0]!;
    const second = people[1]!;
    const members = app.context.get(GroupMembersService);
    const member = { kind: 'user' as const, id: second.id, name: second.email };
    await members.add('lab', member, CLI_CONTEXT);
    expect(await membersOf('lab')).toEqual([1]);
    await members.remove('lab', member, CLI_CONTEXT);
    expect(await membersOf('lab')).toEqual([]);
    const { id } = await app.context.get(UsersService).ensure('new@example.edu');
    await app.dataSource
      .getRepository(User)
      .update({ id }, { claims: { affiliation: 'staff@x.edu' } });
    expect(await index.idsOf('staff')).toContain(id);
    const administration = app.context.get(UserAdministrationService);
    await app.dataSource.transaction((manager) => administration.remove(first.id, manager));
    administration.tellRemoved(first.id);
    expect(await membersOf('staff')).toEqual([2, 4]);
  });

  it('follows a group that is made, changed and closed', async () => {
    const groups = app.context.get(ConsoleGroupsService);
    const rules = [{ field: 'affiliation', equals: 'student@x.edu' }];
    await groups.create('students', { rules }, CLI_CONTEXT);
    expect(await membersOf('students')).toEqual([1, 3, 5]);
    await groups.update('students', { isActive: false }, CLI_CONTEXT);
    expect(await membersOf('students')).toEqual([]);
  });
});
