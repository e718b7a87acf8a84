import {
  type MigrationInterface,
  type QueryRunner,
  Table,
  TableColumn,
  type TableColumnOptions,
  TableIndex,
} from 'typeorm';
import { integer, optional, reference, text, time } from './migration-columns.js';

/** What requests cost, whose pools paid, and the sums that pages read instead of the log. */
export class Usage1763738400000 implements MigrationInterface {
  name = 'Usage1763738400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns(
      'request_log',
      LOG_COLUMNS.map((column) => new TableColumn(column)),
    );
    for (const { name } of FORMER_INDICES) await runner.dropIndex('request_log', name);
    await runner.createIndex('request_log', new TableIndex(LOG_INDEX));
    for (const table of ROLLUPS) {
      await runner.createTable(new Table({ name: table.name, columns: table.columns, ...SHAPE }));
      await runner.query(sumsOfTheLog(table, runner.dataSource.options.type === 'postgres'));
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of ROLLUPS) await runner.dropTable(name);
    await runner.dropIndex('request_log', LOG_INDEX.name);
    for (const index of FORMER_INDICES) {
      await runner.createIndex('request_log', new TableIndex(index));
    }
    await runner.dropColumns(
      'request_log',
      LOG_COLUMNS.map(({ name }) => name),
    );
  }
}

/** Optional, because what was logged before has none of it. */
const LOG_COLUMNS = [
  integer('cost', optional),
  text('accuracy', 16, optional),
  reference('coin_pool_id', optional),
  integer('coins_held', optional),
  reference('token_pool_id', optional),
  integer('tokens_held', optional),
];

/** Each had its writes all over the index; the one that takes their place grows at its end. */
const FORMER_INDICES = [
  { name: 'request_log_started_at', columnNames: ['started_at'] },
  { name: 'request_log_user_id_started_at', columnNames: ['user_id', 'started_at'] },
  { name: 'request_log_client_id_started_at', columnNames: ['client_id', 'started_at'] },
];

const LOG_INDEX = {
  name: 'request_log_started_at_owner',
  columnNames: ['started_at', 'user_id', 'client_id'],
};

const SHAPE = { withoutRowid: true };

const key = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isPrimary: true });
const hour = key(time('hour'));
const day = key(time('day'));
const third = key(time('third'));
const month = key(time('month'));
const owner = [key(text('owner_kind', 16)), key(reference('owner_id'))];
const apiKey = key(reference('api_key_id'));
const model = key(text('model', 256));
const endpoint = key(text('endpoint', 512));
const source = key(text('source', 16));

/** How each sum is made of the log that is there. */
const SUMS: Record<string, string> = {
  requests: 'COUNT(*)',
  errors: `SUM(CASE WHEN outcome <> 'cancelled' AND (status >= 400 OR error_code IS NOT NULL) THEN 1 ELSE 0 END)`,
  cancelled: `SUM(CASE WHEN outcome = 'cancelled' THEN 1 ELSE 0 END)`,
  prompt_tokens: 'COALESCE(SUM(prompt_tokens), 0)',
  completion_tokens: 'COALESCE(SUM(completion_tokens), 0)',
  cached_tokens: 'COALESCE(SUM(cached_tokens), 0)',
  reasoning_tokens: 'COALESCE(SUM(reasoning_tokens), 0)',
  cost: 'COALESCE(SUM(cost), 0)',
  duration_ms: 'SUM(duration_ms)',
  first_byte_ms: 'COALESCE(SUM(first_byte_ms), 0)',
  first_bytes: 'COUNT(first_byte_ms)',
};

/** How each key is made of a request. */
const KEYS: Record<string, string> = {
  hour: 'started_at - started_at % 3600000',
  day: 'started_at - started_at % 86400000',
  owner_kind: `CASE WHEN client_id IS NOT NULL THEN 'client' WHEN user_id IS NOT NULL THEN 'user' ELSE '' END`,
  owner_id: `COALESCE(client_id, user_id, '')`,
  api_key_id: `COALESCE(api_key_id, '')`,
  model: `CASE WHEN error_code = 'model_not_found' THEN '' ELSE model END`,
  endpoint: `COALESCE(endpoint, '')`,
  source: 'source',
};

const rollup = (name: string, keys: TableColumnOptions[]) => ({
  name,
  keys,
  columns: [...keys, ...Object.keys(SUMS).map((sum) => integer(sum))],
});

const ROLLUPS = [
  rollup('usage_hourly', [hour, ...owner, apiKey, model, endpoint, source]),
  rollup('usage_daily', [day, ...owner, apiKey, model, source]),
  rollup('usage_thirds', [third, ...owner, apiKey, model, source]),
  rollup('usage_monthly', [month, ...owner, apiKey, model, source]),
  rollup('usage_hourly_models', [hour, model, endpoint, source]),
  rollup('usage_hourly_totals', [hour]),
];

function sumsOfTheLog(
  { name, keys, columns }: (typeof ROLLUPS)[number],
  isPostgres: boolean,
): string {
  const start = startOfMonth(isPostgres);
  const keyTexts: Record<string, string> = { ...KEYS, third: startOfThird(start), month: start };
  const values = columns.map((column) => keyTexts[column.name] ?? SUMS[column.name]);
  const groups = keys.map((column) => keyTexts[column.name]);
  const names = columns.map((column) => column.name);
  return `INSERT INTO ${name} (${names.join(', ')})
    SELECT ${values.join(', ')} FROM request_log GROUP BY ${groups.join(', ')}`;
}

const startOfMonth = (isPostgres: boolean) =>
  isPostgres
    ? `CAST(EXTRACT(EPOCH FROM date_trunc('month', to_timestamp(started_at / 1000) AT TIME ZONE 'UTC')) AS BIGINT) * 1000`
    : `CAST(strftime('%s', started_at / 1000, 'unixepoch', 'start of month') AS INTEGER) * 1000`;

/** From the first, eleventh or twenty-first day on. */
const startOfThird = (month: string) => `${month} + 864000000 *
  CASE WHEN started_at - ${month} < 864000000 THEN 0 WHEN started_at - ${month} < 1728000000 THEN 1 ELSE 2 END`;
