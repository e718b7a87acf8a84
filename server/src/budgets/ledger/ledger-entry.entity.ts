import { Entity, Index } from 'typeorm';
import {
  AmountColumn,
  IdColumn,
  ReferenceColumn,
  TextColumn,
  TimeColumn,
} from '../../infrastructure/database/columns.js';

/**
 * Why a balance is what it is. `grant`: put into a new pool. `refresh`: added with time. `charge`:
 * what a request cost, negative. `adjustment`: by a person, with a reason. `uncollected`: the part of
 * a charge that the pool could not pay, given back so that no balance falls below 0.
 */
export type LedgerEntryKind = 'grant' | 'refresh' | 'charge' | 'adjustment' | 'uncollected';

/** One change of one pool's balance. Never changed, never removed. */
@Entity({ name: 'ledger_entries' })
@Index('ledger_entries_pool_id', ['poolId', 'id'])
export class LedgerEntry {
  @IdColumn()
  id!: string;

  @ReferenceColumn('pool_id')
  poolId!: string;

  @TimeColumn('at')
  at!: Date;

  @TextColumn(16)
  kind!: LedgerEntryKind;

  /** Nano-coins or tokens; what leaves the pool is negative. */
  @AmountColumn('amount')
  amount!: bigint;

  /** The request that was charged. */
  @ReferenceColumn('request_log_id', { nullable: true })
  requestLogId!: string | null;

  /** The person who adjusted. */
  @ReferenceColumn('actor_id', { nullable: true })
  actorId!: string | null;

  @TextColumn(500, { nullable: true })
  reason!: string | null;
}
