import { Entity } from 'typeorm';
import {
  AmountColumn,
  IdColumn,
  LongTextColumn,
  ReferenceColumn,
  TimeColumn,
} from '../../infrastructure/database/columns.js';

/** What one request that is under way may still spend. Its row goes when it is settled. */
@Entity({ name: 'holds', withoutRowid: true })
export class Hold {
  /** That of the request's row in the request log, which comes when the hold goes. */
  @IdColumn()
  id!: string;

  /** The process that serves the request; see `ReplicaService`. */
  @ReferenceColumn('replica_id')
  replicaId!: string;

  @TimeColumn('opened_at')
  openedAt!: Date;

  @ReferenceColumn('coin_pool_id', { nullable: true })
  coinPoolId!: string | null;

  /** Nano-coins. */
  @AmountColumn('coins')
  coins!: bigint;

  @ReferenceColumn('token_pool_id', { nullable: true })
  tokenPoolId!: string | null;

  @AmountColumn('tokens')
  tokens!: bigint;

  /** The request's record as of the last checkpoint, as JSON: what it is settled with if its process dies. */
  @LongTextColumn('checkpoint')
  checkpoint!: string;
}
