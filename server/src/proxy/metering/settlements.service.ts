import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type BetterSqlite3 from 'better-sqlite3';
import { type PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { type Settlement, type SettlementOutcome, SettlementWriter } from '../../budgets/index.js';
import { ConfigurationService } from '../../config/configuration.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import {
  type BatchWriter,
  type PostgresRound,
} from '../../infrastructure/database/batch-writer.js';
import { GroupCommit } from '../../infrastructure/database/group-commit.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { type RequestRecord, RequestRecordWriter } from '../../usage/index.js';
import { SpendingService } from './spending.service.js';

/** An answer waits no longer for its settlement, which is written all the same. */
const LONGEST_WAIT_MS = 10_000;
/** What is not written by then is left to the reaper, which finds its holds. */
const LONGEST_GOODBYE_MS = 10_000;

interface Closing {
  record: RequestRecord;
  settlement: Settlement;
}

/**
 * Ends requests in the books: charges the pools, releases the hold and writes the record, in one
 * transaction shared by all that end at about the same time. Tries until the database has it.
 */
@Injectable()
export class SettlementsService implements BeforeApplicationShutdown {
  private readonly logger = new Logger(SettlementsService.name);
  private readonly lane: GroupCommit<Closing, SettlementOutcome>;

  constructor(
    @InjectDataSource() dataSource: DataSource,
    configuration: ConfigurationService,
    settlements: SettlementWriter,
    records: RequestRecordWriter,
    private readonly clock: ClockService,
    private readonly spending: SpendingService,
  ) {
    this.lane = new GroupCommit(dataSource, new ClosingWriter(settlements, records), {
      name: 'settlements',
      maxWaiting: () => configuration.current.budgets.maxQueue,
      isPersistent: true,
      // All add to the same rows of the rollups, where a second batch would wait for the first.
      mostInFlight: 1,
    });
  }

  /**
   * Asked before a request begins that will have to be settled.
   * @throws AppError overloaded
   */
  assertRoom(): void {
    this.lane.assertRoom();
  }

  /** Settles a request by its record: cost, tokens and pools. Resolves when it is durable. */
  settle(record: RequestRecord): Promise<SettlementOutcome> {
    return this.lane.submit({ record, settlement: settlementOf(record, this.clock.now()) });
  }

  /**
   * The same for a caller who waits: for ten seconds at the most. The settlement is written even
   * if the caller hears that it was not yet.
   * @throws AppError database_unavailable
   */
  async settleSoon(record: RequestRecord): Promise<SettlementOutcome> {
    const { promise: patience, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(notYetDurable()), LONGEST_WAIT_MS);
    try {
      const outcome = await Promise.race([this.settle(record), patience]);
      if (record.cost !== null && record.userId !== null) this.spending.tell(record.userId);
      return outcome;
    } finally {
      clearTimeout(timer);
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (await this.lane.idle(LONGEST_GOODBYE_MS)) return;
    this.logger.error(
      `${this.lane.waiting} requests could not be settled: the database does not answer. They are settled by their last checkpoints when it does.`,
    );
  }
}

/**
 * The charge and the log, which has a request only if this was what ended it. On PostgreSQL it is
 * taken for granted that it was: everything goes there in one piece, and fails as one where it was
 * not. Only the second try asks first.
 */
class ClosingWriter implements BatchWriter<Closing, SettlementOutcome> {
  readonly isOptimistic = true;

  constructor(
    private readonly settlements: SettlementWriter,
    private readonly records: RequestRecordWriter,
  ) {}

  inSqlite(database: BetterSqlite3.Database, items: readonly Closing[]): SettlementOutcome[] {
    const outcomes = this.settlements.inSqlite(database, items.map(settlementIn));
    this.records.inSqlite(database, firstRecords(items, outcomes));
    return outcomes;
  }

  inPostgres(
    client: PoolClient,
    items: readonly Closing[],
    round: PostgresRound,
  ): Promise<SettlementOutcome[]> {
    return round.isRepeat
      ? this.withCare(client, items, round)
      : this.inOnePiece(client, items, round);
  }

  /** The pools last, since others wait for them. */
  private async inOnePiece(
    client: PoolClient,
    items: readonly Closing[],
    round: PostgresRound,
  ): Promise<SettlementOutcome[]> {
    const logged = this.records.newInPostgres(client, items.map(recordIn));
    const settled = this.settlements.allInPostgres(client, items.map(settlementIn));
    round.commit();
    const [outcomes] = await Promise.all([settled, logged]);
    return outcomes;
  }

  private async withCare(
    client: PoolClient,
    items: readonly Closing[],
    round: PostgresRound,
  ): Promise<SettlementOutcome[]> {
    const settlements = items.map(settlementIn);
    const outcomes = await this.settlements.inPostgres(client, settlements);
    await this.records.inPostgres(client, firstRecords(items, outcomes));
    round.commit();
    return outcomes;
  }
}

const recordIn = ({ record }: Closing) => record;
const settlementIn = ({ settlement }: Closing) => settlement;

function firstRecords(
  items: readonly Closing[],
  outcomes: readonly SettlementOutcome[],
): RequestRecord[] {
  const records: RequestRecord[] = [];
  for (const [index, { record }] of items.entries()) {
    if (outcomes[index]?.isFirst) records.push(record);
  }
  return records;
}

function settlementOf(record: RequestRecord, at: Date): Settlement {
  const { id, coinPoolId, tokenPoolId, cost, promptTokens, completionTokens } = record;
  const isUsed = cost !== null;
  return {
    id,
    coinPoolId,
    tokenPoolId,
    coins: cost ?? 0n,
    tokens: isUsed ? BigInt((promptTokens ?? 0) + (completionTokens ?? 0)) : 0n,
    at,
    isHeld: coinPoolId !== null || tokenPoolId !== null,
  };
}

function notYetDurable(): AppError {
  return new AppError(
    'database_unavailable',
    'The answer could not be written into the books in time, so that it is not given out. What it used is charged once the database answers. Try again in a few seconds.',
    { retryAfterS: 5 },
  );
}
