import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { BudgetDto } from '../budgets/index.js';
import { Audit, type AuditContext } from '../infrastructure/audit/audit-context.js';
import { PageQueryDto } from '../infrastructure/http/page-query.dto.js';
import { Accepts, Roles } from '../infrastructure/http/route-access.js';
import {
  AdjustedPoolDto,
  AdjustPoolDto,
  AdminLedgerPageDto,
  GiveToPoolDto,
  ListPoolsDto,
  PoolPageDto,
  ResetPoolDto,
} from './budgets.dto.js';
import { BudgetsService } from './budgets.service.js';

@ApiTags('Administration: budgets')
@Controller('api/admin')
@Accepts('session')
export class BudgetsController {
  constructor(private readonly budgets: BudgetsService) {}

  @Get('budgets/pools')
  @Roles('admin', 'auditor')
  @ApiOkResponse({ type: PoolPageDto })
  list(@Query() query: ListPoolsDto): Promise<PoolPageDto> {
    return this.budgets.pools(query);
  }

  /** What changed a pool, the newest first; `search` does not matter. */
  @Get('budgets/pools/:id/ledger')
  @Roles('admin', 'auditor')
  @ApiOkResponse({ type: AdminLedgerPageDto })
  ledger(@Param('id') id: string, @Query() query: PageQueryDto): Promise<AdminLedgerPageDto> {
    return this.budgets.ledgerOf(id, query);
  }

  /** Adds to a balance or takes from it. */
  @Post('budgets/pools/:id/adjust')
  @HttpCode(200)
  @Roles('admin')
  @ApiOkResponse({ type: AdjustedPoolDto })
  adjust(
    @Param('id') poolId: string,
    @Body() { amount, reason }: AdjustPoolDto,
    @Audit() audit: AuditContext,
  ): Promise<AdjustedPoolDto> {
    return this.budgets.adjust({ poolId, reason, audit }, amount);
  }

  /** Brings a balance to what the policy starts a pool with, but not below what is held. */
  @Post('budgets/pools/:id/reset')
  @HttpCode(200)
  @Roles('admin')
  @ApiOkResponse({ type: AdjustedPoolDto })
  reset(
    @Param('id') poolId: string,
    @Body() { reason }: ResetPoolDto,
    @Audit() audit: AuditContext,
  ): Promise<AdjustedPoolDto> {
    return this.budgets.reset({ poolId, reason, audit });
  }

  /** Adds to a balance, beyond the pool's `max` too. */
  @Post('budgets/pools/:id/gift')
  @HttpCode(200)
  @Roles('admin')
  @ApiOkResponse({ type: AdjustedPoolDto })
  gift(
    @Param('id') poolId: string,
    @Body() { amount, reason }: GiveToPoolDto,
    @Audit() audit: AuditContext,
  ): Promise<AdjustedPoolDto> {
    return this.budgets.gift({ poolId, reason, audit }, amount);
  }

  @Get('users/:id/budgets')
  @Roles('admin', 'auditor')
  @ApiOkResponse({ type: [BudgetDto], description: 'Coins first, then tokens.' })
  ofUser(@Param('id') ownerId: string): Promise<BudgetDto[]> {
    return this.budgets.of({ ownerKind: 'user', ownerId });
  }

  @Get('clients/:id/budgets')
  @Roles('admin', 'auditor')
  @ApiOkResponse({ type: [BudgetDto], description: 'Coins first, then tokens.' })
  ofClient(@Param('id') ownerId: string): Promise<BudgetDto[]> {
    return this.budgets.of({ ownerKind: 'client', ownerId });
  }
}
