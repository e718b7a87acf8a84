import { describe, expect, it } from '@jest/globals';
import { type Configuration } from '../config/index.js';
import { type GroupDefinition } from './group-definitions.js';
import { MembershipFinder } from './membership-finder.js';
import { membershipsOfPerson } from './memberships.js';

const rule = (field: string, how: 'contains' | 'equals', text: string) => ({
  field,
  contains: how === 'contains' ? text : null,
  equals: how === 'equals' ? text : null,
});

const group = (name: string, changes: Partial<GroupDefinition> = {}): GroupDefinition => ({
  name,
  description: '',
  isActive: true,
  source: 'file',
  rules: [],
  modelAccess: { default: null, allowed: [], needsAck: [], blocked: [] },
  coins: null,
  tokens: {},
  ...changes,
});

const definitions = new Map(
  [
    group('default'),
    group('all', { rules: [rule('affiliation', 'contains', 'staff')] }),
    group('by-config'),
    group('by-hand'),
    group('staff', { rules: [rule('affiliation', 'contains', 'staff@')] }),
    group('physics', {
      rules: [rule('affiliation', 'contains', 'staff@'), rule('unit', 'equals', '7')],
    }),
    group('closed', { isActive: false, rules: [rule('affiliation', 'contains', 'staff@')] }),
    group('strange', { rules: [rule('__proto__', 'contains', 'x')] }),
  ].map((definition) => [definition.name, definition]),
);

const config = {
  app: { debug: true, devUser: { email: 'dev@x.edu', groups: ['by-config', 'gone'] } },
  users: {
    default: { groups: ['all', 'unknown'] },
    'ada@x.edu': { groups: ['by-config', 'closed', 'staff'] },
  },
} as unknown as Pick<Configuration, 'app' | 'users'>;

const CLAIMS: (Record<string, unknown> | null)[] = [
  null,
  {},
  { affiliation: 'staff@x.edu' },
  { affiliation: ['student@x.edu', 'staff@x.edu', 4, null, {}], unit: 7 },
  { affiliation: 'staff@x.edu', unit: ['6', '7'] },
  { affiliation: { staff: '@' }, unit: true },
  JSON.parse('{"__proto__": "x", "affiliation": "student@"}') as Record<string, unknown>,
  { affiliation: `${'long '.repeat(100)}staff@` },
];

describe('MembershipFinder', () => {
  const finder = new MembershipFinder(definitions, config);

  it.each(['eve@x.edu', 'ada@x.edu', 'dev@x.edu', 'constructor'])(
    'finds of %s what is worked out group by group, whatever the claims, time after time',
    (email) => {
      for (const manual of [[], ['by-hand', 'gone', 'staff', 'default']]) {
        for (const claims of [...CLAIMS, ...CLAIMS]) {
          const memberships = membershipsOfPerson({ email, claims }, definitions, {
            config,
            manual,
          });
          expect(finder.membershipsOf({ email, claims }, manual)).toEqual(memberships);
          const expected = memberships
            .filter(({ because }) => because !== 'everyone')
            .map(({ group: { name } }) => name);
          expect(finder.groupsOf({ email, claims }, manual)).toEqual(expected.sort());
        }
      }
    },
  );

  it('tells apart the groups that everybody is in', () => {
    expect([...finder.everyone]).toEqual(['default', 'all']);
  });

  it('tries a rule once on a text that many people have, not on each of them', () => {
    let tried = 0;
    const counting = {
      ...group('counted'),
      rules: [
        {
          field: 'affiliation',
          contains: null,
          get equals() {
            tried += 1;
            return 'staff@x.edu';
          },
        },
      ],
    };
    const counted = new MembershipFinder(new Map([['counted', counting]]), config);
    const person = (n: number) => ({
      email: `${n}@x.edu`,
      claims: { affiliation: 'student@x.edu' },
    });
    for (let n = 0; n < 100; n += 1) expect(counted.membershipsOf(person(n), [])).toEqual([]);
    expect(tried).toBe(1);
  });
});
