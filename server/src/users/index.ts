export { looksLikeEmail, normaliseEmail } from './email.js';
export { explainRoles, type RoleSource, type SourcedRole } from './role-sources.js';
export { GRANTABLE_ROLES, rolesOf } from './roles.js';
export {
  type GrantableRole,
  type ListedUser,
  type UserFilter,
  USER_SORT_COLUMNS,
  UserAdministrationService,
} from './user-administration.service.js';
export { UserGrowthService } from './user-growth.service.js';
export { type ScannedUser, UserScanService } from './user-scan.service.js';
export {
  type SignInIdentity,
  type SignedIn,
  SignInRefused,
  SignInService,
} from './sign-in.service.js';
export { type User } from './user.entity.js';
export { UsersModule } from './users.module.js';
export { UsersService } from './users.service.js';
