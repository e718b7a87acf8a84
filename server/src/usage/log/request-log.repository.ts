import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type BetterSqlite3 from 'better-sqlite3';
import { DataSource } from 'typeorm';
import { lanePool } from '../../infrastructure/database/group-commit-pool.js';
import { sqliteGate } from '../../infrastructure/database/sqlite-isolation.js';
import { type RequestRecord } from './request-record.js';
import { RequestRecordWriter } from './request-record-writer.js';

/** Writes records in a transaction of their own. */
@Injectable()
export class RequestLogRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly writer: RequestRecordWriter,
  ) {}

  /** Appends all of them or none. A record that is there already is left as it is. */
  async append(records: readonly RequestRecord[]): Promise<void> {
    if (this.dataSource.options.type === 'postgres') await this.appendToPostgres(records);
    else await sqliteGate(this.dataSource)?.run(() => this.appendToSqlite(records));
  }

  private async appendToPostgres(records: readonly RequestRecord[]): Promise<void> {
    // Statements of a batch are sent without waiting for each other, which needs a lane's connection.
    const client = await lanePool(this.dataSource).connect();
    let failure: Error | undefined;
    try {
      await client.query('BEGIN');
      await this.writer.inPostgres(client, records);
      await client.query('COMMIT');
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      client.release(failure);
    }
  }

  private appendToSqlite(records: readonly RequestRecord[]): void {
    const { databaseConnection } = this.dataSource.driver as unknown as {
      databaseConnection: BetterSqlite3.Database;
    };
    databaseConnection
      .transaction(() => this.writer.inSqlite(databaseConnection, records))
      .immediate();
  }
}
