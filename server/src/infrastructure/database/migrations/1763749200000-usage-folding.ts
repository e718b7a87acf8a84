import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { id, reference, text, time } from './migration-columns.js';

/**
 * The sums of days, thirds and months are no longer written with each request but folded from those
 * of hours; they are made anew, in the background.
 */
export class UsageFolding1763749200000 implements MigrationInterface {
  name = 'UsageFolding1763749200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(FOLDING);
    await runner.query(`INSERT INTO usage_folding VALUES ('hourly', 0, '', '', '', '', '', '')`);
    for (const { name } of FOLDED) await runner.query(`DELETE FROM ${name}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.dataSource.options.type === 'postgres';
    for (const { name, unit, start } of FOLDED) {
      await runner.query(`DELETE FROM ${name}`);
      const groups = `${start(isPostgres)}, ${KEYS}`;
      const sums = SUMS.map((sum) => `SUM(${sum})`).join(', ');
      await runner.query(`INSERT INTO ${name} (${unit}, ${KEYS}, ${SUMS.join(', ')})
        SELECT ${groups}, ${sums} FROM usage_hourly GROUP BY ${groups}`);
    }
    await runner.dropTable(FOLDING.name);
  }
}

const FOLDING = new Table({
  name: 'usage_folding',
  columns: [
    id(),
    time('hour'),
    text('owner_kind', 16),
    reference('owner_id'),
    reference('api_key_id'),
    text('model', 256),
    text('endpoint', 512),
    text('source', 16),
  ],
});

const KEYS = 'owner_kind, owner_id, api_key_id, model, source';
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

const startOfDay = () => 'hour - hour % 86400000';
const startOfMonth = (isPostgres: boolean) =>
  isPostgres
    ? `CAST(EXTRACT(EPOCH FROM date_trunc('month', to_timestamp(hour / 1000) AT TIME ZONE 'UTC')) AS BIGINT) * 1000`
    : `CAST(strftime('%s', hour / 1000, 'unixepoch', 'start of month') AS INTEGER) * 1000`;
/** From the first, eleventh or twenty-first day on. */
const startOfThird = (isPostgres: boolean) => {
  const month = startOfMonth(isPostgres);
  return `${month} + 864000000 *
    CASE WHEN hour - ${month} < 864000000 THEN 0 WHEN hour - ${month} < 1728000000 THEN 1 ELSE 2 END`;
};

const FOLDED = [
  { name: 'usage_daily', unit: 'day', start: startOfDay },
  { name: 'usage_thirds', unit: 'third', start: startOfThird },
  { name: 'usage_monthly', unit: 'month', start: startOfMonth },
];
