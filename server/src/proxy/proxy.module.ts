import { Module } from '@nestjs/common';
import { AccessModule } from '../access/index.js';
import { AuthModule } from '../auth/index.js';
import { ModelsModule } from '../models/index.js';
import { UsageModule } from '../usage/index.js';
import { ProxyPipeline } from './proxy.pipeline.js';
import { ProxyService } from './proxy.service.js';
import { RequestRecorderService } from './request-recorder.service.js';
import { UpstreamClientService } from './upstream-client.service.js';
import { V1CompletionsController } from './v1-completions.controller.js';
import { V1ModelsController } from './v1-models.controller.js';
import { V1ModelsService } from './v1-models.service.js';

@Module({
  imports: [AccessModule, AuthModule, ModelsModule, UsageModule],
  controllers: [V1CompletionsController, V1ModelsController],
  providers: [
    ProxyPipeline,
    ProxyService,
    RequestRecorderService,
    UpstreamClientService,
    V1ModelsService,
  ],
  exports: [ProxyService, UpstreamClientService],
})
export class ProxyModule {}
