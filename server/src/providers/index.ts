export { isExposed } from './exposed-models.js';
export { isPriced, type ProviderModel, providerModelId } from './provider-model.js';
export { ProviderSnapshotService, type ServingProvider } from './provider-snapshot.service.js';
export { ProvidersModule } from './providers.module.js';
