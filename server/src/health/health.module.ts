import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/index.js';
import { ModelsModule } from '../models/index.js';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';
import { InferenceHealthController } from './inference-health.controller.js';
import { InferenceHealthService } from './inference-health.service.js';

@Module({
  imports: [AuthModule, ModelsModule],
  controllers: [HealthController, InferenceHealthController],
  providers: [HealthService, InferenceHealthService],
})
export class HealthModule {}

export { HealthReportDto } from './health.dto.js';
