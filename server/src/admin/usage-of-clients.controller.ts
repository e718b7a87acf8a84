import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ClientPermissionsService } from '../clients/index.js';
import { Audit, type AuditContext } from '../infrastructure/audit/audit-context.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../infrastructure/http/route-access.js';
import {
  ListRequestsDto,
  OwnerUsageService,
  OwnUsageDto,
  OwnUsageQueryDto,
  RequestPageDto,
} from '../usage/index.js';

/** What a client used, for its managers. It stands here because clients and usage do not know of each other. */
@ApiTags('Clients')
@Controller('api/clients/:clientId/usage')
@Accepts('session')
export class ClientUsageController {
  constructor(
    private readonly permissions: ClientPermissionsService,
    private readonly usage: OwnerUsageService,
  ) {}

  @Get()
  @ApiOkResponse({ type: OwnUsageDto })
  async ofClient(
    @CurrentPrincipal() principal: Principal,
    @Audit() audit: AuditContext,
    @Param('clientId') clientId: string,
    @Query() query: OwnUsageQueryDto,
  ): Promise<OwnUsageDto> {
    const errand = { clientId, action: 'client.usage', needs: 'manager' } as const;
    const { client } = await this.permissions.admit(errand, principal, audit);
    return this.usage.usage({ kind: 'client', id: client.id }, query);
  }

  @Get('requests')
  @ApiOkResponse({ type: RequestPageDto })
  async requests(
    @CurrentPrincipal() principal: Principal,
    @Audit() audit: AuditContext,
    @Param('clientId') clientId: string,
    @Query() query: ListRequestsDto,
  ): Promise<RequestPageDto> {
    const errand = { clientId, action: 'client.usage', needs: 'manager' } as const;
    const { client } = await this.permissions.admit(errand, principal, audit);
    return this.usage.requests({ kind: 'client', id: client.id }, query);
  }
}
