import { Injectable } from '@nestjs/common';
import {
  type Adjustment,
  AdjustmentsService,
  BudgetDto,
  type Errand,
  FundingService,
  LedgerEntryDto,
  LedgerService,
} from '../budgets/index.js';
import { type PageQueryDto } from '../infrastructure/http/page-query.dto.js';
import { type Owner } from '../infrastructure/http/principal.js';
import { UsersService } from '../users/index.js';
import {
  AdjustedPoolDto,
  type AdminLedgerPageDto,
  type ListPoolsDto,
  PoolDto,
  type PoolPageDto,
} from './budgets.dto.js';

/** Pools and their ledgers as administrators see and change them. */
@Injectable()
export class BudgetsService {
  constructor(
    private readonly ledger: LedgerService,
    private readonly adjustments: AdjustmentsService,
    private readonly funding: FundingService,
    private readonly users: UsersService,
  ) {}

  async pools(query: ListPoolsDto): Promise<PoolPageDto> {
    const page = await this.ledger.pools(query);
    return { ...page, items: page.items.map(PoolDto.from) };
  }

  /** What an owner may spend, made if it was never looked at. @throws AppError not_found */
  async of(owner: Owner): Promise<BudgetDto[]> {
    return (await this.funding.overview(owner)).map(BudgetDto.from);
  }

  /** @throws AppError not_found */
  async ledgerOf(id: string, { page, pageSize }: PageQueryDto): Promise<AdminLedgerPageDto> {
    const { id: poolId, unit } = await this.ledger.pool(id);
    const found = await this.ledger.page({ poolId, page, pageSize });
    const actors = await this.users.findMany([
      ...new Set(found.items.flatMap(({ actorId }) => actorId ?? [])),
    ]);
    const names = new Map(actors.map((user) => [user.id, user.email]));
    const items = found.items.map((entry) => ({
      ...LedgerEntryDto.from(unit, entry),
      actorId: entry.actorId,
      actorName: names.get(entry.actorId ?? '') ?? null,
    }));
    return { ...found, items };
  }

  adjust(errand: Errand, amount: string): Promise<AdjustedPoolDto> {
    return described(this.adjustments.adjust(errand, amount));
  }

  gift(errand: Errand, amount: string): Promise<AdjustedPoolDto> {
    return described(this.adjustments.gift(errand, amount));
  }

  reset(errand: Errand): Promise<AdjustedPoolDto> {
    return described(this.adjustments.reset(errand));
  }
}

async function described(adjusting: Promise<Adjustment>): Promise<AdjustedPoolDto> {
  return AdjustedPoolDto.from(await adjusting);
}
