import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type BetterSqlite3 from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import { type Pool, type QueryArrayResult } from 'pg';
import { DataSource } from 'typeorm';
import { sqliteGate } from '../infrastructure/database/sqlite-isolation.js';

export type Parameter = string | number | readonly (string | number)[];
export type Row = readonly unknown[];

const LONGEST_TURN_MS = 5;
const REMEMBERED_STATEMENTS = 200;
const LISTS = `CREATE TEMP TABLE IF NOT EXISTS usage_lists
  (list INTEGER NOT NULL, id TEXT NOT NULL, PRIMARY KEY (list, id)) WITHOUT ROWID`;

/**
 * Reads with statements past TypeORM, which would cost more than the statements. One text serves
 * both databases: parameters are `?`, and `IN ?` takes a list.
 */
@Injectable()
export class UsageDatabase {
  readonly isPostgres: boolean;
  private turnStartedMs = 0;
  private lists = 0;
  private readonly statements = new LRUCache<string, BetterSqlite3.Statement>({
    max: REMEMBERED_STATEMENTS,
  });

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {
    this.isPostgres = dataSource.options.type === 'postgres';
  }

  /**
   * Rows as lists of values. SQLite reads in this process: a caller that reads in pieces lets others
   * in between, since this waits for the next turn of the event loop when a turn has become long.
   */
  async rows(sql: string, parameters: readonly Parameter[]): Promise<Row[]> {
    if (this.isPostgres) return (await this.askPostgres(sql, parameters)).rows;
    const gate = sqliteGate(this.dataSource);
    const rows = await gate!.run(() => this.fromSqlite(sql, parameters));
    await this.giveWay();
    return rows;
  }

  /** Runs one statement that changes rows, in a transaction of its own; answers how many it changed. */
  async change(sql: string, parameters: readonly Parameter[]): Promise<number> {
    if (this.isPostgres) return (await this.askPostgres(sql, parameters)).rowCount ?? 0;
    const gate = sqliteGate(this.dataSource);
    return gate!.run(() => this.connection.prepare(sql).run(...parameters).changes);
  }

  /**
   * Holds a list of ids for as long as `work` takes, and gives it a condition that `column` is among
   * them. SQLite would read a list of thousands anew with each of hundreds of statements: there it
   * becomes rows of a temporary table, which no other process sees. PostgreSQL plans for twice as long
   * as it reads when it is given a list: there it is one text, of whose length it knows nothing; as a
   * plain condition it would look up each id by itself, a second for ten thousand in a day. Ids have no
   * spaces.
   */
  async withList<T>(
    column: string,
    ids: readonly string[],
    work: (condition: string, parameter: Parameter) => Promise<T>,
  ): Promise<T> {
    if (this.isPostgres) {
      const isAmong = `${column} IN (SELECT unnest(string_to_array(?, ' ')))`;
      return work(`(${isAmong}) IS TRUE`, ids.join(' '));
    }
    const gate = sqliteGate(this.dataSource)!;
    const list = (this.lists += 1);
    await gate.run(() => {
      this.connection.exec(LISTS);
      const insert = `INSERT OR IGNORE INTO temp.usage_lists SELECT ?, value FROM json_each(?)`;
      this.prepare(insert, 'run').run(list, JSON.stringify(ids));
    });
    try {
      const isAmong = `EXISTS (SELECT 1 FROM temp.usage_lists AS wanted
        WHERE wanted.list = ? AND wanted.id = ${column})`;
      return await work(isAmong, list);
    } finally {
      const remove = 'DELETE FROM temp.usage_lists WHERE list = ?';
      await gate.run(() => this.prepare(remove, 'run').run(list));
    }
  }

  private async giveWay(): Promise<void> {
    if (performance.now() - this.turnStartedMs < LONGEST_TURN_MS) return;
    await nextTurn();
    this.turnStartedMs = performance.now();
  }

  private askPostgres(
    sql: string,
    parameters: readonly Parameter[],
  ): Promise<QueryArrayResult<unknown[]>> {
    const { master } = this.dataSource.driver as unknown as { master: Pool };
    let index = 0;
    const text = sql.replace(/(IN )?\?/g, (_mark, list: string | undefined) => {
      const parameter = parameters[index];
      index += 1;
      if (list === undefined) return `$${index}`;
      const isText = Array.isArray(parameter) && typeof parameter[0] === 'string';
      return `= ANY($${index}::${isText ? 'text' : 'bigint'}[])`;
    });
    return master.query<unknown[]>({ text, values: [...parameters], rowMode: 'array' });
  }

  private fromSqlite(sql: string, parameters: readonly Parameter[]): Row[] {
    const values = parameters.map((parameter) =>
      typeof parameter === 'object' ? JSON.stringify(parameter) : parameter,
    );
    return this.prepare(sql).all(...values) as Row[];
  }

  private get connection(): BetterSqlite3.Database {
    const { databaseConnection } = this.dataSource.driver as unknown as {
      databaseConnection: BetterSqlite3.Database;
    };
    return databaseConnection;
  }

  private prepare(sql: string, kind: 'rows' | 'run' = 'rows'): BetterSqlite3.Statement {
    let statement = this.statements.get(sql);
    if (!statement) {
      const text = sql.replaceAll('IN ?', 'IN (SELECT value FROM json_each(?))');
      statement = this.connection.prepare(text);
      if (kind === 'rows') statement.raw();
      this.statements.set(sql, statement);
    }
    return statement;
  }
}
