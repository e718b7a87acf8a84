import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FoldingRepository } from './folding.repository.js';
import { FoldingService } from './folding.service.js';
import { KeyCountersService } from './key-counters.service.js';
import {
  UsageDaily,
  UsageHourly,
  UsageHourlyModels,
  UsageHourlyTotals,
  UsageMonthly,
  UsageThirds,
} from './rollup.entity.js';
import { RequestLog } from './request-log.entity.js';
import { RequestLogRepository } from './request-log.repository.js';
import { RequestRecordWriter } from './request-record-writer.js';
import { RequestLogService } from './request-log.service.js';
import { RollupRepository } from './rollup.repository.js';
import { UsageDatabase } from './usage-database.service.js';
import { OldRequestsService } from './old-requests.service.js';
import { OwnerUsageService } from './owner-usage.service.js';
import { RequestSearchService } from './request-search.service.js';
import { UsageController } from './usage.controller.js';
import { UsageExportService } from './usage-export.service.js';
import { UsageFolding } from './usage-folding.entity.js';
import { UsageReportService } from './usage-report.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      RequestLog,
      UsageDaily,
      UsageFolding,
      UsageHourly,
      UsageHourlyModels,
      UsageHourlyTotals,
      UsageMonthly,
      UsageThirds,
    ]),
  ],
  controllers: [UsageController],
  providers: [
    FoldingRepository,
    FoldingService,
    KeyCountersService,
    OldRequestsService,
    OwnerUsageService,
    RequestLogRepository,
    RequestLogService,
    RequestRecordWriter,
    RequestSearchService,
    RollupRepository,
    UsageDatabase,
    UsageExportService,
    UsageReportService,
  ],
  exports: [
    KeyCountersService,
    OwnerUsageService,
    RequestLogService,
    RequestRecordWriter,
    RequestSearchService,
    UsageExportService,
    UsageReportService,
  ],
})
export class UsageModule {}
