import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type BetterSqlite3 from 'better-sqlite3';
import { DataSource } from 'typeorm';
import { newId } from '../../infrastructure/crypto/identifiers.js';
import { placeholders } from '../../infrastructure/database/placeholders.js';
import { sqliteGate } from '../../infrastructure/database/sqlite-isolation.js';
import { POOL_COLUMNS, poolOf, type PoolRow, type RawPool } from '../pools/pool-row.js';
import { type Adoption, type Credit, type RefreshBatch } from './refresh-batch.js';
import { REFRESH_AFTER_MS } from './refresh-credit.js';
import { ADOPT_POLICIES, REFRESH_POOLS } from './refresh-statements.js';
import { SqliteRefresh } from './sqlite-refresh.js';

interface Search {
  nowMs: number;
  version: string;
  /** The id of the last pool of the page before; empty for the first. */
  after: string;
  limit: number;
}

/** Finds the pools that time or a new policy has to do with, and writes what follows. */
@Injectable()
export class RefreshRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Pools that are due and those whose policy was worked out from something else, by id. */
  async findDue({ nowMs, version, after, limit }: Search): Promise<PoolRow[]> {
    const rows = await this.dataSource.query<RawPool[]>(
      placeholders(
        this.dataSource,
        `SELECT ${POOL_COLUMNS} FROM pools
         WHERE id > ? AND (policy_version <> ? OR refresh > 0 AND refreshed_at <= ?)
         ORDER BY pools.id LIMIT ?`,
      ),
      [after, version, nowMs - REFRESH_AFTER_MS, limit],
    );
    return rows.map(poolOf);
  }

  /**
   * Writes a batch: one transaction on SQLite, on PostgreSQL one for the policies and one for the
   * credits. A pool that is not as it was read is passed over: somebody else has refreshed it, or
   * given it another policy. Answers how many pools got something.
   */
  async write(batch: RefreshBatch): Promise<number> {
    const gate = sqliteGate(this.dataSource);
    if (!gate) return this.writeInPostgres(batch);
    return gate.run(() => {
      const { driver } = this.dataSource;
      const { databaseConnection } = driver as unknown as {
        databaseConnection: BetterSqlite3.Database;
      };
      return SqliteRefresh.of(databaseConnection).write(batch);
    });
  }

  private async writeInPostgres({ credits, adoptions, nowMs }: RefreshBatch): Promise<number> {
    if (adoptions.length > 0) {
      await this.dataSource.query(ADOPT_POLICIES, [...adoptionColumns(adoptions), nowMs]);
    }
    if (credits.length === 0) return 0;
    const values = [...creditColumns(credits), nowMs];
    return (await this.dataSource.query<unknown[]>(REFRESH_POOLS, values)).length;
  }
}

const column = <T, V>(items: readonly T[], value: (item: T) => V): V[] => items.map(value);

function creditColumns(credits: readonly Credit[]): unknown[] {
  return [
    column(credits, ({ pool }) => pool.id),
    column(credits, ({ pool }) => pool.refreshedAt.getTime()),
    column(credits, ({ pool }) => pool.max),
    column(credits, ({ pool }) => pool.refresh),
    column(credits, ({ credit }) => credit),
    credits.map(() => newId()),
  ];
}

function adoptionColumns(adoptions: readonly Adoption[]): unknown[] {
  return [
    column(adoptions, ({ pool }) => pool.id),
    column(adoptions, ({ pool }) => pool.refreshedAt.getTime()),
    column(adoptions, ({ pool }) => pool.policyVersion),
    column(adoptions, ({ max }) => max),
    column(adoptions, ({ refresh }) => refresh),
    column(adoptions, ({ version }) => version),
  ];
}
