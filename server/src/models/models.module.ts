import { Module } from '@nestjs/common';
import { ProvidersModule } from '../providers/index.js';
import { CatalogueService } from './catalogue.service.js';
import { BackendQuestionsService } from './metadata/backend-questions.service.js';
import { ModelRefreshService } from './metadata/model-refresh.service.js';
import { EndpointProbesService } from './routing/endpoint-probes.service.js';
import { RouterService } from './routing/router.service.js';

@Module({
  imports: [ProvidersModule],
  providers: [
    BackendQuestionsService,
    CatalogueService,
    EndpointProbesService,
    ModelRefreshService,
    RouterService,
  ],
  exports: [CatalogueService, EndpointProbesService, ModelRefreshService, RouterService],
})
export class ModelsModule {}
