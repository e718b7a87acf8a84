import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Audit, type AuditContext } from '../infrastructure/audit/audit-context.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../infrastructure/http/route-access.js';
import { GiveAcknowledgementDto, ModelStandingDto, ModelStandingListDto } from './access.dto.js';
import { AccessService } from './access.service.js';
import { AcknowledgementsService } from './acknowledgements.service.js';

@ApiTags('Models')
@Controller('api')
@Accepts('session')
export class MyModelsController {
  constructor(
    private readonly access: AccessService,
    private readonly acknowledgements: AcknowledgementsService,
  ) {}

  /** The models that you may use, or could after an acknowledgement, and why. */
  @Get('models')
  @ApiOkResponse({ type: ModelStandingListDto })
  async list(@CurrentPrincipal() principal: Principal): Promise<ModelStandingListDto> {
    const standings = await this.access.standings(principal, 'chat');
    const within = standings.filter(({ access }) => access !== 'blocked');
    return { models: within.map(ModelStandingDto.from) };
  }

  /** You have read the text about a model and agree to it. */
  @Post('acknowledgements')
  @HttpCode(200)
  @ApiOkResponse({ type: ModelStandingDto })
  async acknowledge(
    @CurrentPrincipal() principal: Principal,
    @Audit() audit: AuditContext,
    @Body() body: GiveAcknowledgementDto,
  ): Promise<ModelStandingDto> {
    const given = { ...body, owner: principal, userId: principal.ownerId };
    return ModelStandingDto.from(await this.acknowledgements.give(given, audit));
  }
}
