import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { nanoCoinsText } from '../infrastructure/amounts/nano-coins.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { Accepts, Roles } from '../infrastructure/http/route-access.js';
import { MonthProjectionService, PeriodBuckets, readPeriod } from '../usage/index.js';
import { UserGrowthService } from '../users/index.js';
import { CallerSignal } from './caller-signal.js';
import { UsageFiltersService } from './usage-filters.service.js';
import {
  type MonthProjectionDto,
  type PeopleGrowthDto,
  UsageOutlookDto,
} from './usage-outlook.dto.js';
import { UsageFilterQueryDto } from './usage.dto.js';

/** Where things are going: what the month will cost, and how many people there are. */
@ApiTags('Administration: usage')
@Controller('api/admin/usage/outlook')
@Accepts('session')
@Roles('admin', 'auditor')
export class UsageOutlookController {
  constructor(
    private readonly projection: MonthProjectionService,
    private readonly growth: UserGrowthService,
    private readonly filters: UsageFiltersService,
    private readonly clock: ClockService,
  ) {}

  @Get()
  @ApiOkResponse({ type: UsageOutlookDto })
  async outlook(
    @Query() query: UsageFilterQueryDto,
    @CallerSignal() signal: AbortSignal,
  ): Promise<UsageOutlookDto> {
    const month = await this.month(query, signal);
    signal.throwIfAborted();
    const { user, client, group, model, source, key, endpoint } = query;
    const isOfAll = !(user || client || group || model || source || key || endpoint);
    return { month, people: isOfAll ? await this.people(query) : null };
  }

  private async month(
    query: UsageFilterQueryDto,
    signal: AbortSignal,
  ): Promise<MonthProjectionDto> {
    const filter = await this.filters.of(query, signal);
    const found = await this.projection.of(query.tz, filter, this.clock.nowMs());
    return {
      from: new Date(found.from).toISOString(),
      to: new Date(found.to).toISOString(),
      spent: nanoCoinsText(found.spent),
      projected: nanoCoinsText(found.projected),
      paceDays: found.paceDays,
    };
  }

  private async people(query: UsageFilterQueryDto): Promise<PeopleGrowthDto> {
    const period = readPeriod(query, this.clock.nowMs());
    const { before, cameAt } = await this.growth.between(period.from, period.to);
    const places = new PeriodBuckets(period);
    const joined = places.buckets.map(() => 0);
    for (const at of cameAt) {
      const place = places.placeOf(at);
      if (place !== undefined) joined[place] = joined[place]! + 1;
    }
    return { bucket: places.bucket, buckets: places.buckets, before, joined };
  }
}
