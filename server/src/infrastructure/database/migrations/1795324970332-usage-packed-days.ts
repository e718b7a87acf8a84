import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { integer, longText, reference, text, time } from './migration-columns.js';

/** Days of usage packed, so that what large groups used is quickly added up; made in the background. */
export class UsagePackedDays1795324970332 implements MigrationInterface {
  name = 'UsagePackedDays1795324970332';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of [OWNERS, PACKED_DAYS, PACKED_MONTHS]) await runner.createTable(table);
    if (runner.dataSource.options.type !== 'postgres') return;
    // Packed already: to press it once more would only take time.
    for (const [table, column] of PACKED) {
      await runner.query(`ALTER TABLE ${table.name} ALTER COLUMN ${column} SET STORAGE EXTERNAL`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of [PACKED_MONTHS, PACKED_DAYS, OWNERS]) await runner.dropTable(name);
  }
}

const PACKED_DAYS = new Table({
  name: 'usage_packed_days',
  columns: [
    { ...time('day'), isPrimary: true },
    integer('requests'),
    longText('everybody'),
    longText('owners'),
    longText('models'),
    longText('hours'),
  ],
});

const PACKED_MONTHS = new Table({
  name: 'usage_packed_months',
  columns: [
    { ...time('month'), isPrimary: true },
    time('until'),
    integer('requests'),
    longText('owners'),
  ],
});

const OWNERS = new Table({
  name: 'usage_packed_owners',
  columns: [{ ...integer('number'), isPrimary: true }, text('kind', 16), reference('owner_id')],
  indices: [
    { name: 'usage_packed_owners_owner', columnNames: ['kind', 'owner_id'], isUnique: true },
  ],
});

const PACKED = [
  [PACKED_DAYS, 'owners'],
  [PACKED_DAYS, 'hours'],
  [PACKED_MONTHS, 'owners'],
] as const;
