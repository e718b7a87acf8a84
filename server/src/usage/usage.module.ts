import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
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
import { UsageReportService } from './usage-report.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      RequestLog,
      UsageDaily,
      UsageHourly,
      UsageHourlyModels,
      UsageHourlyTotals,
      UsageMonthly,
      UsageThirds,
    ]),
  ],
  controllers: [UsageController],
  providers: [
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
