export {
  type CatalogueEntry,
  type ModelEndpoint,
  type ModelRouting,
  type NativeApi,
} from './catalogue-entry.js';
export { CatalogueService, type ResolveOptions } from './catalogue.service.js';
export { ModelsModule } from './models.module.js';
export { unknownModel } from './unknown-model.js';
export { type ModelPrices } from './model-prices.js';
