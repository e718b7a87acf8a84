import { type Pool } from './pool.entity.js';

/** A pool as it is in the database, amounts exact. */
export type PoolRow = Readonly<Pool>;

const EXPRESSIONS = {
  id: 'id',
  owner_kind: 'owner_kind',
  owner_id: 'owner_id',
  unit: 'unit',
  scope: 'scope',
  // SQLite's driver answers numbers, which are not exact from 2^53: amounts come as text.
  balance: 'CAST(balance AS TEXT)',
  held: 'CAST(held AS TEXT)',
  max: 'CAST(max AS TEXT)',
  refresh: 'CAST(refresh AS TEXT)',
  policy_version: 'policy_version',
  refreshed_at: 'CAST(refreshed_at AS TEXT)',
  created_at: 'CAST(created_at AS TEXT)',
};

/** What a row answers to `SELECT ${POOL_COLUMNS} FROM pools`, on either database. */
export type RawPool = Readonly<Record<keyof typeof EXPRESSIONS, string>>;

export const POOL_COLUMNS = Object.entries(EXPRESSIONS)
  .map(([name, expression]) => (name === expression ? name : `${expression} AS "${name}"`))
  .join(', ');

export function poolOf(row: RawPool): PoolRow {
  return {
    id: row.id,
    ownerKind: row.owner_kind as Pool['ownerKind'],
    ownerId: row.owner_id,
    unit: row.unit as Pool['unit'],
    scope: row.scope,
    balance: BigInt(row.balance),
    held: BigInt(row.held),
    max: BigInt(row.max),
    refresh: BigInt(row.refresh),
    policyVersion: row.policy_version,
    refreshedAt: new Date(Number(row.refreshed_at)),
    createdAt: new Date(Number(row.created_at)),
  };
}
