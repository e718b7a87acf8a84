import { describe, expect, it } from '@jest/globals';
import { explainRoles, superadminsOfFile } from './role-sources.js';

const small = { admins: ['Ada@X.edu'], engineers: [], superadmins: [] };
const large = { admins: ['ada@x.edu'], engineers: ['eng@x.edu'], superadmins: ['root@x.edu'] };

const explained = (email: string, granted: string[], config: typeof large | typeof small) =>
  explainRoles(email, granted, config).map(({ role, sources }) => `${role}: ${sources.join('+')}`);

describe('explainRoles', () => {
  it.each([
    ['nobody', 'eve@x.edu', [], large, ['user: everyone']],
    ['by the file', 'ADA@x.edu', [], large, ['user: everyone', 'admin: configuration']],
    [
      'by the file and granted',
      'ada@x.edu',
      ['admin', 'auditor'],
      large,
      ['user: everyone', 'admin: configuration+granted', 'auditor: granted'],
    ],
    [
      'implied by another role',
      'eve@x.edu',
      ['superadmin'],
      large,
      [
        'user: everyone',
        'admin: implied',
        'engineer: implied',
        'superadmin: granted',
        'auditor: implied',
      ],
    ],
    [
      'implied where one list is all there is',
      'ada@x.edu',
      [],
      small,
      [
        'user: everyone',
        'admin: configuration',
        'engineer: implied',
        'superadmin: implied',
        'auditor: implied',
      ],
    ],
  ])('says why: %s', (_case, email, granted, config, expected) => {
    expect(explained(email, granted, config)).toEqual(expected);
  });
});

describe('superadminsOfFile', () => {
  it('counts admins where the file names neither engineers nor superadmins', () => {
    expect(superadminsOfFile(small)).toEqual(['ada@x.edu']);
    expect(superadminsOfFile(large)).toEqual(['root@x.edu']);
  });
});
