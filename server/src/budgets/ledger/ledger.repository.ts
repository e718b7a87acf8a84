import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, Repository } from 'typeorm';
import { type Page } from '../../infrastructure/database/page.js';
import { LedgerEntry } from './ledger-entry.entity.js';

export interface LedgerPageRequest {
  poolId: string;
  /** From 1. */
  page: number;
  pageSize: number;
}

type RawEntry = Record<'id' | 'pool_id' | 'at' | 'kind' | 'amount', string> &
  Record<'request_log_id' | 'actor_id' | 'reason', string | null>;

const COLUMNS = [
  'entry.id AS id',
  'entry.pool_id AS pool_id',
  'CAST(entry.at AS TEXT) AS at',
  'entry.kind AS kind',
  // SQLite's driver answers numbers, which are not exact from 2^53.
  'CAST(entry.amount AS TEXT) AS amount',
  'entry.request_log_id AS request_log_id',
  'entry.actor_id AS actor_id',
  'entry.reason AS reason',
];

/** The rows of the ledger. They are appended and read, never changed. */
@Injectable()
export class LedgerRepository {
  constructor(@InjectRepository(LedgerEntry) private readonly entries: Repository<LedgerEntry>) {}

  async append(entry: LedgerEntry, manager: EntityManager): Promise<void> {
    await manager.insert(LedgerEntry, entry);
  }

  /** What changed one pool, the newest first. */
  async page({ poolId, page, pageSize }: LedgerPageRequest): Promise<Page<LedgerEntry>> {
    const total = await this.entries.countBy({ poolId });
    const rows = await this.entries
      .createQueryBuilder('entry')
      .select(COLUMNS)
      .where('entry.pool_id = :poolId', { poolId })
      .orderBy('entry.id', 'DESC')
      .offset((page - 1) * pageSize)
      .limit(pageSize)
      .getRawMany<RawEntry>();
    return { items: rows.map(entryOf), total, page, pageSize };
  }
}

function entryOf(row: RawEntry): LedgerEntry {
  return {
    id: row.id,
    poolId: row.pool_id,
    at: new Date(Number(row.at)),
    kind: row.kind as LedgerEntry['kind'],
    amount: BigInt(row.amount),
    requestLogId: row.request_log_id,
    actorId: row.actor_id,
    reason: row.reason,
  };
}
