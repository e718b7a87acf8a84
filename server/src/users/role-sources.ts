import { type Configuration } from '../config/index.js';
import { type Role } from '../infrastructure/http/principal.js';
import { normaliseEmail } from './email.js';
import { rolesOf } from './roles.js';

/**
 * Why somebody has a role: everybody has it; config.yaml names them; a superadmin granted it; or it
 * follows from another role.
 */
export type RoleSource = 'everyone' | 'configuration' | 'granted' | 'implied';

export interface SourcedRole {
  role: Role;
  sources: RoleSource[];
}

type RoleLists = Pick<Configuration, 'admins' | 'engineers' | 'superadmins'>;

/** The roles of a person as `rolesOf` finds them, each with every reason for it. */
export function explainRoles(
  email: string,
  grantedRoles: readonly string[],
  config: RoleLists,
): SourcedRole[] {
  const named = rolesOfFile(email, config);
  return [...rolesOf(email, grantedRoles, config)].map((role) => {
    const sources: RoleSource[] = [];
    if (role === 'user') sources.push('everyone');
    if (named.has(role)) sources.push('configuration');
    if (grantedRoles.includes(role)) sources.push('granted');
    return { role, sources: sources.length > 0 ? sources : ['implied'] };
  });
}

/** The roles whose lists in config.yaml name this address. */
export function rolesOfFile(email: string, config: RoleLists): ReadonlySet<Role> {
  const person = normaliseEmail(email);
  const lists = [
    ['admin', config.admins],
    ['engineer', config.engineers],
    ['superadmin', config.superadmins],
  ] as const;
  const naming = lists.filter(([, list]) => list.some((entry) => normaliseEmail(entry) === person));
  return new Set(naming.map(([role]) => role));
}

/** The addresses that config.yaml alone makes superadmins, whether or not they ever logged in. */
export function superadminsOfFile(config: RoleLists): string[] {
  return [...config.superadmins, ...config.admins]
    .map(normaliseEmail)
    .filter((email) => rolesOf(email, [], config).has('superadmin'));
}
