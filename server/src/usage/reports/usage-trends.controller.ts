import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { type Principal } from '../../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../../infrastructure/http/route-access.js';
import { readPeriod } from './usage-period.js';
import { OwnTrendsQueryDto, UsageTrendsDto } from './usage-trends.dto.js';
import { UsageTrendsService } from './usage-trends.service.js';

/** How the rows of the caller's own table went over time. */
@ApiTags('Usage')
@Controller('api/usage/trends')
@Accepts('session', 'api_key')
export class UsageTrendsController {
  constructor(
    private readonly trends: UsageTrendsService,
    private readonly clock: ClockService,
  ) {}

  @Get()
  @ApiOkResponse({ type: UsageTrendsDto })
  async own(
    @CurrentPrincipal() { ownerKind, ownerId }: Principal,
    @Query() query: OwnTrendsQueryDto,
  ): Promise<UsageTrendsDto> {
    const { by, of, metric, model, source, key } = query;
    const period = readPeriod(query, this.clock.nowMs());
    const filter = { ownerKind, ownerIds: [ownerId], apiKeyId: key, model, source };
    const trends = await this.trends.of({ dimension: by, keys: of, metric }, period, filter);
    return { items: of.map((each) => ({ key: each, trend: trends?.get(each) ?? null })) };
  }
}
