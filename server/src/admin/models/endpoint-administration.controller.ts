import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Audit, type AuditContext } from '../../infrastructure/audit/audit-context.js';
import { Accepts, Roles } from '../../infrastructure/http/route-access.js';
import { ProviderTestResultDto } from '../../providers/index.js';
import { EndpointAdministrationService } from './endpoint-administration.service.js';
import {
  CheckedEndpointPageDto,
  ListEndpointsDto,
  TestEndpointDto,
} from './endpoint-health.dto.js';

@ApiTags('Administration: models')
@ApiBearerAuth()
@Controller('api/admin/endpoints')
@Accepts('session', 'api_key')
@Roles('engineer', 'superadmin')
export class EndpointAdministrationController {
  constructor(private readonly endpoints: EndpointAdministrationService) {}

  /** Every endpoint of every model that is not disabled, and how its health checks ended. */
  @Get()
  @ApiOkResponse({ type: CheckedEndpointPageDto })
  list(@Query() query: ListEndpointsDto): Promise<CheckedEndpointPageDto> {
    return this.endpoints.list(query);
  }

  /** Sends one tiny request to the endpoint, with its own key, and checks its health. */
  @Post(':id/test')
  @HttpCode(200)
  @ApiOkResponse({ type: ProviderTestResultDto })
  test(
    @Audit() audit: AuditContext,
    @Param('id') id: string,
    @Body() { stream }: TestEndpointDto,
  ): Promise<ProviderTestResultDto> {
    return this.endpoints.test(audit, id, stream ?? false);
  }
}
