import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProviderAdministrationController } from './provider-administration.controller.js';
import { ProviderHistoryService } from './provider-history.service.js';
import { ProviderKeysService } from './provider-keys.service.js';
import { ProviderModelListsService } from './provider-model-lists.service.js';
import { ProviderRecordsService } from './provider-records.service.js';
import { ProviderSnapshotService } from './provider-snapshot.service.js';
import { ProviderTargetsService } from './provider-targets.service.js';
import { ProviderTestService } from './provider-test.service.js';
import { ProviderViewsService } from './provider-views.service.js';
import { SealedProviderKeysService } from './sealed-provider-keys.service.js';
import { Provider } from './provider.entity.js';
import { ProvidersController } from './providers.controller.js';

@Module({
  imports: [TypeOrmModule.forFeature([Provider])],
  controllers: [ProvidersController, ProviderAdministrationController],
  providers: [
    ProviderHistoryService,
    ProviderKeysService,
    ProviderModelListsService,
    ProviderRecordsService,
    ProviderSnapshotService,
    ProviderTargetsService,
    ProviderTestService,
    ProviderViewsService,
    SealedProviderKeysService,
  ],
  exports: [ProviderRecordsService, ProviderSnapshotService, ProviderTestService],
})
export class ProvidersModule {}
