import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { validate as isUuid } from 'uuid';
import { type AuditContext } from '../../infrastructure/audit/audit-context.js';
import { AuditTrailService } from '../../infrastructure/audit/audit-trail.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { newId } from '../../infrastructure/crypto/identifiers.js';
import { readChange, readGift } from './adjustment-amount.js';
import { MOST_IN_POOL, refusedChange } from './adjustment-refusals.js';
import { amountText } from '../amount-text.js';
import { noSuchPool } from './ledger.service.js';
import { LedgerRepository } from './ledger.repository.js';
import { Pool } from '../pools/pool.entity.js';
import { type OwnedPool, PoolSearchRepository } from '../pools/pool-search.repository.js';
import { StartingAmountService } from './starting-amount.service.js';

/** Who changes a pool by hand, and why. */
export interface Errand {
  audit: AuditContext;
  poolId: string;
  reason: string;
}

export interface Adjustment {
  /** As it is afterwards. */
  pool: OwnedPool;
  /** What was added; below 0: taken. Nano-coins or tokens. */
  change: bigint;
  /** What happened, in a sentence. */
  explanation: string;
}

type Verb = 'adjust' | 'reset' | 'gift';

/**
 * Changes of pools by people. Each has a reason, an entry in the ledger and a line in the audit log,
 * written in one transaction with the guarded statement that changes the balance.
 */
@Injectable()
export class AdjustmentsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly pools: PoolSearchRepository,
    private readonly ledger: LedgerRepository,
    private readonly audit: AuditTrailService,
    private readonly starting: StartingAmountService,
    private readonly clock: ClockService,
  ) {}

  /**
   * Adds an amount, or takes one that begins with "-": decimal text in the pool's unit.
   * @throws AppError invalid_request naming the field; not_found; conflict where the balance would
   * fall below what open requests hold, or rise beyond what a pool can have
   */
  adjust(errand: Errand, amount: string): Promise<Adjustment> {
    return this.change(errand, 'adjust', ({ unit }) => readChange(unit, amount));
  }

  /** Adds an amount above 0, beyond the pool's `max` too. @throws as `adjust` */
  gift(errand: Errand, amount: string): Promise<Adjustment> {
    return this.change(errand, 'gift', ({ unit }) => readGift(unit, amount));
  }

  /**
   * Brings the balance to what the policy starts a pool with, or to what open requests hold where
   * that is more.
   * @throws AppError not_found; conflict where no policy limits the pool
   */
  async reset(errand: Errand): Promise<Adjustment> {
    const starting = await this.starting.of(await this.require(errand.poolId));
    const target = ({ held }: OwnedPool) => (held > starting ? held : starting);
    return this.change(errand, 'reset', (pool) => target(pool) - pool.balance);
  }

  private change(
    errand: Errand,
    verb: Verb,
    read: (pool: OwnedPool) => bigint,
  ): Promise<Adjustment> {
    return this.dataSource.transaction(async (manager) => {
      const before = await this.lock(errand.poolId, manager);
      const change = read(before);
      if (change !== 0n) {
        await this.apply(before, change, manager);
        await this.write(errand, { verb, before, change }, manager);
      }
      const pool = await this.require(errand.poolId, manager);
      return { pool, change, explanation: explain(verb, before, change) };
    });
  }

  /** The pool as it is, and nobody else's to change until the transaction ends. */
  private async lock(poolId: string, manager: EntityManager): Promise<OwnedPool> {
    // Writing the row is the one lock that both databases have.
    if (!isUuid(poolId)) throw noSuchPool();
    await manager.update(Pool, { id: poolId }, { held: () => 'held' });
    return this.require(poolId, manager);
  }

  private async require(poolId: string, manager?: EntityManager): Promise<OwnedPool> {
    const pool = isUuid(poolId) ? await this.pools.find(poolId, manager) : null;
    if (!pool) throw noSuchPool();
    return pool;
  }

  /** What is taken stays above what is held; what is given is not refused because much is held. */
  private async apply(pool: OwnedPool, change: bigint, manager: EntityManager): Promise<void> {
    const by = 'CAST(:change AS BIGINT)';
    const { affected } = await manager
      .createQueryBuilder()
      .update(Pool)
      .set({ balance: () => `balance + ${by}` })
      .where('id = :id', { id: pool.id })
      .andWhere(`balance + ${by} >= 0 AND (${by} > 0 OR balance + ${by} >= held)`)
      .andWhere(`(${by} < 0 OR balance + ${by} <= CAST(:most AS BIGINT))`)
      .setParameters({ change: change.toString(), most: MOST_IN_POOL[pool.unit].toString() })
      .execute();
    if (affected !== 1) throw refusedChange(pool, change);
  }

  private async write(
    { audit, poolId, reason }: Errand,
    { verb, before, change }: { verb: Verb; before: OwnedPool; change: bigint },
    manager: EntityManager,
  ): Promise<void> {
    const { unit, balance } = before;
    const text = (amount: bigint) => amountText(unit, amount);
    await this.ledger.append(
      {
        id: newId(),
        poolId,
        at: this.clock.now(),
        kind: 'adjustment',
        amount: change,
        requestLogId: null,
        actorId: audit.actorId,
        reason,
      },
      manager,
    );
    const event = {
      action: `budget.${verb}`,
      object: { kind: 'pool', id: poolId, name: poolName(before) },
      before: { balance: text(balance) },
      after: { balance: text(balance + change), change: text(change) },
      reason,
    };
    await this.audit.record(audit, event, manager);
  }
}

/** "ada@x.edu: coins for all models". */
function poolName({ ownerName, ownerId, unit, scope }: OwnedPool): string {
  return `${ownerName ?? ownerId}: ${unit} for ${scope || 'all models'}`;
}

function explain(verb: Verb, { unit, balance, held, max }: OwnedPool, change: bigint): string {
  const quantity = (amount: bigint) => `${amountText(unit, amount)} ${unit}`;
  const after = balance + change;
  if (change === 0n) return `Nothing changed: the balance is ${quantity(after)} already.`;
  const moved = `The balance went from ${quantity(balance)} to ${quantity(after)}`;
  if (verb === 'reset' && after === held) return `${moved}, which open requests hold.`;
  return after > max && change > 0n
    ? `${moved}, more than the pool's ${quantity(max)}.`
    : `${moved}.`;
}
