import { type Owner } from '../../infrastructure/http/principal.js';
import { type ResolvedPolicies } from './pool-policy.js';

/** Whose budgets are meant; every principal is one. */
export type BudgetOwner = Owner;

/** What an owner may spend, by the configuration and the groups of one moment. */
export interface OwnerPolicies extends BudgetOwner {
  /** The e-mail address of a person, the name of a client. */
  readonly ownerName: string;
  readonly policies: ResolvedPolicies;
  /** `PolicyService.version` when it was worked out. */
  readonly version: string;
}
