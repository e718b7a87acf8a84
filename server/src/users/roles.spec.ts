import { describe, expect, it } from '@jest/globals';
import { rolesOf } from './roles.js';

const config = {
  admins: ['Ada@Example.edu', 'both@example.edu'],
  engineers: [' both@example.edu '],
  superadmins: ['root@example.edu'],
};
const EVERYTHING = ['user', 'admin', 'engineer', 'superadmin', 'auditor'];

describe('rolesOf', () => {
  it.each<[string, string[], string[]]>([
    ['nobody@example.edu', [], ['user']],
    ['', [], ['user']],
    ['ada@example.edu', [], ['user', 'admin']],
    ['ADA@EXAMPLE.EDU', [], ['user', 'admin']],
    ['both@example.edu', [], ['user', 'admin', 'engineer']],
    ['root@example.edu', [], EVERYTHING],
    ['nobody@example.edu', ['auditor'], ['user', 'auditor']],
    ['nobody@example.edu', ['superadmin'], EVERYTHING],
    ['ada@example.edu', ['engineer', 'nonsense'], ['user', 'admin', 'engineer']],
  ])('of %j with %j granted are %j', (email, granted, roles) => {
    expect([...rolesOf(email, granted, config)]).toEqual(roles);
  });

  it('give an admin every right where the file names no engineers and no superadmins', () => {
    const small = { admins: ['ada@example.edu'], engineers: [], superadmins: [] };
    expect([...rolesOf('ada@example.edu', [], small)]).toEqual(EVERYTHING);
    expect([...rolesOf('nobody@example.edu', [], small)]).toEqual(['user']);
  });
});
