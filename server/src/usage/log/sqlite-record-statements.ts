import type BetterSqlite3 from 'better-sqlite3';
import { additionsOf, type RollupRow } from '../rollups/batch-rollups.js';
import { lateAddition, lateColumnsOf } from '../rollups/late-additions.js';
import { LOG_COLUMNS } from './log-columns.js';
import { type RequestRecord } from './request-record.js';
import { storableText } from './storable-text.js';
import {
  addToSums,
  columnsOf,
  FOLDED_TABLES,
  HOURLY_TABLES,
  type RollupTable,
} from '../rollups/rollup-tables.js';

/** The statements that write records to one SQLite database, prepared once. */
export class SqliteRecordStatements {
  private readonly insert: BetterSqlite3.Statement;
  private readonly upserts: ReadonlyMap<RollupTable, BetterSqlite3.Statement>;
  private readonly lastFoldedHour: BetterSqlite3.Statement;
  private readonly lateAdditions: readonly BetterSqlite3.Statement[];

  constructor(database: BetterSqlite3.Database) {
    const names = LOG_COLUMNS.map(({ name }) => name);
    const marks = names.map(() => '?').join(', ');
    this.insert = database.prepare(
      `INSERT INTO request_log (${names.join(', ')}) VALUES (${marks}) ON CONFLICT (id) DO NOTHING`,
    );
    this.upserts = new Map(
      HOURLY_TABLES.map((table) => [table, database.prepare(upsertStatement(table))]),
    );
    // No row has an empty source: a folded key with one means that nothing of its hour is folded.
    this.lastFoldedHour = database
      .prepare("SELECT CASE WHEN source = '' THEN hour - 1 ELSE hour END FROM usage_folding")
      .pluck();
    this.lateAdditions = FOLDED_TABLES.map((table) =>
      database.prepare(lateAddition(table, oneRow(table))),
    );
  }

  write(records: readonly RequestRecord[]): void {
    const added = records.filter((record) => this.insertOne(record));
    const additions = additionsOf(added);
    for (const { table, rows } of additions) {
      const upsert = this.upserts.get(table)!;
      for (const row of rows) upsert.run(row);
    }
    this.addLate(additions[0]!.rows);
  }

  private addLate(rows: readonly RollupRow[]): void {
    const lastFoldedHour = this.lastFoldedHour.get() as number;
    for (const row of rows) {
      if (row.hour > lastFoldedHour) continue;
      for (const statement of this.lateAdditions) statement.run(row);
    }
  }

  /** The values in the order of `LOG_COLUMNS`, without a list made for each row. */
  private insertOne(record: RequestRecord): boolean {
    const { changes } = this.insert.run(
      record.id,
      record.requestId,
      record.startedAt.getTime(),
      record.userId,
      record.clientId,
      record.apiKeyId,
      record.source,
      record.operation,
      storableText(record.model),
      record.endpoint,
      record.isStream ? 1 : 0,
      record.status,
      record.errorCode,
      record.outcome,
      record.promptTokens,
      record.completionTokens,
      record.cachedTokens,
      record.reasoningTokens,
      record.firstByteMs,
      record.durationMs,
      record.cost,
      record.accuracy,
      record.coinPoolId,
      record.coinsHeld,
      record.tokenPoolId,
      record.tokensHeld,
      record.audioMs,
      record.attempts,
    );
    return changes === 1;
  }
}

/** The row that is bound, as a table. */
function oneRow(table: RollupTable): string {
  const values = lateColumnsOf(table).map((column) => `@${column} AS ${column}`);
  return `(SELECT ${values.join(', ')})`;
}

function upsertStatement(table: RollupTable): string {
  const columns = columnsOf(table);
  const values = columns.map((column) => `@${column}`);
  return `INSERT INTO ${table.name} (${columns.join(', ')}) VALUES (${values.join(', ')})
    ${addToSums(table)}`;
}
