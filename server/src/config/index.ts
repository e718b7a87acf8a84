export { checkConfiguration, type ConfigurationCheck } from './check-configuration.js';
export { checkGroup, type GroupCheck } from './check-group.js';
export { createConfigurationService, readEnvironment } from './configuration.module.js';
export { type ConfigurationChange } from './configuration.service.js';
export { type DatabaseLocation, parseDatabaseUrl } from './database-url.js';
export { type Backup } from './editing/configuration-backups.js';
export { ConfigurationEditingModule } from './editing/configuration-editing.module.js';
export {
  type CheckedDraft,
  ConfigurationEditingService,
  type ShownConfiguration,
} from './editing/configuration-editing.service.js';
export { type Draft, formChangesOf } from './editing/draft-text.js';
export { FIELD_KINDS, type FormField, formFields } from './editing/form-schema.js';
export { type Environment } from './environment.js';
export { loadConfiguration, type LoadedConfiguration } from './load-configuration.js';
export { touches } from './paths.js';
export { ConfigurationError, formatProblems, type Problem } from './problem.js';
export { upstreamLimits, type UpstreamRetries, type UpstreamTimeouts } from './profiles.js';
export { parseRateLimit, type RateLimit } from './rate-limit.js';
export { configurationPath, readConfigurationFile } from './read-configuration-file.js';
export {
  type BudgetPolicy,
  type ClientConfiguration,
  type Configuration,
  type EndpointConfiguration,
  type GroupConfiguration,
  type GroupRule,
  type ModelAccess,
  type ModelAccessConfiguration,
  type ModelConfiguration,
  type UserConfiguration,
} from './schema/configuration.js';
export { UNLIMITED } from './schema/policies.js';
export { Secret } from './secret.js';
export { secretKeysOf } from './secret-keys.js';
