import { Logger } from '@nestjs/common';
import { type DataSource } from 'typeorm';
import { type PoolRef } from '../../../server/src/budgets/pools/funding.js';
import { type HoldRequest } from '../../../server/src/budgets/holds/hold-request.js';
import { HoldsRepository } from '../../../server/src/budgets/holds/holds.repository.js';
import { HoldsService } from '../../../server/src/budgets/holds/holds.service.js';
import {
  type Settlement,
  type SettlementOutcome,
} from '../../../server/src/budgets/holds/settlement.js';
import { SettlementWriter } from '../../../server/src/budgets/holds/settlement-writer.js';
import { type Unit } from '../../../server/src/budgets/amounts.js';
import { type ConfigurationService } from '../../../server/src/config/configuration.service.js';
import { ClockService } from '../../../server/src/infrastructure/clock/clock.service.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { dataSourceOptions } from '../../../server/src/infrastructure/database/database-settings.js';
import { GroupCommit } from '../../../server/src/infrastructure/database/group-commit.js';
import { upgradeDatabase } from '../../../server/src/infrastructure/database/migrator.js';
import { openDataSource } from '../../../server/src/infrastructure/database/open-data-source.js';
import { type ReplicaService } from '../../../server/src/infrastructure/replicas/replica.service.js';
import { type ModelPrices } from '../../../server/src/models/model-prices.js';
import { databaseToUpgrade } from '../databases.js';
import { type Dialect } from '../lumen/lumen-server.js';

/** One nano-coin a token, in and out. */
export const ONE_A_TOKEN: ModelPrices = {
  inputPerMillion: 1_000_000n,
  cachedInputPerMillion: 1_000_000n,
  outputPerMillion: 1_000_000n,
  audioPerHour: null,
};

const CONNECTIONS = { size: 2, maxOverflow: 6, timeoutS: 5, recycleS: 3600, prePing: true };

/** The budgets' database, as one process sees it, without the rest of the application. */
export class Books implements AsyncDisposable {
  readonly replicaId = newId();
  readonly holds: HoldsService;
  readonly settling: GroupCommit<Settlement, SettlementOutcome>;
  /** What `budgets.max_queue` is set to. */
  maxQueue = 10_000;
  isFenced = false;

  private constructor(
    readonly url: string,
    readonly dataSource: DataSource,
    private readonly drop: () => Promise<void>,
  ) {
    const budgets = Object.defineProperty({}, 'maxQueue', { get: () => this.maxQueue });
    this.holds = new HoldsService(
      dataSource,
      { current: { budgets } } as unknown as ConfigurationService,
      new ClockService(),
      this.replica(),
      new HoldsRepository(dataSource),
    );
    const options = { name: 'settlements', maxWaiting: () => this.maxQueue, isPersistent: true };
    this.settling = new GroupCommit(dataSource, new SettlementWriter(), options);
  }

  static async start(dialect: Dialect): Promise<Books> {
    Logger.overrideLogger(false);
    const { url, drop } = await databaseToUpgrade(dialect);
    const books = await Books.open(url, drop);
    await upgradeDatabase(books.dataSource);
    return books;
  }

  /** Another process on the same database. */
  another(): Promise<Books> {
    return Books.open(this.url, () => Promise.resolve());
  }

  /** A new pool with so much in it, granted. */
  async pool(balance: bigint, unit: Unit = 'coins'): Promise<PoolRef> {
    const [id, owner, now] = [newId(), newId(), Date.now()];
    await this.dataSource.query(
      `INSERT INTO pools (id, owner_kind, owner_id, unit, scope, balance, held, max, refresh, policy_version, refreshed_at, created_at)
       VALUES ('${id}', 'user', '${owner}', '${unit}', '', ${balance}, 0, ${balance}, 0, '', ${now}, ${now})`,
    );
    await this.dataSource.query(
      `INSERT INTO ledger_entries (id, pool_id, at, kind, amount) VALUES ('${newId()}', '${id}', ${now}, 'grant', ${balance})`,
    );
    return { id, unit, scope: '', source: 'group faculty', max: balance, refresh: 0n };
  }

  settle(id: string, pools: Pools, used: Partial<Settlement> = {}): Promise<SettlementOutcome> {
    return this.settling.submit({
      id,
      coinPoolId: pools.coins?.id ?? null,
      tokenPoolId: pools.tokens?.id ?? null,
      coins: 0n,
      tokens: 0n,
      at: new Date(),
      isHeld: true,
      ...used,
    });
  }

  async state({ id }: PoolRef): Promise<{ balance: bigint; held: bigint }> {
    const [row] = await this.dataSource.query<Record<'balance' | 'held', string>[]>(
      `SELECT CAST(balance AS TEXT) AS balance, CAST(held AS TEXT) AS held FROM pools WHERE id = '${id}'`,
    );
    return { balance: BigInt(row!.balance), held: BigInt(row!.held) };
  }

  async entries({ id }: PoolRef): Promise<{ kind: string; amount: bigint }[]> {
    const rows = await this.dataSource.query<{ kind: string; amount: string }[]>(
      `SELECT kind, CAST(amount AS TEXT) AS amount FROM ledger_entries WHERE pool_id = '${id}' ORDER BY id`,
    );
    return rows.map(({ kind, amount }) => ({ kind, amount: BigInt(amount) }));
  }

  /** How many holds are open. */
  async open(): Promise<number> {
    const [row] = await this.dataSource.query<{ n: string }[]>('SELECT count(*) AS n FROM holds');
    return Number(row!.n);
  }

  /** What is wrong with any pool; nothing, if all invariants hold. */
  offPools(): Promise<unknown[]> {
    return this.dataSource.query(`
      SELECT p.id, p.balance, p.held FROM pools p WHERE p.balance < 0 OR p.held < 0
        OR p.held <> (SELECT COALESCE(sum(h.coins), 0) FROM holds h WHERE h.coin_pool_id = p.id)
          + (SELECT COALESCE(sum(h.tokens), 0) FROM holds h WHERE h.token_pool_id = p.id)
        OR p.balance <> (SELECT COALESCE(sum(e.amount), 0) FROM ledger_entries e WHERE e.pool_id = p.id)`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.dataSource.destroy();
    await this.drop();
  }

  private replica(): ReplicaService {
    const state = { id: this.replicaId };
    Object.defineProperty(state, 'isFenced', { get: () => this.isFenced });
    return state as unknown as ReplicaService;
  }

  private static async open(url: string, drop: () => Promise<void>): Promise<Books> {
    const settings = url.startsWith('sqlite')
      ? ({ kind: 'sqlite', file: url.replace('sqlite:///', '') } as const)
      : ({ kind: 'postgres', url, pool: CONNECTIONS } as const);
    return new Books(url, await openDataSource(dataSourceOptions(settings)), drop);
  }
}

export interface Pools {
  coins?: PoolRef | null;
  tokens?: PoolRef | null;
}

/** A request for so many output tokens, at one nano-coin and one token each. */
export function request(pools: Pools, outputTokens: number, more: Partial<HoldRequest> = {}) {
  return {
    id: newId(),
    funding: { coins: pools.coins ?? null, tokens: pools.tokens ?? null },
    prices: ONE_A_TOKEN,
    promptTokens: 0,
    outputTokens,
    isLowerable: false,
    checkpoint: '{}',
    ...more,
  } satisfies HoldRequest;
}
