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
  readonly record: RequestRecord;
  readonly settlement: Settlement;
}

/** A place in the line. What stands in it may be exchanged for as long as no try is under way. */
interface Place {
  closing: Closing;
}

/**
 * Ends requests in the books: charges the pools, releases the hold and writes the record, in one
 * transaction shared by all that end at about the same time. Tries until the database has it.
 */
@Injectable()
export class SettlementsService implements BeforeApplicationShutdown {
  private readonly logger = new Logger(SettlementsService.name);
  private readonly lane: GroupCommit<Place, SettlementOutcome>;

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
    return this.lane.submit({ closing: this.closingOf(record) });
  }

  /**
   * The same for a caller who waits: for ten seconds at the most. The settlement is written even
   * if the caller hears that it was not yet. Where the caller then gets nothing of the answer,
   * `takenBack` says what is to be written instead; only a try that was under way at that moment,
   * and succeeds after all, still writes what it was given.
   * @throws AppError database_unavailable
   */
  async settleSoon(
    record: RequestRecord,
    takenBack: () => RequestRecord | null,
  ): Promise<SettlementOutcome> {
    const place = { closing: this.closingOf(record) };
    const { promise: patience, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      const instead = takenBack();
      if (instead) place.closing = this.closingOf(instead);
      reject(notYetDurable(instead !== null));
    }, LONGEST_WAIT_MS);
    try {
      const outcome = await Promise.race([this.lane.submit(place), patience]);
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

  private closingOf(record: RequestRecord): Closing {
    return { record, settlement: settlementOf(record, this.clock.now()) };
  }
}

/**
 * The charge and the log, which has a request only if this was what ended it. On PostgreSQL it is
 * taken for granted that it was: everything goes there in one piece, and fails as one where it was
 * not. Only the second try asks first.
 */
class ClosingWriter implements BatchWriter<Place, SettlementOutcome> {
  readonly isOptimistic = true;

  constructor(
    private readonly settlements: SettlementWriter,
    private readonly records: RequestRecordWriter,
  ) {}

  inSqlite(database: BetterSqlite3.Database, places: readonly Place[]): SettlementOutcome[] {
    const items = places.map(closingIn);
    const outcomes = this.settlements.inSqlite(database, items.map(settlementIn));
    this.records.inSqlite(database, firstRecords(items, outcomes));
    return outcomes;
  }

  /** A try writes what stood in the places when it began, charge and record alike. */
  inPostgres(
    client: PoolClient,
    places: readonly Place[],
    round: PostgresRound,
  ): Promise<SettlementOutcome[]> {
    const items = places.map(closingIn);
    return round.isRepeat
      ? this.withCare(client, items, round)
      : this.inOnePiece(client, items, round);
  }

  /**
   * The rollups last: their rows are everybody's, and whoever adds to them next waits for this commit.
   * Pools before rollups is the order of the careful way too.
   */
  private async inOnePiece(
    client: PoolClient,
    items: readonly Closing[],
    round: PostgresRound,
  ): Promise<SettlementOutcome[]> {
    const records = items.map(recordIn);
    const logged = this.records.logNewInPostgres(client, records);
    const settled = this.settlements.allInPostgres(client, items.map(settlementIn));
    const rolledUp = this.records.rollUpNewInPostgres(client, records);
    round.commit();
    const [outcomes] = await Promise.all([settled, logged, rolledUp]);
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

const closingIn = ({ closing }: Place) => closing;
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

function notYetDurable(isTakenBack: boolean): AppError {
  const charge = isTakenBack
    ? 'It is not charged, unless the database was about to write it'
    : 'What it used is charged once the database answers';
  return new AppError(
    'database_unavailable',
    `The answer could not be written into the books in time, so that it is not given out. ${charge}. Try again in a few seconds.`,
    { retryAfterS: 5 },
  );
}
