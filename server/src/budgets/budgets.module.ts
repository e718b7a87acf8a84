import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ClientsModule } from '../clients/index.js';
import { GroupsModule } from '../groups/index.js';
import { ModelsModule } from '../models/index.js';
import { UsersModule } from '../users/index.js';
import { AdjustmentsService } from './ledger/adjustments.service.js';
import { DepartedOwner } from './pools/departed-owner.entity.js';
import { DepartedOwnersService } from './pools/departed-owners.service.js';
import { FirstGrantsService } from './pools/first-grants.service.js';
import { FundingService } from './pools/funding.service.js';
import { Hold } from './holds/hold.entity.js';
import { HoldsRepository } from './holds/holds.repository.js';
import { HoldsService } from './holds/holds.service.js';
import { LedgerEntry } from './ledger/ledger-entry.entity.js';
import { LedgerRepository } from './ledger/ledger.repository.js';
import { LedgerService } from './ledger/ledger.service.js';
import { MyBudgetsController } from './pools/my-budgets.controller.js';
import { MyLedgerController } from './ledger/my-ledger.controller.js';
import { OwnerScopesService } from './policies/owner-scopes.service.js';
import { PersonalBudget } from './policies/personal-budget.entity.js';
import { PersonalBudgetChangesService } from './pools/personal-budget-changes.service.js';
import { PersonalBudgetsService } from './policies/personal-budgets.service.js';
import { PolicyService } from './policies/policy.service.js';
import { Pool } from './pools/pool.entity.js';
import { PoolSearchRepository } from './pools/pool-search.repository.js';
import { PoolsRepository } from './pools/pools.repository.js';
import { SettlementWriter } from './holds/settlement-writer.js';
import { RefreshRepository } from './refresh/refresh.repository.js';
import { RefreshService } from './refresh/refresh.service.js';
import { StartingAmountService } from './ledger/starting-amount.service.js';

/** What everybody may spend, and what they spent. */
@Module({
  imports: [
    TypeOrmModule.forFeature([DepartedOwner, Hold, LedgerEntry, PersonalBudget, Pool]),
    ClientsModule,
    GroupsModule,
    ModelsModule,
    UsersModule,
  ],
  controllers: [MyBudgetsController, MyLedgerController],
  providers: [
    AdjustmentsService,
    LedgerRepository,
    LedgerService,
    PoolSearchRepository,
    StartingAmountService,
    DepartedOwnersService,
    FirstGrantsService,
    FundingService,
    OwnerScopesService,
    PersonalBudgetChangesService,
    PersonalBudgetsService,
    PolicyService,
    PoolsRepository,
    RefreshRepository,
    RefreshService,
    HoldsRepository,
    HoldsService,
    SettlementWriter,
  ],
  exports: [
    AdjustmentsService,
    DepartedOwnersService,
    LedgerService,
    FundingService,
    PersonalBudgetChangesService,
    PolicyService,
    HoldsService,
    SettlementWriter,
  ],
})
export class BudgetsModule {}
