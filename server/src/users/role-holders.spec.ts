import { describe, expect, it } from '@jest/globals';
import { holdersOf } from './role-holders.js';
import { GRANTABLE_ROLES, rolesOf } from './roles.js';

const PEOPLE = ['ada@x.edu', 'eve@x.edu', 'root@x.edu', 'nobody@x.edu'];
const GRANTS = [[], ['admin'], ['engineer'], ['superadmin'], ['auditor'], ['admin', 'auditor']];
const CONFIGURATIONS = [
  { admins: ['Ada@x.edu'], engineers: [], superadmins: [] },
  { admins: ['ada@x.edu'], engineers: ['eve@x.edu'], superadmins: ['root@x.edu'] },
  { admins: [], engineers: ['eve@x.edu'], superadmins: [] },
];

describe('who has a role', () => {
  it.each(CONFIGURATIONS)('is who rolesOf gives it, with %j', (config) => {
    for (const role of GRANTABLE_ROLES) {
      const { emails, granted } = holdersOf(role, config);
      for (const email of PEOPLE) {
        for (const grants of GRANTS) {
          const isFound = emails.includes(email) || granted.some((each) => grants.includes(each));
          expect([role, email, grants, isFound]).toEqual([
            role,
            email,
            grants,
            rolesOf(email, grants, config).has(role),
          ]);
        }
      }
    }
  });
});
