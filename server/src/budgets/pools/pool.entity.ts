import { Entity, Index } from 'typeorm';
import {
  AmountColumn,
  IdColumn,
  ReferenceColumn,
  TextColumn,
  TimeColumn,
} from '../../infrastructure/database/columns.js';
import { type OwnerKind } from '../../infrastructure/http/principal.js';
import { type Unit } from '../amounts.js';

/** What one owner may spend in one unit, on all models or on one. Changed by statements alone. */
@Entity({ name: 'pools' })
@Index('pools_owner_id_unit_scope', ['ownerId', 'unit', 'scope'], { unique: true })
export class Pool {
  @IdColumn()
  id!: string;

  @TextColumn(16, { name: 'owner_kind' })
  ownerKind!: OwnerKind;

  @ReferenceColumn('owner_id')
  ownerId!: string;

  @TextColumn(16)
  unit!: Unit;

  /** The model it is for; empty: all models. */
  @TextColumn(256)
  scope!: string;

  /** What is there, holds included: the sum of the pool's ledger entries, never below 0. */
  @AmountColumn('balance')
  balance!: bigint;

  /** The part of the balance that open requests may still spend: the sum of the open holds. */
  @AmountColumn('held')
  held!: bigint;

  /** Of the policy in force when the pool was last looked at. */
  @AmountColumn('max')
  max!: bigint;

  /** Per hour. */
  @AmountColumn('refresh')
  refresh!: bigint;

  /** Tells whether that policy was worked out from what is configured now. */
  @TextColumn(64, { name: 'policy_version' })
  policyVersion!: string;

  /** Up to when the refresh has been credited. */
  @TimeColumn('refreshed_at')
  refreshedAt!: Date;

  @TimeColumn('created_at')
  createdAt!: Date;
}
