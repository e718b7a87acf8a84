import { type PoolOverview } from './funding.js';
import { type PoolPolicy, type ResolvedPolicies } from '../policies/pool-policy.js';
import { type PoolRow } from './pool-row.js';
import { fullAt, nextRefresh } from '../refresh/refresh-times.js';

/** Every budget that governs an owner, with its pool as it stands, in the order of `all()`. */
export function overviewOf(
  policies: ResolvedPolicies,
  rows: readonly PoolRow[],
  now: Date,
): PoolOverview[] {
  return policies.all().map((policy) => {
    const { unit, scope } = policy;
    const row = rows.find((pool) => pool.unit === unit && pool.scope === scope);
    return row && policy.kind === 'limited' ? standing(policy, row, now) : withoutPool(policy);
  });
}

function standing(policy: PoolPolicy, row: PoolRow, now: Date): PoolOverview {
  const { unit, scope, source, kind, max, refresh } = policy;
  const { id, balance, held, refreshedAt } = row;
  const state = { balance, max, refresh, refreshedAt };
  const next = nextRefresh(state, now);
  return {
    ...{ id, unit, scope, source, kind, balance, held, max, refresh },
    available: balance > held ? balance - held : 0n,
    nextRefreshAt: next?.at ?? null,
    nextRefreshAmount: next?.amount ?? 0n,
    fullAt: fullAt(state, now),
  };
}

function withoutPool({ unit, scope, source, kind, max, refresh }: PoolPolicy): PoolOverview {
  const nothing = { balance: 0n, held: 0n, available: 0n };
  const never = { nextRefreshAt: null, nextRefreshAmount: 0n, fullAt: null };
  return { id: null, unit, scope, source, kind, max, refresh, ...nothing, ...never };
}
