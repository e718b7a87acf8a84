import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { PageQueryDto } from '../../infrastructure/http/page-query.dto.js';
import { type Principal } from '../../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../../infrastructure/http/route-access.js';
import { LedgerEntryDto, LedgerPageDto } from './ledger.dto.js';
import { LedgerService } from './ledger.service.js';

@ApiTags('Me')
@Controller('api/me/budgets')
export class MyLedgerController {
  constructor(private readonly ledger: LedgerService) {}

  /** What changed one of the caller's pools, the newest first; `search` does not matter. */
  @Get(':poolId/ledger')
  @Accepts('session', 'api_key')
  @ApiOkResponse({ type: LedgerPageDto })
  async page(
    @CurrentPrincipal() principal: Principal,
    @Param('poolId') poolId: string,
    @Query() { page, pageSize }: PageQueryDto,
  ): Promise<LedgerPageDto> {
    const { id, unit } = await this.ledger.poolOf(principal, poolId);
    const found = await this.ledger.page({ poolId: id, page, pageSize });
    return { ...found, items: found.items.map((entry) => LedgerEntryDto.from(unit, entry)) };
  }
}
