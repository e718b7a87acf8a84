import { Module } from '@nestjs/common';
import { AccessModule } from '../access/index.js';
import { AuthModule } from '../auth/index.js';
import { BudgetsModule } from '../budgets/index.js';
import { ModelsModule } from '../models/index.js';
import { UsageModule } from '../usage/index.js';
import { AudioService } from './audio/audio.service.js';
import { AudioUploadsService } from './audio/audio-uploads.service.js';
import { CountTokensService } from './messages/count-tokens.service.js';
import { AbandonedRequestsService } from './metering/abandoned-requests.service.js';
import { FallbacksService } from './fallbacks.service.js';
import { AttemptsService } from './upstream/attempts.service.js';
import { CheckpointsService } from './metering/checkpoints.service.js';
import { FinishedRequestsService } from './metering/finished-requests.service.js';
import { MeteringService } from './metering/metering.service.js';
import { ProxyPipeline } from './proxy.pipeline.js';
import { ProxyService } from './proxy.service.js';
import { RequestRecorderService } from './metering/request-recorder.service.js';
import { SettlementsService } from './metering/settlements.service.js';
import { SpendingService } from './metering/spending.service.js';
import { UpstreamClientService } from './upstream/upstream-client.service.js';
import { V1AudioController } from './v1-audio.controller.js';
import { V1CompletionsController } from './v1-completions.controller.js';
import { V1MessagesController } from './v1-messages.controller.js';
import { V1ModelsController } from './v1-models.controller.js';
import { V1ModelsService } from './v1-models.service.js';
import { V1ResponsesController } from './v1-responses.controller.js';

@Module({
  imports: [AccessModule, AuthModule, BudgetsModule, ModelsModule, UsageModule],
  controllers: [
    V1AudioController,
    V1CompletionsController,
    V1MessagesController,
    V1ModelsController,
    V1ResponsesController,
  ],
  providers: [
    AbandonedRequestsService,
    AttemptsService,
    AudioService,
    AudioUploadsService,
    CheckpointsService,
    FallbacksService,
    CountTokensService,
    FinishedRequestsService,
    MeteringService,
    ProxyPipeline,
    ProxyService,
    RequestRecorderService,
    SettlementsService,
    SpendingService,
    UpstreamClientService,
    V1ModelsService,
  ],
  exports: [FinishedRequestsService, ProxyService, SpendingService, UpstreamClientService],
})
export class ProxyModule {}
