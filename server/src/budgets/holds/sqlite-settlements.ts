import type BetterSqlite3 from 'better-sqlite3';
import { newId } from '../../infrastructure/crypto/identifiers.js';
import { countable } from './hold-size.js';
import { type Settlement, type SettlementOutcome } from './settlement.js';
import { SqlitePools } from './sqlite-pools.js';

type HoldRow = [
  coinPoolId: string | null,
  coins: bigint,
  tokenPoolId: string | null,
  tokens: bigint,
];

/** What one pool pays for one request, and what had been held of it. */
interface Charge {
  readonly poolId: string;
  readonly amount: bigint;
  readonly held: bigint;
}

const opened = new WeakMap<BetterSqlite3.Database, SqliteSettlements>();

/** The statements of a settlement on SQLite; they run inside a transaction of the caller's. */
export class SqliteSettlements {
  private readonly pools: SqlitePools;
  private readonly removeStatement: BetterSqlite3.Statement;
  private readonly payStatement: BetterSqlite3.Statement;
  private readonly balanceStatement: BetterSqlite3.Statement;
  private readonly enterStatement: BetterSqlite3.Statement;

  static of(database: BetterSqlite3.Database): SqliteSettlements {
    const known = opened.get(database);
    if (known) return known;
    const settlements = new SqliteSettlements(database);
    opened.set(database, settlements);
    return settlements;
  }

  private constructor(database: BetterSqlite3.Database) {
    this.pools = SqlitePools.of(database);
    const exact = (sql: string) => database.prepare(sql).safeIntegers(true);
    this.removeStatement = exact(
      'DELETE FROM holds WHERE id = ? RETURNING coin_pool_id, coins, token_pool_id, tokens',
    ).raw(true);
    this.payStatement = exact(
      `UPDATE pools SET balance = balance - ?, held = held - ? WHERE id = ? AND balance >= ?
       RETURNING balance - held`,
    ).pluck(true);
    this.balanceStatement = exact('SELECT balance FROM pools WHERE id = ?').pluck(true);
    this.enterStatement = database.prepare(
      'INSERT INTO ledger_entries (id, pool_id, at, kind, amount, request_log_id) VALUES (?, ?, ?, ?, ?, ?)',
    );
  }

  settle(settlement: Settlement): SettlementOutcome {
    const { id, coins, tokens, coinPoolId, tokenPoolId } = settlement;
    const row = this.removeStatement.get(id) as HoldRow | undefined;
    if (!row) {
      const { pools } = this;
      const available = { coins: pools.left(coinPoolId), tokens: pools.left(tokenPoolId) };
      return { isFirst: false, available };
    }
    const [coinPool, coinsHeld, tokenPool, tokensHeld] = row;
    const coinsLeft =
      coinPool === null
        ? null
        : this.charge({ poolId: coinPool, amount: countable(coins), held: coinsHeld }, settlement);
    const tokensLeft =
      tokenPool === null
        ? null
        : this.charge(
            { poolId: tokenPool, amount: countable(tokens), held: tokensHeld },
            settlement,
          );
    return { isFirst: true, available: { coins: coinsLeft, tokens: tokensLeft } };
  }

  /** Answers what the pool has left beside all holds. */
  private charge(charge: Charge, settlement: Settlement): bigint {
    const { poolId, amount, held } = charge;
    const left = this.payStatement.get(amount, held, poolId, amount) as bigint | undefined;
    if (left === undefined) return this.payInPart(charge, settlement);
    if (amount > 0n) this.enter(settlement, charge, 'charge', -amount);
    return left;
  }

  private payInPart(charge: Charge, settlement: Settlement): bigint {
    const { poolId, amount, held } = charge;
    const balance = this.balanceStatement.get(poolId) as bigint | undefined;
    // A pool that is gone has nothing to explain.
    if (balance === undefined) return 0n;
    this.enter(settlement, charge, 'charge', -amount);
    this.enter(settlement, charge, 'uncollected', amount - balance);
    return this.payStatement.get(balance, held, poolId, balance) as bigint;
  }

  private enter(settlement: Settlement, charge: Charge, kind: string, amount: bigint): void {
    const atMs = settlement.at.getTime();
    this.enterStatement.run(newId(), charge.poolId, atMs, kind, amount, settlement.id);
  }
}
