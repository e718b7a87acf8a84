import { Module } from '@nestjs/common';
import { AccessModule } from '../access/index.js';
import { AuthModule } from '../auth/index.js';
import { BudgetsModule } from '../budgets/index.js';
import { ModelsModule } from '../models/index.js';
import { UsageModule } from '../usage/index.js';
import { AbandonedRequestsService } from './metering/abandoned-requests.service.js';
import { CheckpointsService } from './metering/checkpoints.service.js';
import { MeteringService } from './metering/metering.service.js';
import { ProxyPipeline } from './proxy.pipeline.js';
import { ProxyService } from './proxy.service.js';
import { RequestRecorderService } from './metering/request-recorder.service.js';
import { SettlementsService } from './metering/settlements.service.js';
import { UpstreamClientService } from './upstream/upstream-client.service.js';
import { V1CompletionsController } from './v1-completions.controller.js';
import { V1ModelsController } from './v1-models.controller.js';
import { V1ModelsService } from './v1-models.service.js';

@Module({
  imports: [AccessModule, AuthModule, BudgetsModule, ModelsModule, UsageModule],
  controllers: [V1CompletionsController, V1ModelsController],
  providers: [
    AbandonedRequestsService,
    CheckpointsService,
    MeteringService,
    ProxyPipeline,
    ProxyService,
    RequestRecorderService,
    SettlementsService,
    UpstreamClientService,
    V1ModelsService,
  ],
  exports: [ProxyService, UpstreamClientService],
})
export class ProxyModule {}
