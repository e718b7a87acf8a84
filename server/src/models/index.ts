export {
  type CatalogueEntry,
  type ModelEndpoint,
  type ModelRouting,
  type NativeApi,
} from './catalogue-entry.js';
export { CatalogueService, type ResolveOptions } from './catalogue.service.js';
export {
  type EndpointStanding,
  endpointStanding,
  type ModelStatus,
  MODEL_STATUSES,
  modelStatus,
} from './model-status.js';
export { ModelsModule } from './models.module.js';
export { unknownModel } from './unknown-model.js';
export { type ModelPrices } from './model-prices.js';
export { type ModelRefresh, ModelRefreshService } from './metadata/model-refresh.service.js';
export {
  type FieldValue,
  REFRESHED_FIELDS,
  type RefreshedField,
} from './metadata/propose-changes.js';
export { EndpointProbesService } from './routing/endpoint-probes.service.js';
export {
  type EndpointProbe,
  type EndpointState,
  type EndpointTurn,
  type RouteRequest,
  type TurnOutcome,
} from './routing/route.js';
export { RouterService } from './routing/router.service.js';
export { CallerGoneError } from './routing/routing.errors.js';
