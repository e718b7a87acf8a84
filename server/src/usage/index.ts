export { type KeyCounters, KeyCountersService } from './key-counters.service.js';
export { RequestLogService } from './request-log.service.js';
export {
  type RequestOutcome,
  type RequestRecord,
  type RequestSource,
  type TokenUsage,
} from './request-record.js';
export { UsageModule } from './usage.module.js';
