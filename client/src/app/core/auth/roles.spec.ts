import { describe, expect, it } from 'vitest';

import { aMe } from '../../../testing/fixtures';
import { hasRole, type Role } from './roles';

describe('roles', () => {
  it.each<[Role[], Role[], boolean]>([
    [['user'], ['user'], true],
    [['user'], ['admin'], false],
    [['user', 'auditor'], ['admin', 'auditor'], true],
    [['user', 'engineer'], ['admin', 'auditor'], false],
    [['user', 'superadmin'], ['engineer'], true],
    [[], ['user'], false],
  ])('%j may enter where one of %j is needed: %s', (own, needed, may) => {
    expect(hasRole(aMe({ roles: own }), needed)).toBe(may);
  });

  it('nobody has none', () => {
    expect(hasRole(null, ['user'])).toBe(false);
  });
});
