import { Injectable } from '@nestjs/common';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { pageOfList } from '../infrastructure/database/page.js';
import {
  addUsage,
  changeOf,
  type KeyedUsage,
  KeyedUsageDto,
  noUsage,
  periodBefore,
  readPeriod,
  ReportedPeriodDto,
  requireFewHours,
  type UsageFilter,
  type UsageMetric,
  type UsagePeriod,
  UsageReportService,
  type UsageSums,
  UsageSumsDto,
} from '../usage/index.js';
import { type AdminUsageDto, type AdminUsageQueryDto, type NamedUsageDto } from './usage.dto.js';
import { UsageFiltersService } from './usage-filters.service.js';
import { UsageNamesService } from './usage-names.service.js';
import { UsageOfGroupsService } from './usage-of-groups.service.js';

/** One page of a list, without names. */
interface RankedPage {
  items: (KeyedUsage & { ownerId?: string })[];
  total: number;
}

/** Everybody's usage, for administrators. */
@Injectable()
export class UsageOverviewService {
  constructor(
    private readonly report: UsageReportService,
    private readonly filters: UsageFiltersService,
    private readonly groups: UsageOfGroupsService,
    private readonly names: UsageNamesService,
    private readonly clock: ClockService,
  ) {}

  async usage(query: AdminUsageQueryDto, signal: AbortSignal): Promise<AdminUsageDto> {
    const period = readPeriod(query, this.clock.nowMs());
    const filter = await this.filters.of(query, signal);
    const [over, { items, total }] = await Promise.all([
      this.overTime(query, period, filter),
      this.page(query, period, filter, signal),
    ]);
    signal.throwIfAborted();
    return {
      period: ReportedPeriodDto.of(period),
      ...over,
      by: query.by,
      items: await this.named(query, items),
      total,
      page: query.page,
      pageSize: query.pageSize,
    };
  }

  /** What a table needs is quicker to have than a chart: from days and months, not from hours. */
  private async overTime(
    { series: bucket }: AdminUsageQueryDto,
    period: UsagePeriod,
    filter: UsageFilter,
  ): Promise<Pick<AdminUsageDto, 'totals' | 'previous' | 'change' | 'series'>> {
    if (bucket === 'none') {
      const totals = UsageSumsDto.from(await this.report.totalOf(period, filter));
      return { totals, previous: null, change: null, series: [] };
    }
    requireFewHours(period, bucket);
    const series = await this.report.series(period, bucket, filter);
    const totals = noUsage();
    for (const { sums } of series) addUsage(totals, sums);
    const previous = await this.report.totalOf(periodBefore(period), filter);
    return {
      totals: UsageSumsDto.from(totals),
      previous: UsageSumsDto.from(previous),
      change: changeOf(totals, previous),
      series: series.map(KeyedUsageDto.of),
    };
  }

  private async page(
    query: AdminUsageQueryDto,
    period: UsagePeriod,
    filter: UsageFilter,
    signal: AbortSignal,
  ): Promise<RankedPage> {
    const { by, sort: metric } = query;
    switch (by) {
      case 'user':
      case 'client':
        if (filter.ownerKind && filter.ownerKind !== by) return { items: [], total: 0 };
        return this.report.ranked({ ...query, dimension: 'owner', metric }, period, {
          ...filter,
          ownerKind: by,
        });
      case 'key':
        return this.report.ranked({ ...query, dimension: 'api_key', metric }, period, filter);
      case 'group':
        if (filter.ownerKind === 'client') return { items: [], total: 0 };
        return sortedPage(await this.groups.byGroup(period, filter, signal), query);
      default:
        return sortedPage(await this.report.by(by, period, filter), query);
    }
  }

  private async named(
    { by }: AdminUsageQueryDto,
    items: RankedPage['items'],
  ): Promise<NamedUsageDto[]> {
    const names = await this.namesOf(by, items);
    return items.map((item) => ({
      ...KeyedUsageDto.of(item),
      name: names ? (names.get(item.key) ?? null) : item.key || null,
    }));
  }

  private async namesOf(by: AdminUsageQueryDto['by'], items: RankedPage['items']) {
    const ids = items.map(({ key }) => key);
    if (by === 'user') return this.names.ofUsers(ids);
    if (by === 'client') return this.names.ofClients(ids);
    if (by !== 'key') return null;
    return this.names.ofKeysOf(items.flatMap(({ key, ownerId }) => (key && ownerId) || []));
  }
}

function sortedPage(
  all: readonly KeyedUsage[],
  { sort, order, page, pageSize }: AdminUsageQueryDto,
): RankedPage {
  const direction = order === 'desc' ? -1 : 1;
  const sorted = [...all].sort(
    (one, other) =>
      direction * compare(amountOf(one.sums, sort), amountOf(other.sums, sort)) ||
      compare(one.key, other.key),
  );
  return pageOfList(sorted, { page, pageSize });
}

const amountOf = (sums: UsageSums, metric: UsageMetric): number | bigint =>
  metric === 'tokens' ? sums.promptTokens + sums.completionTokens : sums[metric];

function compare<T extends number | bigint | string>(one: T, other: T): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
