import { Injectable } from '@nestjs/common';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { type OwnerKind } from '../../infrastructure/http/principal.js';
import { RequestSearchService } from '../log/request-search.service.js';
import { type UsageFilter } from '../rollups/rollup-parts.js';
import { DAY_MS } from '../rollups/rollup-tables.js';
import { type UsagePeriod, readPeriod } from './usage-period.js';
import {
  KeyedUsageDto,
  LoggedRequestDto,
  type OwnDimension,
  type OwnUsageDto,
  type OwnUsageQueryDto,
  ReportedPeriodDto,
  type RequestPageDto,
  UsageSumsDto,
} from './usage.dto.js';
import { type UsageChartDto, type UsageChartQueryDto } from './usage-chart.dto.js';
import { UsageChartService } from './usage-chart.service.js';
import { UsageExportService } from './usage-export.service.js';
import {
  type ExportUsageDto,
  endOf,
  type ListRequestsDto,
  type UsagePeriodDto,
} from './usage-query.dto.js';
import { type KeyedUsage, UsageReportService } from './usage-report.service.js';
import { addUsage, noUsage } from '../rollups/usage-sums.js';

/** Whose usage. */
export interface UsageOwner {
  kind: OwnerKind;
  id: string;
}

const LONGEST_BY_HOUR_MS = 62 * DAY_MS;

/** What one person or client used: its own sums and requests and never another's. */
@Injectable()
export class OwnerUsageService {
  constructor(
    private readonly report: UsageReportService,
    private readonly log: RequestSearchService,
    private readonly exports: UsageExportService,
    private readonly charts: UsageChartService,
    private readonly clock: ClockService,
  ) {}

  async usage(owner: UsageOwner, query: OwnUsageQueryDto): Promise<OwnUsageDto> {
    const period = readPeriod(query, this.clock.nowMs());
    requireFewHours(period, query.by);
    const items = await this.itemsBy(query.by, period, filterOf(owner, query));
    const totals = noUsage();
    for (const { sums } of items) addUsage(totals, sums);
    return {
      period: ReportedPeriodDto.of(period),
      totals: UsageSumsDto.from(totals),
      by: query.by,
      items: items.map(KeyedUsageDto.of),
    };
  }

  /** What their chart shows over time. */
  chart(owner: UsageOwner, query: UsageChartQueryDto): Promise<UsageChartDto> {
    const period = readPeriod(query, this.clock.nowMs());
    return this.charts.chart(period, query.metric, filterOf(owner, query));
  }

  async requests(owner: UsageOwner, query: ListRequestsDto): Promise<RequestPageDto> {
    const period = readPeriod(query, this.clock.nowMs());
    const { outcome, status } = query;
    const filter = { ...filterOf(owner, query), outcome, status };
    const { items, next } = await this.log.page(period, filter, query);
    return { items: items.map(LoggedRequestDto.from), next };
  }

  /** The lines of a CSV file, as fast as they are read; the first are when this resolves. */
  async csv(owner: UsageOwner, query: ExportUsageDto): Promise<AsyncGenerator<string>> {
    const period = readPeriod(query, this.clock.nowMs());
    return this.exports.csv(query.detail, period, { ...filterOf(owner, query), ...endOf(query) });
  }

  private itemsBy(
    by: OwnDimension,
    period: UsagePeriod,
    filter: UsageFilter,
  ): Promise<KeyedUsage[]> {
    if (by === 'model' || by === 'source') return this.report.by(by, period, filter);
    if (by === 'key') return this.report.by('api_key', period, filter);
    return this.report.series(period, by, filter);
  }
}

/** @throws AppError invalid_request where a chart by hour would have too many */
export function requireFewHours({ from, to }: UsagePeriod, bucket: string): void {
  if (bucket !== 'hour' || to - from <= LONGEST_BY_HOUR_MS) return;
  const message = 'from is at most 62 days before to when hours are asked for.';
  throw new AppError('invalid_request', message, {
    param: 'from',
    details: { fields: { from: [message] } },
  });
}

function filterOf(owner: UsageOwner, { model, source, key }: UsagePeriodDto): UsageFilter {
  return { ownerKind: owner.kind, ownerIds: [owner.id], apiKeyId: key, model, source };
}
