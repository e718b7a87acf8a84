import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { integer, longText, time } from './migration-columns.js';

/** How long requests took, by hour and day: quantiles cannot be had from sums. Filled in the background. */
export class UsageLatencies1795338600000 implements MigrationInterface {
  name = 'UsageLatencies1795338600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'usage_latencies',
        columns: [
          { ...time('start'), isPrimary: true },
          { ...time('until'), isPrimary: true },
          integer('requests'),
          longText('latencies'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('usage_latencies');
  }
}
