import { type DataSource } from 'typeorm';
import { type BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import { ExclusiveGate } from './exclusive-gate.js';

const gates = new WeakMap<DataSource, ExclusiveGate>();

/**
 * Makes transactions on SQLite what they are on PostgreSQL. TypeORM has one connection there and one
 * query runner for everybody: two transactions at a time become one, and a statement of somebody else
 * is undone with a transaction it has nothing to do with. Here each asker gets a runner of its own, and
 * while one has a transaction open the others wait for their turn.
 */
export function isolateSqlite(dataSource: DataSource): void {
  const driver = dataSource.driver as BetterSqlite3Driver;
  const gate = new ExclusiveGate();
  const statements = new Map<string, unknown>();
  gates.set(dataSource, gate);
  driver.createQueryRunner = () => new IsolatedQueryRunner(driver, gate, statements);
}

/** The gate that statements past TypeORM have to go through; null on PostgreSQL, which needs none. */
export function sqliteGate(dataSource: DataSource): ExclusiveGate | null {
  return gates.get(dataSource) ?? null;
}

class IsolatedQueryRunner extends BetterSqlite3QueryRunner {
  constructor(
    driver: BetterSqlite3Driver,
    private readonly gate: ExclusiveGate,
    statements: Map<string, unknown>,
  ) {
    super(driver);
    Object.assign(this, { stmtCache: statements });
  }

  override async query<T = unknown>(
    sql: string,
    parameters?: unknown[],
    useStructuredResult?: boolean,
  ): Promise<T> {
    // A transaction that will write takes the write lock at once, instead of failing half-way.
    const text = sql === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE' : sql;
    if (this.gate.isHeldBy(this)) return this.ask<T>(text, parameters, useStructuredResult);
    return this.gate.run(() => this.ask<T>(text, parameters, useStructuredResult));
  }

  override async startTransaction(
    ...options: Parameters<BetterSqlite3QueryRunner['startTransaction']>
  ): Promise<void> {
    if (this.transactionDepth > 0) return super.startTransaction(...options);
    await this.gate.enter(this);
    try {
      await super.startTransaction(...options);
    } catch (error) {
      this.isTransactionActive = false;
      this.gate.leave(this);
      throw error;
    }
  }

  override async commitTransaction(): Promise<void> {
    const isOutermost = this.transactionDepth <= 1;
    await super.commitTransaction();
    if (isOutermost) this.gate.leave(this);
  }

  override async rollbackTransaction(): Promise<void> {
    const isOutermost = this.transactionDepth <= 1;
    try {
      await super.rollbackTransaction();
    } finally {
      if (isOutermost) this.gate.leave(this);
    }
  }

  private ask<T>(sql: string, parameters?: unknown[], isStructured?: boolean): Promise<T> {
    return super.query(sql, parameters, isStructured) as Promise<T>;
  }
}
