import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ClientPermissionsService } from '../clients/index.js';
import { Audit, type AuditContext } from '../infrastructure/audit/audit-context.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../infrastructure/http/route-access.js';
import { GiveAcknowledgementDto, ModelStandingDto, ModelStandingListDto } from './access.dto.js';
import { AccessService } from './access.service.js';
import { AcknowledgementsService } from './acknowledgements.service.js';

@ApiTags('Clients')
@Controller('api/clients/:id')
@Accepts('session')
export class ClientModelsController {
  constructor(
    private readonly permissions: ClientPermissionsService,
    private readonly access: AccessService,
    private readonly acknowledgements: AcknowledgementsService,
  ) {}

  /** The models that the client may use, or could after an acknowledgement, and why. */
  @Get('models')
  @ApiOkResponse({ type: ModelStandingListDto })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Audit() audit: AuditContext,
    @Param('id') clientId: string,
  ): Promise<ModelStandingListDto> {
    const errand = { clientId, action: 'client.read', needs: 'manager' } as const;
    await this.permissions.admit(errand, principal, audit);
    const owner = { ownerKind: 'client', ownerId: clientId } as const;
    const { standings } = await this.access.standingsOf(owner, 'api');
    const within = standings.filter(({ access }) => access !== 'blocked');
    return { models: within.map(ModelStandingDto.from) };
  }

  /** A manager has read the text about a model and agrees to it for the client. */
  @Post('acknowledgements')
  @HttpCode(200)
  @ApiOkResponse({ type: ModelStandingDto })
  async acknowledge(
    @CurrentPrincipal() principal: Principal,
    @Audit() audit: AuditContext,
    @Param('id') clientId: string,
    @Body() body: GiveAcknowledgementDto,
  ): Promise<ModelStandingDto> {
    const errand = { clientId, action: 'model.acknowledge', needs: 'manager' } as const;
    await this.permissions.admit(errand, principal, audit);
    const owner = { ownerKind: 'client', ownerId: clientId } as const;
    const given = { ...body, owner, userId: principal.ownerId };
    return ModelStandingDto.from(await this.acknowledgements.give(given, audit));
  }
}
