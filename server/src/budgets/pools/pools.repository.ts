import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In } from 'typeorm';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { newId } from '../../infrastructure/crypto/identifiers.js';
import { DepartedOwnersService } from './departed-owners.service.js';
import { LedgerEntry } from '../ledger/ledger-entry.entity.js';
import { type BudgetOwner, type OwnerPolicies } from '../policies/owner-policies.js';
import { Pool } from './pool.entity.js';
import { type PoolPolicy } from '../policies/pool-policy.js';
import { POOL_COLUMNS, poolOf, type PoolRow, type RawPool } from './pool-row.js';

/** What a pool is to be governed by from now on. */
export interface PolicyChange {
  readonly poolId: string;
  /** Both 0 where no policy governs it any more; its balance stays. */
  readonly max: bigint;
  readonly refresh: bigint;
  readonly version: string;
}

/** The rows of pools: made, read and given another policy. What is in them changes by other statements. */
@Injectable()
export class PoolsRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: ClockService,
    private readonly departed: DepartedOwnersService,
  ) {}

  /** An owner's pools, in the order of unit and scope. */
  async of(
    { ownerId }: Pick<BudgetOwner, 'ownerId'>,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<PoolRow[]> {
    const mark = manager.dataSource.options.type === 'postgres' ? '$1' : '?';
    const rows = await manager.query<RawPool[]>(
      `SELECT ${POOL_COLUMNS} FROM pools WHERE owner_id = ${mark} ORDER BY unit, scope`,
      [ownerId],
    );
    return rows.map(poolOf);
  }

  /**
   * Brings an owner's pools in line with the policies, in one transaction: those that are missing are
   * made with their starting grant, once however many ask; those under another policy adopt this one.
   * Somebody who left and came back has the pools of before: leaving is no way to a full one.
   * Answers all of them; null where that was found out just now, and the policies are others.
   */
  async ensure({ policies, version, ...owner }: OwnerPolicies): Promise<PoolRow[] | null> {
    const limited = policies.all().filter(({ kind }) => kind === 'limited');
    const present = await this.of(owner);
    if (present.length === 0 && (await this.departed.takeBack(owner))) return null;
    const missing = limited.filter((policy) => !present.some((pool) => isOf(pool, policy)));
    const changes = policyChanges(present, { policies, version });
    if (missing.length === 0 && changes.length === 0) return present;
    return this.dataSource.transaction(async (manager) => {
      if (missing.length > 0) await this.create(manager, { owner, missing, version });
      await this.adopt(changes, manager);
      return this.of(owner, manager);
    });
  }

  /** Has the pools that an owner has adopt its policies; makes none. */
  async adoptAll(owner: OwnerPolicies): Promise<void> {
    await this.adopt(policyChanges(await this.of(owner), owner));
  }

  /** Gives pools another policy. One whose numbers differ starts its clock anew; no balance changes. */
  async adopt(
    changes: readonly PolicyChange[],
    manager: EntityManager = this.dataSource.manager,
  ): Promise<void> {
    const nowMs = this.clock.nowMs();
    // In the order in which settlements lock them.
    const inOrder = [...changes].sort((one, other) => (one.poolId < other.poolId ? -1 : 1));
    for (const { poolId, max, refresh, version } of inOrder) {
      await manager
        .createQueryBuilder()
        .update(Pool)
        .set({
          max,
          refresh,
          policyVersion: version,
          refreshedAt: () =>
            'CASE WHEN max <> :max OR refresh <> :refresh THEN :nowMs ELSE refreshed_at END',
        })
        .where('id = :poolId', { poolId })
        .setParameters({ max: max.toString(), refresh: refresh.toString(), nowMs })
        .execute();
    }
  }

  private async create(
    manager: EntityManager,
    { owner, missing, version }: Creation,
  ): Promise<void> {
    const wanted = missing.map((policy) => this.blank(owner, policy, version));
    // Another request or replica may be making the same pools: whose row is there wins, and grants.
    await manager
      .createQueryBuilder()
      .insert()
      .into(Pool)
      .values(wanted)
      .orIgnore()
      .updateEntity(false)
      .execute();
    const ids = wanted.map(({ id }) => id);
    const made = await manager.find(Pool, { where: { id: In(ids) }, select: { id: true } });
    const isOurs = new Set(made.map(({ id }) => id));
    const granted = wanted.filter(({ id, balance }) => isOurs.has(id) && balance > 0n);
    if (granted.length > 0) await manager.insert(LedgerEntry, granted.map(grantOf));
  }

  private blank(owner: BudgetOwner, policy: PoolPolicy, policyVersion: string): Pool {
    const { ownerKind, ownerId } = owner;
    const { unit, scope, max, refresh, starting } = policy;
    const now = this.clock.now();
    return {
      id: newId(),
      ...{ ownerKind, ownerId, unit, scope },
      ...{ balance: starting, held: 0n, max, refresh },
      ...{ policyVersion, refreshedAt: now, createdAt: now },
    };
  }
}

interface Creation {
  owner: BudgetOwner;
  missing: readonly PoolPolicy[];
  version: string;
}

/** Which of these pools of one owner have to adopt a policy. */
export function policyChanges(
  pools: readonly PoolRow[],
  { policies, version }: Pick<OwnerPolicies, 'policies' | 'version'>,
): PolicyChange[] {
  return pools
    .map((pool) => {
      const policy = policies.of(pool.unit, pool.scope);
      const { max, refresh } = policy?.kind === 'limited' ? policy : { max: 0n, refresh: 0n };
      const isSame = pool.max === max && pool.refresh === refresh && pool.policyVersion === version;
      return isSame ? null : { poolId: pool.id, max, refresh, version };
    })
    .filter((change) => change !== null);
}

function isOf(pool: PoolRow, { unit, scope }: PoolPolicy): boolean {
  return pool.unit === unit && pool.scope === scope;
}

function grantOf({ id: poolId, balance, createdAt: at }: Pool): LedgerEntry {
  const nothing = { requestLogId: null, actorId: null, reason: null };
  return { id: newId(), poolId, at, kind: 'grant', amount: balance, ...nothing };
}
