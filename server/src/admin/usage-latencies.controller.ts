import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { Accepts, Roles } from '../infrastructure/http/route-access.js';
import { LatenciesService, readPeriod, UsageLatenciesDto } from '../usage/index.js';
import { UsageFilterQueryDto } from './usage.dto.js';

/** How long models take to answer everybody. */
@ApiTags('Administration: usage')
@Controller('api/admin/usage/latencies')
@Accepts('session')
@Roles('admin', 'auditor')
export class UsageLatenciesController {
  constructor(
    private readonly latencies: LatenciesService,
    private readonly clock: ClockService,
  ) {}

  @Get()
  @ApiOkResponse({ type: UsageLatenciesDto })
  async quantiles(@Query() query: UsageFilterQueryDto): Promise<UsageLatenciesDto> {
    const period = readPeriod(query, this.clock.nowMs());
    const { user, client, group, key, endpoint, model, source } = query;
    if (user || client || group || key || endpoint) return UsageLatenciesDto.none();
    return UsageLatenciesDto.of(await this.latencies.of(period, { model, source }));
  }
}
