import { type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * The words of titles and messages, for searching, by what each database has for that: FTS5, which
 * answers in the order of `position`, and text search vectors. No entity: their columns differ.
 */
export class ChatSearch1763756400000 implements MigrationInterface {
  name = 'ChatSearch1763756400000';

  async up(runner: QueryRunner): Promise<void> {
    const make = isPostgres(runner) ? onPostgres : onSqlite;
    const words = WORDS.flatMap(([table, of]) => make(table, of));
    for (const statement of [...words, MODELS]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE conversation_models');
    for (const [table] of [...WORDS].reverse()) {
      if (!isPostgres(runner)) await runner.query(`DROP TABLE ${table}_text`);
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}

const isPostgres = (runner: QueryRunner) => runner.dataSource.options.type === 'postgres';

const WORDS = [
  ['title_words', 'conversations'],
  ['message_words', 'messages'],
] as const;

/** Which models answered in which conversation. */
const MODELS = `CREATE TABLE conversation_models (
  conversation_id varchar(36) NOT NULL
    REFERENCES conversations (id) ON DELETE CASCADE,
  model varchar(256) NOT NULL,
  PRIMARY KEY (conversation_id, model))`;

/** The words stand in a table without content beside; what is deleted here is deleted there. */
const onSqlite = (table: string, of: string) => [
  `CREATE TABLE ${table} (
    position integer PRIMARY KEY,
    id varchar(36) NOT NULL UNIQUE REFERENCES ${of} (id) ON DELETE CASCADE,
    conversation_id varchar(36) NOT NULL)`,
  `CREATE VIRTUAL TABLE ${table}_text USING fts5 (
    words, content='', contentless_delete=1, detail=none, prefix='1 2 3',
    tokenize="ascii tokenchars '_'")`,
  `CREATE TRIGGER ${table}_deleted AFTER DELETE ON ${table}
    BEGIN DELETE FROM ${table}_text WHERE rowid = old.position; END`,
];

const onPostgres = (table: string, of: string) => [
  `CREATE TABLE ${table} (
    id varchar(36) PRIMARY KEY REFERENCES ${of} (id) ON DELETE CASCADE,
    conversation_id varchar(36) NOT NULL,
    user_id varchar(36) NOT NULL,
    created_at bigint NOT NULL,
    words tsvector NOT NULL)`,
  `CREATE INDEX ${table}_user_id ON ${table} (user_id, created_at, id)`,
  `CREATE INDEX ${table}_conversation_id ON ${table} (conversation_id)`,
  // Every search would read the list of what waits to be sorted in.
  `CREATE INDEX ${table}_words ON ${table} USING gin (words) WITH (fastupdate = off)`,
];
