import { Readable } from 'node:stream';
import { Controller, Get, Header, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Principal } from '../../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../../infrastructure/http/route-access.js';
import { OwnerUsageService, type UsageOwner } from './owner-usage.service.js';
import { UsageChartDto, UsageChartQueryDto } from './usage-chart.dto.js';
import { OwnUsageDto, OwnUsageQueryDto, RequestPageDto } from './usage.dto.js';
import { ExportUsageDto, ListRequestsDto } from './usage-query.dto.js';

/** What the caller used: a person by session or key, a client by its key. */
@ApiTags('Usage')
@Controller('api/usage')
@Accepts('session', 'api_key')
export class UsageController {
  constructor(private readonly usage: OwnerUsageService) {}

  @Get()
  @ApiOkResponse({ type: OwnUsageDto })
  own(
    @CurrentPrincipal() principal: Principal,
    @Query() query: OwnUsageQueryDto,
  ): Promise<OwnUsageDto> {
    return this.usage.usage(ownerOf(principal), query);
  }

  /** What you used over time by model, and how much more that is than before. */
  @Get('chart')
  @ApiOkResponse({ type: UsageChartDto })
  chart(
    @CurrentPrincipal() principal: Principal,
    @Query() query: UsageChartQueryDto,
  ): Promise<UsageChartDto> {
    return this.usage.chart(ownerOf(principal), query);
  }

  /** Your requests, the latest first: no texts, which are not kept. */
  @Get('requests')
  @ApiOkResponse({ type: RequestPageDto })
  requests(
    @CurrentPrincipal() principal: Principal,
    @Query() query: ListRequestsDto,
  ): Promise<RequestPageDto> {
    return this.usage.requests(ownerOf(principal), query);
  }

  @Get('export')
  @ApiProduces('text/csv')
  @ApiOkResponse({ description: 'One line a day, key, model and source; or one a request.' })
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="usage.csv"')
  async export(
    @CurrentPrincipal() principal: Principal,
    @Query() query: ExportUsageDto,
  ): Promise<StreamableFile> {
    return new StreamableFile(Readable.from(await this.usage.csv(ownerOf(principal), query)));
  }
}

const ownerOf = ({ ownerKind, ownerId }: Principal): UsageOwner => ({
  kind: ownerKind,
  id: ownerId,
});
