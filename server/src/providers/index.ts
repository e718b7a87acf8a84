export { isExposed } from './exposed-models.js';
export { pingFailure } from './ping-failure.js';
export {
  isPriced,
  type ProviderModel,
  providerModelId,
  type ProviderModelSettings,
} from './provider-model.js';
export { ProviderRecordsService } from './provider-records.service.js';
export { ProviderSnapshotService, type ServingProvider } from './provider-snapshot.service.js';
export { ProviderTestResultDto } from './providers.dto.js';
export { ProviderTestService } from './provider-test.service.js';
export { ProvidersModule } from './providers.module.js';
export { SealedProviderKeysService } from './sealed-provider-keys.service.js';
