import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FoldingRepository } from './rollups/folding.repository.js';
import { FoldingService } from './rollups/folding.service.js';
import { KeyCountersService } from './key-counters.service.js';
import {
  UsageDaily,
  UsageHourly,
  UsageHourlyModels,
  UsageHourlyModelsShare,
  UsageHourlyTotals,
  UsageHourlyTotalsShare,
  UsageMonthly,
  UsageThirds,
} from './rollups/rollup.entity.js';
import { RequestLog } from './log/request-log.entity.js';
import { RequestLogRepository } from './log/request-log.repository.js';
import { RequestRecordWriter } from './log/request-record-writer.js';
import { RequestLogService } from './log/request-log.service.js';
import { DayPackingRepository } from './rollups/day-packing.repository.js';
import { PackedDaysRepository } from './rollups/packed-days.repository.js';
import { PackedOwnersRepository } from './rollups/packed-owners.repository.js';
import { PackedRowsRepository } from './rollups/packed-rows.repository.js';
import { HoursRepository } from './rollups/hours.repository.js';
import { RollupReader } from './rollups/rollup-reader.service.js';
import { RollupRepository } from './rollups/rollup.repository.js';
import { UsageDatabase } from './usage-database.service.js';
import { LatenciesRepository } from './latencies/latencies.repository.js';
import { LatenciesService } from './latencies/latencies.service.js';
import { UsageLatencies } from './latencies/usage-latencies.entity.js';
import { OldRequestsService } from './log/old-requests.service.js';
import { OwnerUsageService } from './reports/owner-usage.service.js';
import { RequestSearchService } from './log/request-search.service.js';
import { UsageController } from './reports/usage.controller.js';
import { UsageChartService } from './reports/usage-chart.service.js';
import { UsageExportService } from './reports/usage-export.service.js';
import {
  UsagePackedDay,
  UsagePackedMonth,
  UsagePackedOwner,
} from './rollups/usage-packed-day.entity.js';
import { UsageFolding } from './rollups/usage-folding.entity.js';
import { TrendsRepository } from './rollups/trends.repository.js';
import { MonthProjectionService } from './reports/month-projection.service.js';
import { UsageTrendsController } from './reports/usage-trends.controller.js';
import { UsageTrendsService } from './reports/usage-trends.service.js';
import { UsageReportService } from './reports/usage-report.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      RequestLog,
      UsageDaily,
      UsageFolding,
      UsageHourly,
      UsageHourlyModels,
      UsageHourlyModelsShare,
      UsageHourlyTotals,
      UsageHourlyTotalsShare,
      UsageLatencies,
      UsageMonthly,
      UsagePackedOwner,
      UsagePackedDay,
      UsagePackedMonth,
      UsageThirds,
    ]),
  ],
  controllers: [UsageController, UsageTrendsController],
  providers: [
    FoldingRepository,
    FoldingService,
    KeyCountersService,
    LatenciesRepository,
    LatenciesService,
    MonthProjectionService,
    OldRequestsService,
    OwnerUsageService,
    DayPackingRepository,
    PackedDaysRepository,
    PackedOwnersRepository,
    PackedRowsRepository,
    RequestLogRepository,
    RequestLogService,
    RequestRecordWriter,
    RequestSearchService,
    HoursRepository,
    RollupReader,
    RollupRepository,
    TrendsRepository,
    UsageChartService,
    UsageDatabase,
    UsageExportService,
    UsageReportService,
    UsageTrendsService,
  ],
  exports: [
    KeyCountersService,
    LatenciesService,
    MonthProjectionService,
    OwnerUsageService,
    RequestLogService,
    RequestRecordWriter,
    RequestSearchService,
    UsageChartService,
    UsageExportService,
    UsageReportService,
    UsageTrendsService,
  ],
})
export class UsageModule {}
