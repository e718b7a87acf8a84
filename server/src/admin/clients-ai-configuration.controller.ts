import { Body, Controller, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ClientDetailDto, ClientModelDto, ClientPermissionsService } from '../clients/index.js';
import { Audit, type AuditContext } from '../infrastructure/audit/audit-context.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../infrastructure/http/route-access.js';
import { ClientAdministrationService } from './client-administration.service.js';

@ApiTags('Clients')
@Controller('api/clients/:id/ai-configuration')
@Accepts('session')
export class ClientAiConfigurationController {
  constructor(
    private readonly permissions: ClientPermissionsService,
    private readonly clients: ClientAdministrationService,
  ) {}

  /** Managers choose the model that answers requests which name none. */
  @Put()
  @ApiOkResponse({ type: ClientDetailDto })
  async choose(
    @CurrentPrincipal() principal: Principal,
    @Audit() audit: AuditContext,
    @Param('id') clientId: string,
    @Body() body: ClientModelDto,
  ): Promise<ClientDetailDto> {
    const errand = { clientId, action: 'client.update', needs: 'manager' } as const;
    const { role } = await this.permissions.admit(errand, principal, audit);
    return { ...(await this.clients.update(audit, clientId, body)), role };
  }
}
