import { Readable } from 'node:stream';
import { Controller, Get, Header, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Accepts, Roles } from '../infrastructure/http/route-access.js';
import { CallerSignal } from './caller-signal.js';
import {
  AdminRequestPageDto,
  AdminRequestsQueryDto,
  AdminUsageChartDto,
  AdminUsageChartQueryDto,
  AdminUsageDto,
  AdminUsageExportQueryDto,
  AdminUsageQueryDto,
  UsagePeopleDto,
  UsagePeopleQueryDto,
} from './usage.dto.js';
import { UsageChartsService } from './usage-charts.service.js';
import { UsageOverviewService } from './usage-overview.service.js';
import { UsageRequestsService } from './usage-requests.service.js';

@ApiTags('Administration: usage')
@Controller('api/admin/usage')
@Accepts('session')
@Roles('admin', 'auditor')
export class AdminUsageController {
  constructor(
    private readonly overview: UsageOverviewService,
    private readonly charts: UsageChartsService,
    private readonly log: UsageRequestsService,
  ) {}

  /** Totals, what they were before, a chart, and who or what they come from. */
  @Get()
  @ApiOkResponse({ type: AdminUsageDto })
  usage(
    @Query() query: AdminUsageQueryDto,
    @CallerSignal() signal: AbortSignal,
  ): Promise<AdminUsageDto> {
    return this.overview.usage(query, signal);
  }

  /** What everybody used over time by model. */
  @Get('chart')
  @ApiOkResponse({ type: AdminUsageChartDto })
  chart(
    @Query() query: AdminUsageChartQueryDto,
    @CallerSignal() signal: AbortSignal,
  ): Promise<AdminUsageChartDto> {
    return this.charts.chart(query, signal);
  }

  /** How many people asked anything at all. */
  @Get('people')
  @ApiOkResponse({ type: UsagePeopleDto })
  people(
    @Query() query: UsagePeopleQueryDto,
    @CallerSignal() signal: AbortSignal,
  ): Promise<UsagePeopleDto> {
    return this.charts.people(query, signal);
  }

  /** Single requests, the latest first: no texts, which are not kept. */
  @Get('requests')
  @ApiOkResponse({ type: AdminRequestPageDto })
  requests(
    @Query() query: AdminRequestsQueryDto,
    @CallerSignal() signal: AbortSignal,
  ): Promise<AdminRequestPageDto> {
    return this.log.page(query, signal);
  }

  @Get('export')
  @ApiProduces('text/csv')
  @ApiOkResponse({ description: 'One line a day, owner, key, model and source; or one a request.' })
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="usage.csv"')
  async export(@Query() query: AdminUsageExportQueryDto): Promise<StreamableFile> {
    return new StreamableFile(Readable.from(await this.log.csv(query)));
  }
}
