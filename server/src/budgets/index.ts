export { type Adjustment, AdjustmentsService, type Errand } from './ledger/adjustments.service.js';
export { ALL_MODELS, type Unit } from './amounts.js';
export { amountText, parseAmount } from './amount-text.js';
export { BudgetsModule } from './budgets.module.js';
export { BudgetDto, WonPolicyDto } from './pools/budgets.dto.js';
export { type BilledUsage, costOf, mostOutputFor } from './cost.js';
export { type Funding, type PoolOverview, type PoolRef } from './pools/funding.js';
export { DepartedOwnersService } from './pools/departed-owners.service.js';
export { FundingService } from './pools/funding.service.js';
export { type BudgetOwner, type OwnerPolicies } from './policies/owner-policies.js';
export { checkLedger, type LedgerReport } from './ledger/ledger-check.js';
export { faultAmount, faultText, type LedgerFault } from './ledger/ledger-fault.js';
export { LedgerEntryDto } from './ledger/ledger.dto.js';
export { LedgerService } from './ledger/ledger.service.js';
export { type OwnedPool, POOL_SORTS, type PoolFilter } from './pools/pool-search.repository.js';
export {
  PersonalBudgetChangesService,
  type VersionedBudget,
} from './pools/personal-budget-changes.service.js';
export { PolicyService } from './policies/policy.service.js';
export { type PoolPolicy, ResolvedPolicies } from './policies/pool-policy.js';
export { type PersonInGroups } from './policies/owner-scopes.service.js';
export {
  type AbandonedHold,
  type Available,
  type ExtensionRequest,
  type HoldGrant,
  type HoldRequest,
} from './holds/hold-request.js';
export { HoldsService } from './holds/holds.service.js';
export { type Settlement, type SettlementOutcome } from './holds/settlement.js';
export { SettlementWriter } from './holds/settlement-writer.js';
