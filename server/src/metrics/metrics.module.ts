import { Module } from '@nestjs/common';
import { BudgetsModule } from '../budgets/index.js';
import { ModelsModule } from '../models/index.js';
import { ProxyModule } from '../proxy/index.js';
import { UsageModule } from '../usage/index.js';
import { DatabaseMetricsService } from './database-metrics.service.js';
import { EndpointMetricsService } from './endpoint-metrics.service.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsPageService } from './metrics-page.service.js';
import { ProcessMetricsService } from './process-metrics.service.js';
import { RequestMetricsService } from './request-metrics.service.js';
import { RequestTracesService } from './request-traces.service.js';

/** What others measure of Lumen: metrics that Prometheus reads, traces that a collector gets. */
@Module({
  imports: [BudgetsModule, ModelsModule, ProxyModule, UsageModule],
  controllers: [MetricsController],
  providers: [
    DatabaseMetricsService,
    EndpointMetricsService,
    MetricsPageService,
    ProcessMetricsService,
    RequestMetricsService,
    RequestTracesService,
  ],
})
export class MetricsModule {}
