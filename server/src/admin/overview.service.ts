import { Injectable } from '@nestjs/common';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { CatalogueService, endpointStanding, modelStatus, RouterService } from '../models/index.js';
import { readPeriod, UsageReportService, UsageSumsDto } from '../usage/index.js';
import {
  type FailingModelDto,
  type OverviewDto,
  type OverviewQueryDto,
  type TroubledModelDto,
} from './overview.dto.js';

const FAILING_SHOWN = 5;
const HOUR_MS = 3_600_000;
const PEOPLE = { ownerKind: 'user' } as const;

/** Today in a few figures, and what needs somebody's attention. */
@Injectable()
export class OverviewService {
  constructor(
    private readonly report: UsageReportService,
    private readonly catalogue: CatalogueService,
    private readonly router: RouterService,
    private readonly clock: ClockService,
  ) {}

  async overview({ tz }: OverviewQueryDto): Promise<OverviewDto> {
    const nowMs = this.clock.nowMs();
    const today = readPeriod({ period: 'today', tz }, nowMs);
    // The same clock times, also on the days on which clocks change.
    const localDay = today.zone.localAt(today.from - HOUR_MS);
    const from = today.zone.startOfDay(
      localDay.getUTCFullYear(),
      localDay.getUTCMonth(),
      localDay.getUTCDate(),
    );
    const start = from - (from % HOUR_MS);
    const yesterday = { from: start, to: Math.min(start + (today.to - today.from), today.from) };
    return {
      today: UsageSumsDto.from(await this.report.total(today, {})),
      yesterday: UsageSumsDto.from(await this.report.total(yesterday, {})),
      peopleToday: await this.report.count('owner', today, PEOPLE),
      peopleYesterday: await this.report.count('owner', yesterday, PEOPLE),
      models: this.catalogue.current.list.length,
      troubled: this.troubled(),
      failing: await this.failing(nowMs),
    };
  }

  /** By what is known without asking the backends now: probes run by themselves. */
  private troubled(): TroubledModelDto[] {
    const found = this.catalogue.current.list.map((entry) => {
      const states = this.router.states(entry);
      const working = states.filter((state) => endpointStanding(state) !== 'down').length;
      return { model: entry.id, status: modelStatus(states), working, endpoints: states.length };
    });
    const rank = { down: 0, degraded: 1, ok: 2 };
    return found
      .filter(({ status }) => status !== 'ok')
      .sort((one, other) => rank[one.status] - rank[other.status]);
  }

  private async failing(nowMs: number): Promise<FailingModelDto[]> {
    const period = readPeriod({ period: '24h' }, nowMs);
    const models = await this.report.by('model', period, {});
    return models
      .map(({ key, sums }) => ({ model: key, requests: sums.requests, errors: sums.errors }))
      .filter(({ errors }) => errors > 0)
      .sort((one, other) => other.errors - one.errors)
      .slice(0, FAILING_SHOWN);
  }
}
