import { type MigrationInterface, type QueryRunner, Table, type TableColumnOptions } from 'typeorm';
import { integer, text, time } from './migration-columns.js';

/**
 * Sums of everybody in shares, one for each replica, so that none waits at a row for another's commit.
 * The tables of before keep their rows and stay the first replica's: a version that knows no shares can
 * go on beside this one. SQLite lets one process write at a time, so that shares would win nothing there.
 */
export class UsageShares1795346400000 implements MigrationInterface {
  name = 'UsageShares1795346400000';

  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.dataSource.options.type === 'postgres';
    for (const { name, keys } of SHARED) {
      const columns = [...keys, ...SUMS.map((sum) => integer(sum))];
      await runner.createTable(
        new Table({ name: `${name}_shares`, columns: [...columns, SHARE], withoutRowid: true }),
      );
      const select = `SELECT ${columns.map((column) => column.name).join(', ')} FROM ${name}`;
      const shares = isPostgres ? ` UNION ALL ${select}_shares` : '';
      await runner.query(`CREATE VIEW ${name}_all AS ${select}${shares}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name, keys } of SHARED) {
      const groups = keys.map((column) => column.name).join(', ');
      const added = SUMS.map((sum) => `${sum} = ${name}.${sum} + excluded.${sum}`).join(', ');
      await runner.query(`INSERT INTO ${name} (${groups}, ${SUMS.join(', ')})
        SELECT ${groups}, ${SUMS.map((sum) => `SUM(${sum})`).join(', ')} FROM ${name}_shares
        WHERE true GROUP BY ${groups} ON CONFLICT (${groups}) DO UPDATE SET ${added}`);
      await runner.query(`DROP VIEW ${name}_all`);
      await runner.dropTable(`${name}_shares`);
    }
  }
}

const key = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isPrimary: true });

const SHARE = key(integer('share'));

const SHARED = [
  {
    name: 'usage_hourly_models',
    keys: [
      key(time('hour')),
      key(text('model', 256)),
      key(text('endpoint', 512)),
      key(text('source', 16)),
    ],
  },
  { name: 'usage_hourly_totals', keys: [key(time('hour'))] },
];

const SUMS = [
  'requests',
  'errors',
  'cancelled',
  'prompt_tokens',
  'completion_tokens',
  'cached_tokens',
  'reasoning_tokens',
  'cost',
  'duration_ms',
  'first_byte_ms',
  'first_bytes',
];
