import { describe, expect, it } from '@jest/globals';
import { configuredRoles } from './roles.js';

const config = {
  admins: ['Ada@Example.edu', 'both@example.edu'],
  engineers: [' both@example.edu '],
  superadmins: ['root@example.edu'],
};

describe('configuredRoles', () => {
  it.each([
    ['nobody@example.edu', ['user']],
    ['ada@example.edu', ['user', 'admin']],
    ['ADA@EXAMPLE.EDU', ['user', 'admin']],
    ['both@example.edu', ['user', 'admin', 'engineer']],
    ['root@example.edu', ['user', 'superadmin']],
    ['', ['user']],
  ])('gives %j the roles %j', (email, roles) => {
    expect(configuredRoles(email, config)).toEqual(roles);
  });
});
