export { looksLikeEmail, normaliseEmail } from './email.js';
export { GRANTABLE_ROLES, rolesOf } from './roles.js';
export { type User } from './user.entity.js';
export { UsersModule } from './users.module.js';
export { UsersService } from './users.service.js';
