import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProvidersModule } from '../providers/index.js';
import { CatalogueService } from './catalogue.service.js';
import { EndpointCheck } from './checks/endpoint-check.entity.js';
import { EndpointChecksRepository } from './checks/endpoint-checks.repository.js';
import { EndpointChecksService } from './checks/endpoint-checks.service.js';
import { BackendQuestionsService } from './metadata/backend-questions.service.js';
import { ModelRefreshService } from './metadata/model-refresh.service.js';
import { ModelReadmeService } from './readme/model-readme.service.js';
import { EndpointProbesService } from './routing/endpoint-probes.service.js';
import { RouterService } from './routing/router.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([EndpointCheck]), ProvidersModule],
  providers: [
    BackendQuestionsService,
    CatalogueService,
    EndpointChecksRepository,
    EndpointChecksService,
    EndpointProbesService,
    ModelReadmeService,
    ModelRefreshService,
    RouterService,
  ],
  exports: [
    CatalogueService,
    EndpointChecksService,
    EndpointProbesService,
    ModelReadmeService,
    ModelRefreshService,
    RouterService,
  ],
})
export class ModelsModule {}
