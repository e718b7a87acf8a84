import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Accepts, Roles } from '../infrastructure/http/route-access.js';
import { OverviewDto, OverviewQueryDto } from './overview.dto.js';
import { OverviewService } from './overview.service.js';

@ApiTags('Administration: overview')
@Controller('api/admin/overview')
@Accepts('session')
@Roles('admin', 'auditor')
export class OverviewController {
  constructor(private readonly today: OverviewService) {}

  /** Today beside yesterday, people, models that do not work and those that fail. */
  @Get()
  @ApiOkResponse({ type: OverviewDto })
  overview(@Query() query: OverviewQueryDto): Promise<OverviewDto> {
    return this.today.overview(query);
  }
}
