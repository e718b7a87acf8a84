export { type KeyCounters, KeyCountersService } from './key-counters.service.js';
export { recordFromJson, recordToJson } from './record-json.js';
export { RequestLogService } from './request-log.service.js';
export {
  type FailedAttempt,
  type RequestOutcome,
  type RequestRecord,
  type RequestSource,
  type TokenUsage,
  type UsageAccuracy,
} from './request-record.js';
export { RequestRecordWriter } from './request-record-writer.js';
export { UsageModule } from './usage.module.js';
export { OwnerUsageService, requireFewHours, type UsageOwner } from './owner-usage.service.js';
export { type LoggedRequest } from './logged-request.js';
export { type RequestFilter, RequestSearchService } from './request-search.service.js';
export { type UsageDimension, type UsageFilter } from './rollup.repository.js';
export { TIME_BUCKETS, type TimeBucket } from './usage-buckets.js';
export { type OwnedLine, type OwnerCells, UsageExportService } from './usage-export.service.js';
export { PERIODS, periodBefore, readPeriod, type UsagePeriod } from './usage-period.js';
export {
  EXPORT_DETAILS,
  ExportUsageDto,
  IdFilter,
  ListRequestsDto,
  TextFilter,
  UsagePeriodDto,
} from './usage-query.dto.js';
export {
  KeyedUsageDto,
  LoggedRequestDto,
  OwnUsageDto,
  OwnUsageQueryDto,
  ReportedPeriodDto,
  RequestPageDto,
  UsageSumsDto,
} from './usage.dto.js';
export {
  type KeyedUsage,
  USAGE_METRICS,
  type UsageMetric,
  UsageReportService,
} from './usage-report.service.js';
export { addUsage, noUsage, type UsageSums } from './usage-sums.js';
