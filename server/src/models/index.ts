export {
  type CatalogueEntry,
  type ModelEndpoint,
  type ModelRouting,
  type NativeApi,
} from './catalogue-entry.js';
export { CHECK_SPANS, type CheckSpan } from './checks/check-spans.js';
export { type CheckBar, EndpointChecksService } from './checks/endpoint-checks.service.js';
export { CatalogueService, type ResolveOptions } from './catalogue.service.js';
export {
  type EndpointStanding,
  endpointStanding,
  type ModelStatus,
  MODEL_STATUSES,
  modelStatus,
} from './model-status.js';
export { modelLoad, MOST_LOAD } from './model-load.js';
export { ModelsModule } from './models.module.js';
export { unknownModel } from './unknown-model.js';
export { type ModelPrices } from './model-prices.js';
export { ModelReadmeService, type Readme } from './readme/model-readme.service.js';
export { RESOLUTION_STEPS, type ResolutionStep } from './explain-resolution.js';
export {
  type DescribedIn,
  type DescribedPlace,
  type ModelRefresh,
  ModelRefreshService,
} from './metadata/model-refresh.service.js';
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
