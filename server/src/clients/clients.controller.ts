import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Audit, type AuditContext } from '../infrastructure/audit/audit-context.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../infrastructure/http/route-access.js';
import { ClientPermissionsService } from './client-permissions.service.js';
import { ClientRecordsService } from './client-records.service.js';
import { ClientViewsService } from './client-views.service.js';
import { ClientDetailDto, ClientPageDto, ListClientsDto, UpdateClientDto } from './clients.dto.js';

@ApiTags('Clients')
@Controller('api/clients')
@Accepts('session')
export class ClientsController {
  constructor(
    private readonly permissions: ClientPermissionsService,
    private readonly records: ClientRecordsService,
    private readonly views: ClientViewsService,
  ) {}

  /** The clients that you manage. */
  @Get()
  @ApiOkResponse({ type: ClientPageDto })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: ListClientsDto,
  ): Promise<ClientPageDto> {
    return this.views.page(await this.records.list(query, principal.ownerId));
  }

  @Get(':id')
  @ApiOkResponse({ type: ClientDetailDto })
  async get(
    @CurrentPrincipal() principal: Principal,
    @Audit() audit: AuditContext,
    @Param('id') clientId: string,
  ): Promise<ClientDetailDto> {
    const errand = { clientId, action: 'client.read', needs: 'manager' } as const;
    return this.views.detail(await this.permissions.admit(errand, principal, audit));
  }

  /** Managers describe a client; its owner switches it on and off. */
  @Patch(':id')
  @ApiOkResponse({ type: ClientDetailDto })
  async update(
    @CurrentPrincipal() principal: Principal,
    @Audit() audit: AuditContext,
    @Param('id') clientId: string,
    @Body() body: UpdateClientDto,
  ): Promise<ClientDetailDto> {
    const needs = body.isActive === undefined ? 'manager' : 'owner';
    const errand = { clientId, action: 'client.update', needs } as const;
    const { role } = await this.permissions.admit(errand, principal, audit);
    return this.views.detail({ role, client: await this.records.update(audit, clientId, body) });
  }
}
