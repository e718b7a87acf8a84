import { Injectable } from '@nestjs/common';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { periodBefore, readPeriod, UsageChartService, UsageReportService } from '../usage/index.js';
import { UserAdministrationService } from '../users/index.js';
import {
  type AdminUsageChartDto,
  type AdminUsageChartQueryDto,
  type UsagePeopleDto,
  type UsagePeopleQueryDto,
  type UsageSubjectDto,
} from './usage.dto.js';
import { type AskedUsage, UsageFiltersService } from './usage-filters.service.js';
import { UsageNamesService } from './usage-names.service.js';

const COUNT_ONLY = { page: 1, pageSize: 1, sort: 'email', order: 'asc' } as const;

/** Everybody's usage over time, for administrators. */
@Injectable()
export class UsageChartsService {
  constructor(
    private readonly charts: UsageChartService,
    private readonly report: UsageReportService,
    private readonly filters: UsageFiltersService,
    private readonly names: UsageNamesService,
    private readonly users: UserAdministrationService,
    private readonly clock: ClockService,
  ) {}

  async chart(query: AdminUsageChartQueryDto, signal: AbortSignal): Promise<AdminUsageChartDto> {
    const period = readPeriod(query, this.clock.nowMs());
    const filter = await this.filters.of(query, signal);
    const subject = await this.subjectOf(query);
    return { ...(await this.charts.chart(period, query.metric, filter)), subject };
  }

  async people(query: UsagePeopleQueryDto, signal: AbortSignal): Promise<UsagePeopleDto> {
    const period = readPeriod(query, this.clock.nowMs());
    const asked = await this.filters.of(query, signal);
    const { total } = await this.users.list(COUNT_ONLY);
    if (asked.ownerKind === 'client') return { active: 0, previous: 0, total };
    const filter = { ...asked, ownerKind: 'user' as const };
    const active = await this.report.count('owner', period, filter);
    signal.throwIfAborted();
    return {
      active,
      previous: await this.report.count('owner', periodBefore(period), filter),
      total,
    };
  }

  private async subjectOf({ user, client, group }: AskedUsage): Promise<UsageSubjectDto | null> {
    if (user) {
      const names = await this.names.ofUsers([user]);
      return { kind: 'user', id: user, name: names.get(user) ?? null };
    }
    if (client) {
      const names = await this.names.ofClients([client]);
      return { kind: 'client', id: client, name: names.get(client) ?? null };
    }
    return group ? { kind: 'group', id: group, name: group } : null;
  }
}
