import type BetterSqlite3 from 'better-sqlite3';
import { type HoldAsk } from './hold-ask.js';
import { type Available } from './hold-request.js';
import { type HoldSize } from './hold-size.js';
import { nextTry } from './hold-ask.js';

const opened = new WeakMap<BetterSqlite3.Database, SqlitePools>();

/** The statements that hold of pools on SQLite. Amounts are exact: integers of 64 bits. */
export class SqlitePools {
  private readonly takeStatement: BetterSqlite3.Statement;
  private readonly giveStatement: BetterSqlite3.Statement;
  private readonly leftStatement: BetterSqlite3.Statement;

  static of(database: BetterSqlite3.Database): SqlitePools {
    const known = opened.get(database);
    if (known) return known;
    const pools = new SqlitePools(database);
    opened.set(database, pools);
    return pools;
  }

  private constructor(database: BetterSqlite3.Database) {
    const amount = (sql: string) => database.prepare(sql).safeIntegers(true).pluck(true);
    this.takeStatement = amount(
      'UPDATE pools SET held = held + ? WHERE id = ? AND balance - held >= ? RETURNING balance - held',
    );
    this.giveStatement = database.prepare('UPDATE pools SET held = held - ? WHERE id = ?');
    this.leftStatement = amount('SELECT balance - held FROM pools WHERE id = ?');
  }

  /** What a pool has left beside its holds; null for none. */
  left(poolId: string | null): bigint | null {
    return poolId === null ? null : ((this.leftStatement.get(poolId) as bigint | undefined) ?? 0n);
  }

  /**
   * Holds what was asked for of both pools, or what can be paid. Null: nothing was held; there are
   * `left` then.
   */
  hold(ask: HoldAsk, left: Available): HoldSize | null {
    if (this.takeBoth(ask, ask.size, left)) return ask.size;
    left.coins = this.left(ask.coinPoolId);
    left.tokens = this.left(ask.tokenPoolId);
    const less = nextTry(ask, left);
    return less && this.takeBoth(ask, less, left) ? less : null;
  }

  private takeBoth(ask: HoldAsk, size: HoldSize, left: Available): boolean {
    const { coinPoolId, tokenPoolId } = ask;
    if (coinPoolId !== null) {
      const coins = this.take(coinPoolId, size.coins);
      if (coins === undefined) return false;
      left.coins = coins;
    }
    if (tokenPoolId === null) return true;
    const tokens = this.take(tokenPoolId, size.tokens);
    if (tokens !== undefined) left.tokens = tokens;
    else if (coinPoolId !== null) this.giveStatement.run(size.coins, coinPoolId);
    return tokens !== undefined;
  }

  /** What is left then; undefined: the pool has not got so much, and nothing was taken. */
  private take(poolId: string, amount: bigint): bigint | undefined {
    if (amount === 0n) return this.leftStatement.get(poolId) as bigint | undefined;
    return this.takeStatement.get(amount, poolId, amount) as bigint | undefined;
  }
}
