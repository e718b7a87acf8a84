export { ApiKeysService, type CreatedKey, type KeyOwner } from './api-keys.service.js';
export { AuthModule } from './auth.module.js';
export { ClientKeysService } from './client-keys.service.js';
export { MeDto } from './me.dto.js';
export { MeService } from './me.service.js';
export { RecognisedCallerService } from './recognised-caller.service.js';
export { SessionsService } from './sessions.service.js';
