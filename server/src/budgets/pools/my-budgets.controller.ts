import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Principal } from '../../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../../infrastructure/http/route-access.js';
import { BudgetDto } from './budgets.dto.js';
import { FundingService } from './funding.service.js';

@ApiTags('Me')
@Controller('api/me/budgets')
export class MyBudgetsController {
  constructor(private readonly funding: FundingService) {}

  @Get()
  @Accepts('session', 'api_key')
  @ApiOkResponse({ type: [BudgetDto], description: 'Coins first, then tokens.' })
  async list(@CurrentPrincipal() principal: Principal): Promise<BudgetDto[]> {
    return (await this.funding.overview(principal)).map(BudgetDto.from);
  }
}
