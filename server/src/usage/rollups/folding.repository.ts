import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { placeholders } from '../../infrastructure/database/placeholders.js';
import {
  beforeHour,
  type FoldedUntil,
  KEY,
  keyOf,
  MARKS,
  TEXTS_OF_HOURLY,
} from './folded-until.js';
import { LOCK_FOR_FOLDING } from './late-additions.js';
import {
  addToSums,
  columnsOf,
  FOLDED_TABLES,
  HOURLY,
  nextStart,
  type RollupTable,
  SHARED_TABLES,
  sharesOf,
  startOf,
  SUM_COLUMNS,
  type TimeKey,
} from './rollup-tables.js';

const KEYS = HOURLY.keys.join(', ');
const POSITION = `SELECT ${KEYS} FROM usage_folding`;
const NEXT_HOUR = `SELECT hour FROM usage_hourly WHERE ${KEY} > ${MARKS} ORDER BY ${KEYS} LIMIT 1`;
const LAST_OF_PART = `SELECT ${KEYS} FROM usage_hourly
  WHERE hour < ? AND ${KEY} > ${MARKS} ORDER BY ${KEYS} LIMIT 1 OFFSET ?`;
const MOVE = `UPDATE usage_folding SET ${HOURLY.keys.map((key) => `${key} = ?`).join(', ')}`;

type RawKey = Record<(typeof HOURLY.keys)[number], string | number>;

/** Moves the sums of hours into those of days, thirds and months, some rows at a time. */
@Injectable()
export class FoldingRepository {
  private readonly isPostgres: boolean;

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {
    this.isPostgres = dataSource.options.type === 'postgres';
  }

  /**
   * Folds the next rows, at most so many, of a day and of hours before `limit`, each exactly once whoever else is
   * at it. False: there are none left.
   */
  async foldPart(limit: number, rows: number): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      if (this.isPostgres) await manager.query(LOCK_FOR_FOLDING);
      const from = await this.position(manager);
      const hour = await this.nextHour(manager, from);
      if (hour === null || hour >= limit) {
        if (from.hour < limit) await this.move(manager, beforeHour(limit));
        return false;
      }
      const end = Math.min(nextStart('day', hour), limit);
      const to = await this.endOfPart(manager, { from, end, rows });
      for (const table of FOLDED_TABLES) {
        const unit = table.keys[0] as TimeKey;
        const values = [startOf(unit, hour), ...keyOf(from), ...keyOf(to)];
        await this.ask(manager, foldStatement(table), values);
      }
      await this.move(manager, to);
      return true;
    });
  }

  /**
   * Adds the shares of hours before `limit` to the tables that they are shares of: few are read beside
   * these then, and a version that knows no shares sees them too. Whoever reads sees no difference.
   */
  async addUpShares(limit: number): Promise<void> {
    if (!this.isPostgres) return;
    for (const table of SHARED_TABLES) {
      await this.dataSource.query(placeholders(this.dataSource, addUpStatement(table)), [limit]);
    }
  }

  private async position(manager: EntityManager): Promise<FoldedUntil> {
    const [row] = await this.ask<RawKey[]>(manager, POSITION, []);
    return readKey(row!);
  }

  private async nextHour(manager: EntityManager, from: FoldedUntil): Promise<number | null> {
    const [row] = await this.ask<{ hour: string | number }[]>(manager, NEXT_HOUR, keyOf(from));
    return row ? Number(row.hour) : null;
  }

  private async endOfPart(
    manager: EntityManager,
    { from, end, rows }: { from: FoldedUntil; end: number; rows: number },
  ): Promise<FoldedUntil> {
    const values = [end, ...keyOf(from), rows - 1];
    const [last] = await this.ask<RawKey[]>(manager, LAST_OF_PART, values);
    return last ? readKey(last) : beforeHour(end);
  }

  private async move(manager: EntityManager, to: FoldedUntil): Promise<void> {
    await this.ask(manager, MOVE, keyOf(to));
  }

  private ask<T>(manager: EntityManager, sql: string, values: unknown[]): Promise<T> {
    return manager.query<T>(placeholders(this.dataSource, sql), values);
  }
}

function readKey(row: RawKey): FoldedUntil {
  return { hour: Number(row.hour), texts: TEXTS_OF_HOURLY.map((name) => String(row[name])) };
}

function addUpStatement(table: RollupTable): string {
  const keys = table.keys.join(', ');
  const sums = SUM_COLUMNS.map((sum) => `SUM(${sum})`).join(', ');
  return `WITH moved AS (DELETE FROM ${sharesOf(table).name} WHERE hour < ? RETURNING *)
    INSERT INTO ${table.name} (${columnsOf(table).join(', ')})
    SELECT ${keys}, ${sums} FROM moved GROUP BY ${keys} ORDER BY ${keys} ${addToSums(table)}`;
}

function foldStatement(table: RollupTable): string {
  const texts = table.keys.slice(1).join(', ');
  const sums = SUM_COLUMNS.map((sum) => `SUM(${sum})`).join(', ');
  return `INSERT INTO ${table.name} (${columnsOf(table).join(', ')})
    SELECT CAST(? AS BIGINT), ${texts}, ${sums} FROM usage_hourly
    WHERE ${KEY} > ${MARKS} AND ${KEY} <= ${MARKS}
    GROUP BY ${texts} ORDER BY ${texts} ${addToSums(table)}`;
}
