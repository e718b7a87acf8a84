import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { type AbandonedHold } from './hold-request.js';

const MOST_ABANDONED = 500;

/** A pool as it stands. */
export interface PoolStanding {
  balance: bigint;
  held: bigint;
  refreshedAt: Date;
}

interface HoldRow {
  id: string;
  replica_id: string;
  opened_at: string | number;
  coin_pool_id: string | null;
  coins: string;
  token_pool_id: string | null;
  tokens: string;
  checkpoint: string;
}

/** What is read of holds and their pools; they are written in lanes. */
@Injectable()
export class HoldsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Null: there is no such pool any more. */
  async standing(poolId: string): Promise<PoolStanding | null> {
    const [row] = await this.dataSource.query<Record<string, string>[]>(
      `SELECT CAST(balance AS TEXT) AS balance, CAST(held AS TEXT) AS held, refreshed_at
       FROM pools WHERE id = ${this.marks(1)}`,
      [poolId],
    );
    if (!row) return null;
    return {
      balance: BigInt(row['balance']!),
      held: BigInt(row['held']!),
      refreshedAt: new Date(Number(row['refreshed_at'])),
    };
  }

  /** How many requests of this replica hold something. */
  async countOf(replicaId: string): Promise<number> {
    const [row] = await this.dataSource.query<{ count: string | number }[]>(
      `SELECT COUNT(*) AS count FROM holds WHERE replica_id = ${this.marks(1)}`,
      [replicaId],
    );
    return Number(row?.count ?? 0);
  }

  /** Oldest first, a bounded number. */
  async ofReplicas(replicaIds: readonly string[]): Promise<AbandonedHold[]> {
    if (replicaIds.length === 0) return [];
    const rows = await this.dataSource.query<HoldRow[]>(
      `SELECT id, replica_id, opened_at, coin_pool_id, CAST(coins AS TEXT) AS coins,
         token_pool_id, CAST(tokens AS TEXT) AS tokens, checkpoint
       FROM holds WHERE replica_id IN (${this.marks(replicaIds.length)})
       ORDER BY id LIMIT ${MOST_ABANDONED}`,
      [...replicaIds],
    );
    return rows.map(abandonedHold);
  }

  private marks(count: number): string {
    const isPostgres = this.dataSource.options.type === 'postgres';
    return Array.from({ length: count }, (_, n) => (isPostgres ? `$${n + 1}` : '?')).join(', ');
  }
}

const abandonedHold = (row: HoldRow): AbandonedHold => ({
  id: row.id,
  replicaId: row.replica_id,
  openedAt: new Date(Number(row.opened_at)),
  coinPoolId: row.coin_pool_id,
  coins: BigInt(row.coins),
  tokenPoolId: row.token_pool_id,
  tokens: BigInt(row.tokens),
  checkpoint: row.checkpoint,
});
