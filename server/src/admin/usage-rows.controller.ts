import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { Accepts, Roles } from '../infrastructure/http/route-access.js';
import { readPeriod, UsageTrendsService } from '../usage/index.js';
import { CallerSignal } from './caller-signal.js';
import { CoinsLeftService } from './coins-left.service.js';
import { UsageFiltersService } from './usage-filters.service.js';
import { UsageRowsDto, UsageRowsQueryDto } from './usage-rows.dto.js';

/** What the rows of a table of usage show beside their sums: asked for after them, for a page. */
@ApiTags('Administration: usage')
@Controller('api/admin/usage/rows')
@Accepts('session')
@Roles('admin', 'auditor')
export class UsageRowsController {
  constructor(
    private readonly trends: UsageTrendsService,
    private readonly filters: UsageFiltersService,
    private readonly coins: CoinsLeftService,
    private readonly clock: ClockService,
  ) {}

  @Get()
  @ApiOkResponse({ type: UsageRowsDto })
  async rows(
    @Query() query: UsageRowsQueryDto,
    @CallerSignal() signal: AbortSignal,
  ): Promise<UsageRowsDto> {
    const { by, of, metric } = query;
    const period = readPeriod(query, this.clock.nowMs());
    const asked = await this.filters.of(query, signal);
    const filter = by === 'model' ? asked : { ...asked, ownerKind: by };
    const dimension = by === 'model' ? by : 'owner';
    const trends = await this.trends.of({ dimension, keys: of, metric }, period, filter);
    signal.throwIfAborted();
    const coins = by === 'model' ? null : await this.coins.of(by, of);
    return {
      items: of.map((key) => ({
        key,
        trend: trends?.get(key) ?? null,
        coins: coins?.get(key) ?? null,
      })),
    };
  }
}
