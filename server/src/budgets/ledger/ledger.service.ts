import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { validate as isUuid } from 'uuid';
import { type Page, type PageRequest } from '../../infrastructure/database/page.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { type Owner } from '../../infrastructure/http/principal.js';
import { checkLedger, type LedgerReport } from './ledger-check.js';
import { type LedgerEntry } from './ledger-entry.entity.js';
import { type LedgerPageRequest, LedgerRepository } from './ledger.repository.js';
import {
  type OwnedPool,
  type PoolFilter,
  PoolSearchRepository,
} from '../pools/pool-search.repository.js';

/** The books: pools, and the entries that explain their balances. */
@Injectable()
export class LedgerService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly entries: LedgerRepository,
    private readonly poolSearch: PoolSearchRepository,
  ) {}

  /** One page of all pools, with the names of their owners. */
  pools(request: PageRequest & PoolFilter): Promise<Page<OwnedPool>> {
    return this.poolSearch.page(request);
  }

  /** @throws AppError not_found */
  async pool(id: string): Promise<OwnedPool> {
    const pool = isUuid(id) ? await this.poolSearch.find(id) : null;
    if (!pool) throw noSuchPool();
    return pool;
  }

  /** An owner's own pool; one of somebody else is as good as none. @throws AppError not_found */
  async poolOf({ ownerKind, ownerId }: Owner, id: string): Promise<OwnedPool> {
    const pool = await this.pool(id);
    if (pool.ownerKind !== ownerKind || pool.ownerId !== ownerId) throw noSuchPool();
    return pool;
  }

  /** What changed a pool, the newest first. */
  page(request: LedgerPageRequest): Promise<Page<LedgerEntry>> {
    return this.entries.page(request);
  }

  /** Checks every invariant of the books; see `checkLedger`. Not for requests. */
  check(): Promise<LedgerReport> {
    return checkLedger(this.dataSource);
  }
}

export function noSuchPool(): AppError {
  return new AppError('not_found', 'There is no budget pool with this id.');
}
