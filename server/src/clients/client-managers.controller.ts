import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Audit, type AuditContext } from '../infrastructure/audit/audit-context.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../infrastructure/http/route-access.js';
import { ClientManagersService } from './client-managers.service.js';
import { ClientPeopleService } from './client-people.service.js';
import { type AdmittedClient, ClientPermissionsService } from './client-permissions.service.js';
import { ClientViewsService } from './client-views.service.js';
import { ClientDetailDto, ClientPersonEmailDto } from './clients.dto.js';
import { ClientsService } from './clients.service.js';

@ApiTags('Clients')
@Controller('api/clients/:id')
@Accepts('session')
export class ClientManagersController {
  constructor(
    private readonly permissions: ClientPermissionsService,
    private readonly managers: ClientManagersService,
    private readonly people: ClientPeopleService,
    private readonly clients: ClientsService,
    private readonly views: ClientViewsService,
  ) {}

  @Post('managers')
  @HttpCode(200)
  @ApiOkResponse({ type: ClientDetailDto })
  async add(
    @CurrentPrincipal() principal: Principal,
    @Audit() audit: AuditContext,
    @Param('id') clientId: string,
    @Body() { email }: ClientPersonEmailDto,
  ): Promise<ClientDetailDto> {
    const errand = { clientId, action: 'client.add_manager', needs: 'owner' } as const;
    const admitted = await this.permissions.admit(errand, principal, audit);
    await this.managers.add(audit, clientId, await this.people.known(email));
    return this.afterwards(admitted);
  }

  /** Managers may leave by themselves; anybody else is removed by the owner. */
  @Delete('managers/:userId')
  @HttpCode(204)
  @ApiNoContentResponse()
  async remove(
    @CurrentPrincipal() principal: Principal,
    @Audit() audit: AuditContext,
    @Param('id') clientId: string,
    @Param('userId') userId: string,
  ): Promise<void> {
    const needs = userId === principal.ownerId ? 'manager' : 'owner';
    const errand = { clientId, action: 'client.remove_manager', needs } as const;
    await this.permissions.admit(errand, principal, audit);
    await this.managers.remove(audit, clientId, await this.people.one(userId));
  }

  /** Makes somebody else the owner; the owner before stays a manager. */
  @Post('transfer')
  @HttpCode(200)
  @ApiOkResponse({ type: ClientDetailDto })
  async transfer(
    @CurrentPrincipal() principal: Principal,
    @Audit() audit: AuditContext,
    @Param('id') clientId: string,
    @Body() { email }: ClientPersonEmailDto,
  ): Promise<ClientDetailDto> {
    const errand = { clientId, action: 'client.transfer', needs: 'owner' } as const;
    const admitted = await this.permissions.admit(errand, principal, audit);
    const person = await this.people.known(email);
    await this.managers.transfer(audit, clientId, person);
    const hasLost = admitted.role === 'owner' && person.id !== principal.ownerId;
    return this.afterwards(hasLost ? { ...admitted, role: 'manager' } : admitted);
  }

  private async afterwards({ client, role }: AdmittedClient): Promise<ClientDetailDto> {
    return this.views.detail({ client: (await this.clients.find(client.id)) ?? client, role });
  }
}
