export { ApiKeysService, type CreatedKey } from './api-keys.service.js';
export { AuthModule } from './auth.module.js';
export { SessionsService } from './sessions.service.js';
