import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { PersonalBudgetChangesService } from '../budgets/index.js';
import { Audit, type AuditContext } from '../infrastructure/audit/audit-context.js';
import { Accepts, Roles } from '../infrastructure/http/route-access.js';
import { PersonalBudgetDto, SetPersonalBudgetDto, StaleBudgetDto } from './personal-budget.dto.js';

/** What one person may spend whatever their groups give. */
@ApiTags('Administration: budgets')
@Controller('api/admin/users/:id/budget-policy')
@Accepts('session')
@Roles('admin')
export class PersonalBudgetController {
  constructor(private readonly budgets: PersonalBudgetChangesService) {}

  @Get()
  @Roles('admin', 'auditor')
  @ApiOkResponse({ type: PersonalBudgetDto })
  async get(@Param('id') userId: string): Promise<PersonalBudgetDto> {
    return PersonalBudgetDto.from(await this.budgets.of(userId));
  }

  /** Replaces what holds; it goes before all groups, and 0 gives no access. */
  @Put()
  @ApiOkResponse({ type: PersonalBudgetDto })
  async set(
    @Param('id') userId: string,
    @Body() { basedOn, coins, tokens }: SetPersonalBudgetDto,
    @Audit() audit: AuditContext,
  ): Promise<PersonalBudgetDto> {
    const said = { coins, tokens };
    return PersonalBudgetDto.from(await this.budgets.set({ userId, basedOn, audit }, said));
  }

  /** Leaves the person with what their groups give. */
  @Delete()
  @HttpCode(204)
  @ApiNoContentResponse()
  async remove(
    @Param('id') userId: string,
    @Query() { basedOn }: StaleBudgetDto,
    @Audit() audit: AuditContext,
  ): Promise<void> {
    await this.budgets.remove({ userId, basedOn, audit });
  }
}
