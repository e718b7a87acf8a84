import { type MigrationInterface, type QueryRunner, Table, type TableColumnOptions } from 'typeorm';
import { integer, optional, text, time } from './migration-columns.js';

/** How the health checks of endpoints ended, by hour and by day. */
export class EndpointChecks1763763600000 implements MigrationInterface {
  name = 'EndpointChecks1763763600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(checks);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(checks.name);
  }
}

const key = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isPrimary: true });

const checks = new Table({
  name: 'endpoint_checks',
  columns: [
    key(text('endpoint_id', 32)),
    key(text('span', 8)),
    key(time('starts_at')),
    integer('ok'),
    integer('failed'),
    text('last_error', 500, optional),
  ],
  indices: [{ name: 'endpoint_checks_span_starts_at', columnNames: ['span', 'starts_at'] }],
});
