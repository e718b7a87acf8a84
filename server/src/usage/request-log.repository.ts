import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type BetterSqlite3 from 'better-sqlite3';
import { type Pool } from 'pg';
import { DataSource } from 'typeorm';
import { sqliteGate } from '../infrastructure/database/sqlite-isolation.js';
import { type RequestRecord } from './request-record.js';

type Cell = string | number | boolean | null;

interface ColumnOfLog {
  name: string;
  postgresType: 'text' | 'bigint' | 'boolean';
  read: (record: RequestRecord) => Cell;
}

const text = (name: string, read: ColumnOfLog['read']): ColumnOfLog => ({
  name,
  postgresType: 'text',
  read,
});
const number = (name: string, read: ColumnOfLog['read']): ColumnOfLog => ({
  name,
  postgresType: 'bigint',
  read,
});

const COLUMNS: readonly ColumnOfLog[] = [
  text('id', (record) => record.id),
  text('request_id', (record) => record.requestId),
  number('started_at', (record) => record.startedAt.getTime()),
  text('user_id', (record) => record.userId),
  text('client_id', (record) => record.clientId),
  text('api_key_id', (record) => record.apiKeyId),
  text('source', (record) => record.source),
  text('operation', (record) => record.operation),
  text('model', (record) => record.model),
  text('endpoint', (record) => record.endpoint),
  { name: 'is_stream', postgresType: 'boolean', read: (record) => record.isStream },
  number('status', (record) => record.status),
  text('error_code', (record) => record.errorCode),
  text('outcome', (record) => record.outcome),
  number('prompt_tokens', (record) => record.promptTokens),
  number('completion_tokens', (record) => record.completionTokens),
  number('cached_tokens', (record) => record.cachedTokens),
  number('reasoning_tokens', (record) => record.reasoningTokens),
  number('first_byte_ms', (record) => record.firstByteMs),
  number('duration_ms', (record) => record.durationMs),
];

const NAMES = COLUMNS.map((column) => column.name).join(', ');

/**
 * Writes the log with one prepared statement a batch: the query builder would cost more than the
 * statement, and this runs for every request.
 */
@Injectable()
export class RequestLogRepository {
  private sqliteInsert: BetterSqlite3.Transaction<
    (records: readonly RequestRecord[]) => void
  > | null = null;

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Appends all of them or none. A record that is there already is left as it is. */
  async append(records: readonly RequestRecord[]): Promise<void> {
    if (this.dataSource.options.type === 'postgres') await this.appendToPostgres(records);
    else await sqliteGate(this.dataSource)?.run(() => this.appendToSqlite(records));
  }

  private async appendToPostgres(records: readonly RequestRecord[]): Promise<void> {
    const { master } = this.dataSource.driver as unknown as { master: Pool };
    const arrays = COLUMNS.map((column, index) => `$${index + 1}::${column.postgresType}[]`);
    await master.query({
      name: 'append-request-log',
      text: `INSERT INTO request_log (${NAMES}) SELECT * FROM unnest(${arrays.join(', ')}) ON CONFLICT (id) DO NOTHING`,
      values: COLUMNS.map((column) => records.map(column.read)),
    });
  }

  private appendToSqlite(records: readonly RequestRecord[]): void {
    this.sqliteInsert ??= this.prepareSqlite();
    this.sqliteInsert.immediate(records);
  }

  private prepareSqlite() {
    const { databaseConnection } = this.dataSource.driver as unknown as {
      databaseConnection: BetterSqlite3.Database;
    };
    const marks = COLUMNS.map(() => '?').join(', ');
    const insert = databaseConnection.prepare(
      `INSERT INTO request_log (${NAMES}) VALUES (${marks}) ON CONFLICT (id) DO NOTHING`,
    );
    return databaseConnection.transaction((records: readonly RequestRecord[]) => {
      for (const record of records)
        insert.run(COLUMNS.map((column) => sqliteCell(column.read(record))));
    });
  }
}

/** SQLite has no booleans. */
function sqliteCell(cell: Cell): string | number | null {
  return typeof cell === 'boolean' ? Number(cell) : cell;
}
