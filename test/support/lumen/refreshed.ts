import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SchedulerRegistry } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { AppModule } from '../../../server/src/app.module.js';
import { type Unit } from '../../../server/src/budgets/amounts.js';
import { FundingService } from '../../../server/src/budgets/pools/funding.service.js';
import { PoolsRepository } from '../../../server/src/budgets/pools/pools.repository.js';
import { type PoolRow } from '../../../server/src/budgets/pools/pool-row.js';
import { RefreshService } from '../../../server/src/budgets/refresh/refresh.service.js';
import { ConfigurationService } from '../../../server/src/config/configuration.service.js';
import { loadConfiguration } from '../../../server/src/config/index.js';
import { databaseSettings } from '../../../server/src/database-settings.js';
import { ClockService } from '../../../server/src/infrastructure/clock/clock.service.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { dataSourceOptions } from '../../../server/src/infrastructure/database/database-settings.js';
import { openDataSource } from '../../../server/src/infrastructure/database/open-data-source.js';
import { upgradeDatabase } from '../../../server/src/infrastructure/database/migrator.js';
import { UsersService } from '../../../server/src/users/users.service.js';
import { databaseToUpgrade, type FreshDatabase } from '../databases.js';
import { configurationText, type Dialect } from './lumen-server.js';

/** A process looks by itself a minute after its start, too: see `quiet`. */
const INTERVAL_S = 3_600;
/** What the group of everybody has unless a test says otherwise. */
const UNLIMITED = 'max: -2';
const JOB = 'refresh-budgets';

/** Processes of Lumen on one database, whose time and configuration a test moves. */
export class RefreshedLumen implements AsyncDisposable {
  nowMs = Date.UTC(2026, 2, 1, 12, 34, 56, 789);
  private readonly processes: INestApplicationContext[] = [];

  private constructor(
    private readonly database: FreshDatabase,
    private readonly directory: string,
    private readonly everybody: string,
    private text = '',
  ) {}

  static async start(
    dialect: Dialect,
    users = '{}',
    everybody = UNLIMITED,
  ): Promise<RefreshedLumen> {
    const database = await databaseToUpgrade(dialect);
    const directory = await mkdtemp(path.join(tmpdir(), 'lumen-refreshed-'));
    const lumen = new RefreshedLumen(database, directory, everybody);
    await lumen.write(users);
    await lumen.upgrade();
    await lumen.add();
    return lumen;
  }

  /** The process that was started last. */
  get app(): INestApplicationContext {
    return this.processes.at(-1)!;
  }

  get dataSource(): DataSource {
    return this.app.get(DataSource);
  }

  /** One more process, at the same time of day. */
  async add(): Promise<INestApplicationContext> {
    const loaded = this.load();
    const context = await NestFactory.createApplicationContext(
      AppModule.forRoot({ configurationPath: this.file, loaded, watchIntervalMs: 0 }),
      { logger: false, abortOnError: false },
    );
    const clock = context.get(ClockService);
    clock.nowMs = () => this.nowMs;
    clock.now = () => new Date(this.nowMs);
    this.processes.push(context);
    return context;
  }

  async restart(): Promise<void> {
    await this.processes.pop()!.close();
    await this.add();
  }

  /** From now on the process looks only when it is told to. */
  quiet(): void {
    const scheduler = this.app.get(SchedulerRegistry);
    if (scheduler.doesExist('timeout', JOB)) scheduler.deleteTimeout(JOB);
  }

  /** What stands below `users:`, as YAML or JSON; in force when it resolves. */
  async configure(users: string, intervalS = INTERVAL_S): Promise<void> {
    await this.write(users, intervalS);
    for (const process of this.processes) await process.get(ConfigurationService).lookNow();
  }

  refresh(process = this.app): Promise<number | null> {
    return process.get(RefreshService).refreshAll();
  }

  /** A person with the pools that they are to have now. */
  async person(email: string): Promise<string> {
    const { id } = await this.app.get(UsersService).ensure(email);
    await this.app.get(FundingService).prepare({ ownerKind: 'user', ownerId: id });
    return id;
  }

  async pools(ownerId: string): Promise<PoolRow[]> {
    return this.app.get(PoolsRepository).of({ ownerId });
  }

  async pool(ownerId: string, unit: Unit): Promise<PoolRow> {
    const found = (await this.pools(ownerId)).find((pool) => pool.unit === unit);
    if (!found) throw new Error(`There is no pool of ${unit}.`);
    return found;
  }

  /** As a settlement or a gift does it, in a transaction with its entry. */
  async change({ id }: { id: string }, amount: bigint): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.query(`UPDATE pools SET balance = balance + ${amount} WHERE id = '${id}'`);
      await manager.query(
        `INSERT INTO ledger_entries (id, pool_id, at, kind, amount)
         VALUES ('${newId()}', '${id}', ${this.nowMs}, 'adjustment', ${amount})`,
      );
    });
  }

  /** The amounts of a pool's entries of the kind `refresh`, in their order. */
  async credits({ id }: { id: string }): Promise<bigint[]> {
    const rows = await this.dataSource.query<{ amount: string }[]>(
      `SELECT CAST(amount AS TEXT) AS amount FROM ledger_entries
       WHERE pool_id = '${id}' AND kind = 'refresh' ORDER BY id`,
    );
    return rows.map(({ amount }) => BigInt(amount));
  }

  /** Pools whose balance is below 0 or not what the ledger explains. */
  unexplained(): Promise<unknown[]> {
    return this.dataSource.query(
      `SELECT p.id FROM pools p WHERE p.balance < 0 OR p.balance <>
         (SELECT COALESCE(SUM(e.amount), 0) FROM ledger_entries e WHERE e.pool_id = p.id)
       UNION SELECT pool_id FROM ledger_entries WHERE amount = 0`,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const process of this.processes) await process.close();
    await this.database.drop();
    await rm(this.directory, { recursive: true, force: true });
  }

  private async upgrade(): Promise<void> {
    const settings = databaseSettings(this.load().config);
    const dataSource = await openDataSource(dataSourceOptions(settings));
    await upgradeDatabase(dataSource);
    await dataSource.destroy();
  }

  private load() {
    const loaded = loadConfiguration({ text: this.text, env: {} });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors.slice(0, 5)));
    return loaded;
  }

  private get file(): string {
    return path.join(this.directory, 'config.yaml');
  }

  private async write(users: string, intervalS = INTERVAL_S): Promise<void> {
    const extra = `budgets: { refresh_interval_s: ${intervalS} }\nusers: ${users}`;
    const text = configurationText(this.database.url, { extra });
    this.text = text.replace(UNLIMITED, this.everybody);
    await writeFile(this.file, this.text);
  }
}
