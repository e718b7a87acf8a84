import { Inject, Injectable } from '@nestjs/common';
import type BetterSqlite3 from 'better-sqlite3';
import { type PoolClient } from 'pg';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { type BatchWriter } from '../../infrastructure/database/batch-writer.js';
import { ReplicaService } from '../../infrastructure/replicas/replica.service.js';
import { MOST_SHARES } from '../rollups/rollup-tables.js';
import {
  addToLog,
  addToRollups,
  type RolledUpBy,
  writeInPostgres,
} from './postgres-record-statements.js';
import { type RequestRecord } from './request-record.js';
import { SqliteRecordStatements } from './sqlite-record-statements.js';

/**
 * Writes records of requests to the log and into the rollups, in the transaction it is given. A
 * record whose id is in the log already is left as it is and counts nothing, so that writing a batch
 * again is harmless.
 */
@Injectable()
export class RequestRecordWriter implements BatchWriter<RequestRecord, void> {
  private readonly sqlite = new WeakMap<BetterSqlite3.Database, SqliteRecordStatements>();

  constructor(
    private readonly clock: ClockService,
    @Inject(ReplicaService) private readonly replica: Pick<ReplicaService, 'place'>,
  ) {}

  inSqlite(database: BetterSqlite3.Database, records: readonly RequestRecord[]): void[] {
    let statements = this.sqlite.get(database);
    if (!statements) {
      statements = new SqliteRecordStatements(database);
      this.sqlite.set(database, statements);
    }
    statements.write(records);
    return new Array<void>(records.length).fill(undefined);
  }

  async inPostgres(client: PoolClient, records: readonly RequestRecord[]): Promise<void[]> {
    if (records.length > 0) await writeInPostgres(client, records, this.rolledUpBy());
    return new Array<void>(records.length).fill(undefined);
  }

  /**
   * The first half of the same for records that are taken to be new: the log. If one is there already,
   * this rejects and the transaction has failed. Everything is sent when it returns.
   */
  async logNewInPostgres(client: PoolClient, records: readonly RequestRecord[]): Promise<void> {
    if (records.length > 0) await addToLog(client, records);
  }

  /** The second half: the rollups, whose rows all writers share. Everything is sent when it returns. */
  async rollUpNewInPostgres(client: PoolClient, records: readonly RequestRecord[]): Promise<void> {
    if (records.length > 0) await addToRollups(client, records, this.rolledUpBy());
  }

  private rolledUpBy(): RolledUpBy {
    return { nowMs: this.clock.nowMs(), share: this.replica.place % MOST_SHARES };
  }
}
