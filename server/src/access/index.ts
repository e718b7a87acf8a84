export { AcknowledgementTextDto, ModelStandingDto } from './access.dto.js';
export { AccessModule } from './access.module.js';
export { ACCESS_RULES, type AccessRule } from './decide.js';
export { type AccessDoor, AccessService } from './access.service.js';
export { type ModelStanding } from './model-standing.js';
export { type Owner, type OwnerAccess } from './owner-access.js';
