import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { integer, optional, text } from './migration-columns.js';

const LOG = 'request_log';
const COLUMNS = [integer('audio_ms', optional), text('attempts', 4000, optional)];

/** What the log says of requests beyond chat: length of audio, and endpoints that were asked in vain. */
export class Gateway1763745600000 implements MigrationInterface {
  name = 'Gateway1763745600000';

  /** Statements of our own: TypeORM would copy a table of SQLite to add a column to it. */
  async up(runner: QueryRunner): Promise<void> {
    for (const column of COLUMNS) {
      const { name, type, length } = new TableColumn(column);
      const size = length ? `(${length})` : '';
      await runner.query(`ALTER TABLE "${LOG}" ADD COLUMN "${name}" ${type}${size}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of COLUMNS) {
      await runner.query(`ALTER TABLE "${LOG}" DROP COLUMN "${name}"`);
    }
  }
}
