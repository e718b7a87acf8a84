import { type OwnerPolicies } from '../policies/owner-policies.js';
import { type PoolRow } from '../pools/pool-row.js';
import { creditOf, isDue } from './refresh-credit.js';

/** What a pool that was read as it is here is to be given. */
export interface Credit {
  readonly pool: Pick<PoolRow, 'id' | 'max' | 'refresh' | 'refreshedAt'>;
  /** The most that is added; nano-coins or tokens. */
  readonly credit: bigint;
}

/** The policy that a pool which was read as it is here is governed by from now on. */
export interface Adoption {
  readonly pool: Pick<PoolRow, 'id' | 'refreshedAt' | 'policyVersion'>;
  readonly max: bigint;
  /** Per hour; 0 where no policy governs the pool any more. Its balance stays. */
  readonly refresh: bigint;
  readonly version: string;
}

export interface RefreshBatch {
  readonly nowMs: number;
  readonly credits: readonly Credit[];
  readonly adoptions: readonly Adoption[];
}

interface Found {
  pools: readonly PoolRow[];
  /** By id; those who are gone are missing. */
  owners: ReadonlyMap<string, OwnerPolicies>;
  /** Of the policies when the pools were read. */
  version: string;
  nowMs: number;
}

/** What is to be done about these pools now. */
export function batchOf({ pools, owners, version, nowMs }: Found): RefreshBatch {
  const credits: Credit[] = [];
  const adoptions: Adoption[] = [];
  for (const pool of pools) {
    const owner = owners.get(pool.ownerId);
    const adoption = adoptionOf(pool, owner, version);
    const isSame = adoption.max === pool.max && adoption.refresh === pool.refresh;
    if (!isSame || adoption.version !== pool.policyVersion) adoptions.push(adoption);
    const { refresh, max, refreshedAt } = pool;
    const terms = { refresh, max, refreshedAtMs: refreshedAt.getTime() };
    if (isSame && isDue(terms, nowMs)) credits.push({ pool, credit: creditOf(terms, nowMs) });
  }
  return { nowMs, credits, adoptions };
}

function adoptionOf(pool: PoolRow, owner: OwnerPolicies | undefined, version: string): Adoption {
  const policy = owner?.policies.of(pool.unit, pool.scope);
  const { max, refresh } = policy?.kind === 'limited' ? policy : { max: 0n, refresh: 0n };
  return { pool, max, refresh, version: owner?.version ?? version };
}
