import { type Configuration } from '../config/index.js';
import { normaliseEmail } from './email.js';
import { GRANTABLE_ROLES } from './roles.js';

type RoleLists = Pick<Configuration, 'admins' | 'engineers' | 'superadmins'>;
type GrantableRole = (typeof GRANTABLE_ROLES)[number];

/** Who has a role: people with these addresses, and those who were granted one of these roles. */
export interface RoleHolders {
  emails: string[];
  granted: GrantableRole[];
}

/** The same people for whom `rolesOf` finds the role, as something a database can look for. */
export function holdersOf(role: GrantableRole, config: RoleLists): RoleHolders {
  const { admins, engineers, superadmins } = config;
  const isSmall = engineers.length === 0 && superadmins.length === 0;
  const named = { admin: admins, engineer: engineers, superadmin: superadmins, auditor: [] };
  const giving: GrantableRole[] = [role, 'superadmin'];
  if (isSmall) giving.push('admin');
  const granted = GRANTABLE_ROLES.filter((each) => giving.includes(each));
  return { emails: granted.flatMap((each) => named[each]).map(normaliseEmail), granted };
}
