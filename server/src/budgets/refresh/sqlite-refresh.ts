import type BetterSqlite3 from 'better-sqlite3';
import { newId } from '../../infrastructure/crypto/identifiers.js';
import { type Adoption, type Credit, type RefreshBatch } from './refresh-batch.js';

const opened = new WeakMap<BetterSqlite3.Database, SqliteRefresh>();

const UNCHANGED = 'id = ? AND refreshed_at = ? AND max = ? AND refresh = ?';

/** The statements of a refresh on SQLite, where the transaction is the only one that writes. */
export class SqliteRefresh {
  private readonly enterStatement: BetterSqlite3.Statement;
  private readonly addStatement: BetterSqlite3.Statement;
  private readonly adoptStatement: BetterSqlite3.Statement;
  private readonly writeAll: BetterSqlite3.Transaction<(batch: RefreshBatch) => number>;

  static of(database: BetterSqlite3.Database): SqliteRefresh {
    const known = opened.get(database);
    if (known) return known;
    const refresh = new SqliteRefresh(database);
    opened.set(database, refresh);
    return refresh;
  }

  private constructor(database: BetterSqlite3.Database) {
    this.enterStatement = database.prepare(
      `INSERT INTO ledger_entries (id, pool_id, at, kind, amount)
       SELECT ?, id, ?, 'refresh', MIN(?, MAX(max - balance, 0)) FROM pools
       WHERE ${UNCHANGED} AND MIN(?, MAX(max - balance, 0)) > 0`,
    );
    this.addStatement = database.prepare(
      `UPDATE pools SET balance = balance + MIN(?, MAX(max - balance, 0)), refreshed_at = ?
       WHERE ${UNCHANGED}`,
    );
    this.adoptStatement = database.prepare(
      `UPDATE pools SET max = ?, refresh = ?, policy_version = ?,
         refreshed_at = CASE WHEN max <> ? OR refresh <> ? THEN ? ELSE refreshed_at END
       WHERE id = ? AND refreshed_at = ? AND policy_version = ?`,
    );
    this.writeAll = database.transaction(({ credits, adoptions, nowMs }) => {
      for (const adoption of adoptions) this.adopt(adoption, nowMs);
      let given = 0;
      for (const credit of credits) given += this.add(credit, nowMs);
      return given;
    });
  }

  write(batch: RefreshBatch): number {
    return this.writeAll.immediate(batch);
  }

  /** The entry first: it and the balance are worked out from the same row. */
  private add({ pool, credit }: Credit, nowMs: number): number {
    const asRead = [pool.id, pool.refreshedAt.getTime(), pool.max, pool.refresh];
    const { changes } = this.enterStatement.run(newId(), nowMs, credit, ...asRead, credit);
    this.addStatement.run(credit, nowMs, ...asRead);
    return changes;
  }

  private adopt({ pool, max, refresh, version }: Adoption, nowMs: number): void {
    const numbers = [max, refresh];
    const asRead = [pool.id, pool.refreshedAt.getTime(), pool.policyVersion];
    this.adoptStatement.run(...numbers, version, ...numbers, nowMs, ...asRead);
  }
}
