export { type CatalogueEntry, type ModelEndpoint } from './catalogue.js';
export { CatalogueService } from './catalogue.service.js';
export { ModelsModule } from './models.module.js';
export { unknownModel } from './unknown-model.js';
