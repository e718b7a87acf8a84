export { type KeyCounters, KeyCountersService } from './key-counters.service.js';
export { recordFromJson, recordToJson } from './log/record-json.js';
export { RequestLogService } from './log/request-log.service.js';
export {
  type FailedAttempt,
  type RequestOutcome,
  type RequestRecord,
  type RequestSource,
  type TokenUsage,
  type UsageAccuracy,
} from './log/request-record.js';
export { RequestRecordWriter } from './log/request-record-writer.js';
export { UsageModule } from './usage.module.js';
export {
  OwnerUsageService,
  requireFewHours,
  type UsageOwner,
} from './reports/owner-usage.service.js';
export { type LoggedRequest } from './log/logged-request.js';
export { type RequestFilter, RequestSearchService } from './log/request-search.service.js';
export { type UsageDimension, type UsageFilter } from './rollups/rollup-parts.js';
export { type TrendDimension } from './rollups/trends.repository.js';
export { TIME_BUCKETS, type TimeBucket } from './reports/usage-buckets.js';
export { changeOf, UsageChangeDto } from './reports/usage-change.js';
export { UsageChartDto, UsageChartQueryDto } from './reports/usage-chart.dto.js';
export { UsageChartService } from './reports/usage-chart.service.js';
export {
  type OwnedLine,
  type OwnerCells,
  type ExportRows,
  UsageExportService,
} from './reports/usage-export.service.js';
export { PERIODS, periodBefore, readPeriod, type UsagePeriod } from './reports/usage-period.js';
export {
  endOf,
  EXPORT_DETAILS,
  ExportUsageDto,
  ListRequestsDto,
  UsagePeriodDto,
} from './reports/usage-query.dto.js';
export {
  KeyedUsageDto,
  LoggedRequestDto,
  OwnUsageDto,
  OwnUsageQueryDto,
  ReportedPeriodDto,
  RequestPageDto,
  UsageSumsDto,
} from './reports/usage.dto.js';
export {
  type KeyedUsage,
  USAGE_METRICS,
  type UsageMetric,
  UsageReportService,
} from './reports/usage-report.service.js';
export { LatenciesService } from './latencies/latencies.service.js';
export { UsageLatenciesDto } from './latencies/usage-latencies.dto.js';
export { MonthProjectionService } from './reports/month-projection.service.js';
export { PeriodBuckets } from './reports/period-buckets.js';
export { TrendKeysDto, UsageTrendDto } from './reports/usage-trends.dto.js';
export { UsageTrendsService } from './reports/usage-trends.service.js';
export { addUsage, noUsage, type UsageSums } from './rollups/usage-sums.js';
