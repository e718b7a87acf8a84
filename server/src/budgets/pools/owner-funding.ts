import { type AppError } from '../../infrastructure/errors/app-error.js';
import { type CatalogueEntry } from '../../models/index.js';
import { budgetBlocked, budgetMissing } from '../budgets.errors.js';
import { type Funding, type PoolRef } from './funding.js';
import { type OwnerPolicies } from '../policies/owner-policies.js';
import { type PoolRow } from './pool-row.js';
import { type PoolPolicy } from '../policies/pool-policy.js';

/** What pays for one owner's requests, worked out once for each model. Never changes. */
export class OwnerFunding {
  readonly ownerKind: OwnerPolicies['ownerKind'];
  /** By entry, not by name: when the catalogue changes, what was known goes with its entries. */
  private readonly known = new WeakMap<CatalogueEntry, Funding>();
  private readonly pools: ReadonlyMap<PoolPolicy, PoolRef>;

  constructor(
    private readonly owner: OwnerPolicies,
    rows: readonly PoolRow[],
  ) {
    this.ownerKind = owner.ownerKind;
    this.pools = poolsOf(owner, rows);
  }

  /** @throws AppError budget_missing, budget_blocked */
  for(entry: CatalogueEntry): Funding {
    const known = this.known.get(entry);
    if (known) return known;
    const coverage = this.owner.policies.for(entry.id);
    if (coverage.kind !== 'covered') throw this.refusal(entry.id, coverage);
    const poolOf = (policy: PoolPolicy | null) => (policy && this.pools.get(policy)) ?? null;
    const funding = { coins: poolOf(coverage.coins), tokens: poolOf(coverage.tokens) };
    this.known.set(entry, Object.freeze(funding));
    return funding;
  }

  private refusal(
    model: string,
    coverage: { kind: 'missing' } | { kind: 'blocked'; by: PoolPolicy },
  ): AppError {
    return coverage.kind === 'missing'
      ? budgetMissing(this.owner, model)
      : budgetBlocked(this.owner, model, coverage.by);
  }
}

/** The pool of each policy that limits; the others need none. */
function poolsOf({ policies }: OwnerPolicies, rows: readonly PoolRow[]) {
  const pools = new Map<PoolPolicy, PoolRef>();
  for (const policy of policies.all()) {
    const { unit, scope, source, max, refresh } = policy;
    if (policy.kind !== 'limited') continue;
    const row = rows.find((pool) => pool.unit === unit && pool.scope === scope);
    // A limit without its pool must never mean that there is no limit.
    if (!row) throw new Error(`There is no pool of ${unit} for the scope "${scope}".`);
    pools.set(policy, Object.freeze({ id: row.id, unit, scope, source, max, refresh }));
  }
  return pools;
}
