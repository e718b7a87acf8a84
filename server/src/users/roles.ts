import { type Configuration } from '../config/index.js';
import { normaliseEmail } from './email.js';

/** What a person may do beside chatting, see docs/architecture.md. */
export type Role = 'user' | 'admin' | 'engineer' | 'superadmin' | 'auditor';

/** The roles that the configuration in force gives to an address, compared without regard to case. */
export function configuredRoles(
  email: string,
  config: Pick<Configuration, 'admins' | 'engineers' | 'superadmins'>,
): Role[] {
  const person = normaliseEmail(email);
  const isIn = (list: readonly string[]) => list.some((entry) => normaliseEmail(entry) === person);
  const roles: Role[] = ['user'];
  if (isIn(config.admins)) roles.push('admin');
  if (isIn(config.engineers)) roles.push('engineer');
  if (isIn(config.superadmins)) roles.push('superadmin');
  return roles;
}
