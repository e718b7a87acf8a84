import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { flag, id, integer, optional, reference, text, time } from './migration-columns.js';

/** People, their sessions and keys, and the log of what was asked of models. */
export class Foundation1763715600000 implements MigrationInterface {
  name = 'Foundation1763715600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(users);
    await runner.createTable(sessions);
    await runner.createTable(apiKeys);
    await runner.createTable(requestLog);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [requestLog, apiKeys, sessions, users]) await runner.dropTable(table.name);
  }
}

const users = new Table({
  name: 'users',
  columns: [
    id(),
    text('email', 320),
    text('name', 320),
    text('issuer', 512, optional),
    text('subject', 512, optional),
    flag('is_active'),
    time('created_at'),
    time('last_login_at', optional),
  ],
  indices: [
    { name: 'users_email', columnNames: ['email'], isUnique: true },
    { name: 'users_identity', columnNames: ['issuer', 'subject'], isUnique: true },
  ],
});

const sessions = new Table({
  name: 'sessions',
  columns: [
    id(),
    reference('user_id'),
    text('token_hash', 43),
    text('ip', 64, optional),
    text('user_agent', 512, optional),
    time('created_at'),
    time('last_seen_at'),
    time('expires_at'),
  ],
  indices: [
    { name: 'sessions_token_hash', columnNames: ['token_hash'], isUnique: true },
    { name: 'sessions_user_id', columnNames: ['user_id'] },
    { name: 'sessions_expires_at', columnNames: ['expires_at'] },
  ],
  foreignKeys: [
    {
      name: 'sessions_user',
      columnNames: ['user_id'],
      referencedTableName: 'users',
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});

const apiKeys = new Table({
  name: 'api_keys',
  columns: [
    id(),
    reference('user_id', optional),
    text('name', 200),
    text('key_hash', 43),
    text('hint', 16),
    time('created_at'),
    time('last_used_at', optional),
    time('revoked_at', optional),
  ],
  indices: [
    { name: 'api_keys_key_hash', columnNames: ['key_hash'], isUnique: true },
    { name: 'api_keys_user_id', columnNames: ['user_id'] },
  ],
  foreignKeys: [
    {
      name: 'api_keys_user',
      columnNames: ['user_id'],
      referencedTableName: 'users',
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});

const requestLog = new Table({
  name: 'request_log',
  columns: [
    id(),
    text('request_id', 128),
    time('started_at'),
    reference('user_id', optional),
    reference('client_id', optional),
    reference('api_key_id', optional),
    text('source', 16),
    text('operation', 64),
    text('model', 256),
    text('endpoint', 512, optional),
    flag('is_stream'),
    integer('status'),
    text('error_code', 64, optional),
    text('outcome', 16),
    integer('prompt_tokens', optional),
    integer('completion_tokens', optional),
    integer('cached_tokens', optional),
    integer('reasoning_tokens', optional),
    integer('first_byte_ms', optional),
    integer('duration_ms'),
  ],
  indices: [
    { name: 'request_log_started_at', columnNames: ['started_at'] },
    { name: 'request_log_user_id_started_at', columnNames: ['user_id', 'started_at'] },
    { name: 'request_log_client_id_started_at', columnNames: ['client_id', 'started_at'] },
  ],
});
