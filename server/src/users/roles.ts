import { type Configuration } from '../config/index.js';
import { type Role } from '../infrastructure/http/principal.js';
import { normaliseEmail } from './email.js';

/** Roles that a superadmin may grant to a person; those of the file are granted by the file. */
export const GRANTABLE_ROLES = ['admin', 'engineer', 'superadmin', 'auditor'] as const;

type RoleLists = Pick<Configuration, 'admins' | 'engineers' | 'superadmins'>;

/**
 * The roles of a person: those of the configuration in force, compared without regard to case, and
 * those that were granted. A superadmin has every right; where the file names neither engineers nor
 * superadmins, an admin has theirs too, so that a small installation needs one list only.
 */
export function rolesOf(
  email: string,
  grantedRoles: readonly string[],
  config: RoleLists,
): ReadonlySet<Role> {
  const person = normaliseEmail(email);
  const isIn = (list: readonly string[]) => list.some((entry) => normaliseEmail(entry) === person);
  const has = (role: Role, list: readonly string[]) => grantedRoles.includes(role) || isIn(list);
  const isSmall = config.engineers.length === 0 && config.superadmins.length === 0;
  const roles = new Set<Role>(['user']);
  const isAdmin = has('admin', config.admins);
  if (has('superadmin', config.superadmins) || (isAdmin && isSmall)) {
    for (const role of GRANTABLE_ROLES) roles.add(role);
    return roles;
  }
  if (isAdmin) roles.add('admin');
  if (has('engineer', config.engineers)) roles.add('engineer');
  if (has('auditor', [])) roles.add('auditor');
  return roles;
}
