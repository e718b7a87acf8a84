import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { MeService } from '../auth/index.js';
import { BudgetDto, FundingService } from '../budgets/index.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../infrastructure/http/route-access.js';
import { MeWithBudgetsDto } from './me.dto.js';

/** Here because it puts together what two modules know that must not know each other. */
@ApiTags('Me')
@Controller('api/me')
export class MeController {
  constructor(
    private readonly me: MeService,
    private readonly funding: FundingService,
  ) {}

  @Get()
  @Accepts('session', 'api_key')
  @ApiOkResponse({ type: MeWithBudgetsDto })
  async describe(@CurrentPrincipal() principal: Principal): Promise<MeWithBudgetsDto> {
    const budgets = (await this.funding.overview(principal)).map(BudgetDto.from);
    return { ...(await this.me.describe(principal)), budgets };
  }
}
