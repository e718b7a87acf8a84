import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { BudgetDto } from '../budgets/index.js';
import { ClientPermissionsService } from '../clients/index.js';
import { Audit, type AuditContext } from '../infrastructure/audit/audit-context.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../infrastructure/http/route-access.js';
import { BudgetsService } from './budgets.service.js';

/** What a client may spend, for its managers. It stands here because clients and budgets do not know of each other. */
@ApiTags('Clients')
@Controller('api/clients/:clientId/budgets')
@Accepts('session')
export class ClientBudgetsController {
  constructor(
    private readonly permissions: ClientPermissionsService,
    private readonly budgets: BudgetsService,
  ) {}

  @Get()
  @ApiOkResponse({ type: [BudgetDto], description: 'Coins first, then tokens.' })
  async ofClient(
    @CurrentPrincipal() principal: Principal,
    @Audit() audit: AuditContext,
    @Param('clientId') clientId: string,
  ): Promise<BudgetDto[]> {
    const errand = { clientId, action: 'client.read', needs: 'manager' } as const;
    const { client } = await this.permissions.admit(errand, principal, audit);
    return this.budgets.of({ ownerKind: 'client', ownerId: client.id });
  }
}
