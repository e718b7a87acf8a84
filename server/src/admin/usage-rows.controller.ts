import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { Accepts, Roles } from '../infrastructure/http/route-access.js';
import {
  readPeriod,
  type TrendDimension,
  type UsageFilter,
  UsageTrendsService,
} from '../usage/index.js';
import { CallerSignal } from './caller-signal.js';
import { ApiKeysService } from '../auth/index.js';
import { CoinsLeftService } from './coins-left.service.js';
import { UsageFiltersService } from './usage-filters.service.js';
import { type RowDimension, UsageRowsDto, UsageRowsQueryDto } from './usage-rows.dto.js';

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
    private readonly keys: ApiKeysService,
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
    const { dimension, keys, filter } = await this.followed(by, of, asked);
    const trends = await this.trends.of({ dimension, keys, metric }, period, filter);
    signal.throwIfAborted();
    const coins = by === 'user' || by === 'client' ? await this.coins.of(by, of) : null;
    return {
      items: of.map((key) => ({
        key,
        trend: trends?.get(key) ?? null,
        coins: coins?.get(key) ?? null,
      })),
    };
  }

  /** Sums begin with their owners: keys are looked up with those who have them. */
  private async followed(
    by: RowDimension,
    keys: string[],
    asked: UsageFilter,
  ): Promise<{ dimension: TrendDimension; keys: readonly string[]; filter: UsageFilter }> {
    if (by === 'model' || by === 'endpoint') return { dimension: by, keys, filter: asked };
    if (by !== 'key') return { dimension: 'owner', keys, filter: { ...asked, ownerKind: by } };
    const owners = await this.keys.ownersOf(keys);
    const ownerIds = [...new Set(owners.values())];
    return { dimension: by, keys: [...owners.keys()], filter: { ...asked, ownerIds } };
  }
}
