import { type DataSource } from 'typeorm';
import {
  DAILY,
  HOURLY,
  HOURLY_MODELS,
  HOURLY_TOTALS,
  MONTHLY,
  type RollupTable,
  SUM_COLUMNS,
  THIRDS,
} from '../../../server/src/usage/rollups/rollup-tables.js';
import { type Dialect } from '../lumen/lumen-server.js';

/** How much a place uses; requests are spread over days like those of people who work. */
export interface University {
  people: number;
  clients: number;
  models: number;
  days: number;
  requests: number;
  /** The end of the last day. */
  untilMs: number;
}

export const personId = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const clientId = (n: number) => `01910000-0000-7000-8000-${String(n).padStart(12, '0')}`;

const ROWS_AT_ONCE = 250_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Fills the request log by statements of the database itself, then the rollups from the log. */
export async function fillUsage(
  dataSource: DataSource,
  dialect: Dialect,
  place: University,
): Promise<void> {
  for (let first = 0; first < place.requests; first += ROWS_AT_ONCE) {
    const last = Math.min(first + ROWS_AT_ONCE, place.requests) - 1;
    await dataSource.query(logStatement(dialect, place, { first, last }));
  }
  await rollUpLog(dataSource, place.untilMs - HOUR_MS);
  if (dialect === 'postgres') await dataSource.query('VACUUM ANALYZE');
}

/**
 * What the place has asked for since it was filled, up to a whole hour; the rollups of its hours too.
 * Longer times are for the fold, as everywhere.
 */
export async function fillUsageSince(
  dataSource: DataSource,
  dialect: Dialect,
  place: University,
  toMs: number,
): Promise<void> {
  const { days, requests, untilMs } = place;
  for (let day = days, from = untilMs; from < toMs; day += 1, from += DAY_MS) {
    const first = Math.round((requests / days) * day);
    const last = Math.round((requests / days) * (day + 1)) - 1;
    await dataSource.query(logStatement(dialect, place, { first, last, toMs }));
  }
  const log = `request_log WHERE started_at >= ${untilMs}`;
  await dataSource.query(sumsOf(HOURLY, log, LOG_KEYS, LOG_SUMS));
  await dataSource.query(sumsOf(HOURLY_MODELS, `${HOURLY.name} WHERE hour >= ${untilMs}`));
  await dataSource.query(sumsOf(HOURLY_TOTALS, `${HOURLY.name} WHERE hour >= ${untilMs}`));
}

/**
 * Works the rollups out from the log, in another way than they are written; those of days, thirds and
 * months from the hours before `foldedUntil`.
 */
export async function rollUpLog(dataSource: DataSource, foldedUntil: number): Promise<void> {
  const isPostgres = dataSource.options.type === 'postgres';
  await dataSource.query(`UPDATE usage_folding SET hour = ${foldedUntil}`);
  for (const { from, to } of await daysOfLog(dataSource)) {
    const during = (column: string, end = to) => `${column} >= ${from} AND ${column} < ${end}`;
    const log = `request_log WHERE ${during('started_at')}`;
    await dataSource.query(sumsOf(HOURLY, log, LOG_KEYS, LOG_SUMS));
    const folded = `${HOURLY.name} WHERE ${during('hour', Math.min(to, foldedUntil))}`;
    await dataSource.query(sumsOf(DAILY, folded, { day: 'hour - hour % 86400000' }));
    await dataSource.query(sumsOf(HOURLY_MODELS, `${HOURLY.name} WHERE ${during('hour')}`));
  }
  const month = monthOf(isPostgres);
  const days = `(day - (${month})) / 86400000`;
  const third = `${month} + 864000000 * (CASE WHEN ${days} < 10 THEN 0 WHEN ${days} < 20 THEN 1 ELSE 2 END)`;
  await dataSource.query(sumsOf(THIRDS, DAILY.name, { third }));
  await dataSource.query(sumsOf(MONTHLY, DAILY.name, { month }));
  await dataSource.query(sumsOf(HOURLY_TOTALS, HOURLY_MODELS.name));
}

/** One after another: what a day has is sorted in memory, and all of it would not be. */
async function daysOfLog(dataSource: DataSource): Promise<{ from: number; to: number }[]> {
  const ends = 'SELECT MIN(started_at) AS first, MAX(started_at) AS last FROM request_log';
  type Ends = Record<'first' | 'last', string | null>;
  const { first, last } = (await dataSource.query<Ends[]>(ends))[0]!;
  const days: { from: number; to: number }[] = [];
  const start = Number(first) - (Number(first) % DAY_MS);
  if (last === null) return days;
  for (let from = start; from <= Number(last); from += DAY_MS)
    days.push({ from, to: from + DAY_MS });
  return days;
}

const monthOf = (isPostgres: boolean) =>
  isPostgres
    ? `CAST(EXTRACT(EPOCH FROM date_trunc('month', to_timestamp(day / 1000) AT TIME ZONE 'UTC')) AS BIGINT) * 1000`
    : `CAST(strftime('%s', day / 1000, 'unixepoch', 'start of month') AS INTEGER) * 1000`;

const LOG_KEYS: Record<string, string> = {
  hour: 'started_at - started_at % 3600000',
  owner_kind: `CASE WHEN client_id IS NULL THEN 'user' ELSE 'client' END`,
  owner_id: 'COALESCE(client_id, user_id)',
  api_key_id: `COALESCE(api_key_id, '')`,
  model: `CASE WHEN error_code = 'model_not_found' THEN '' ELSE model END`,
  endpoint: `COALESCE(endpoint, '')`,
};

const LOG_SUMS: Record<string, string> = {
  requests: 'COUNT(*)',
  errors: `COUNT(CASE WHEN outcome <> 'cancelled' AND (status >= 400 OR error_code IS NOT NULL) THEN 1 END)`,
  cancelled: `COUNT(CASE WHEN outcome = 'cancelled' THEN 1 END)`,
  first_bytes: 'COUNT(first_byte_ms)',
};

function sumsOf(
  { name, keys }: RollupTable,
  from: string,
  keyTexts: Record<string, string> = {},
  sumTexts: Record<string, string> = {},
): string {
  const groups = keys.map((key) => keyTexts[key] ?? key);
  const sums = SUM_COLUMNS.map((sum) => sumTexts[sum] ?? `COALESCE(SUM(${sum}), 0)`);
  return `INSERT INTO ${name} (${[...keys, ...SUM_COLUMNS].join(', ')})
    SELECT ${[...groups, ...sums].join(', ')} FROM ${from}
    GROUP BY ${groups.join(', ')} ORDER BY ${groups.join(', ')}`;
}

/** Draws that differ from row to row and are the same in every run, from 0 up to 1. */
const draw = (factor: number) => `((i * ${factor} + 12345) % 1000003 / 1000003.0)`;

/**
 * A fifth of all requests comes from clients, two fifths from a tenth of the people by their keys,
 * the rest from everybody in the chat. Each mostly uses one model, now and then one of two others.
 * One request in fifty fails.
 */
function logStatement(
  dialect: Dialect,
  place: University,
  { first, last, toMs }: { first: number; last: number; toMs?: number },
): string {
  const { people, clients, models, days, requests, untilMs } = place;
  const startMs = untilMs - days * DAY_MS;
  const whole = (text: string) => `CAST(FLOOR(${text}) AS BIGINT)`;
  const padded = (number: string, width: number, isHex = false) =>
    dialect === 'sqlite'
      ? `printf('%0${width}${isHex ? 'x' : 'd'}', ${number})`
      : `lpad(${isHex ? `to_hex(${number})` : `CAST(${number} AS TEXT)`}, ${width}, '0')`;
  const numbers =
    dialect === 'sqlite'
      ? `WITH RECURSIVE numbers(i) AS (VALUES(${first}) UNION ALL SELECT i + 1 FROM numbers WHERE i < ${last})`
      : `WITH numbers AS (SELECT i FROM generate_series(${first}::bigint, ${last}::bigint) AS i)`;
  return `${numbers}, drawn AS (
      SELECT i, ${whole(`i * ${days}.0 / ${requests}`)} AS day_number,
        ${draw(7919)} AS a, ${draw(104729)} AS b, ${draw(15485863)} AS c, ${draw(32452843)} AS d
      FROM numbers
    ), placed AS (
      SELECT drawn.*, i * ${days}.0 / ${requests} - day_number AS f,
        CASE WHEN b < 0.2 THEN ${whole(`a * a * ${clients}`)} END AS client,
        CASE WHEN b < 0.6 THEN ${whole(`a * a * a * ${people / 10}`)}
          ELSE ${whole(`a * SQRT(a) * ${people}`)} END AS person,
        b < 0.6 AS is_api, CASE WHEN c < 0.85 THEN 0 WHEN c < 0.95 THEN 1 ELSE 2 END AS choice
      FROM drawn
    ), timed AS (
      SELECT placed.*, ${startMs} + day_number * ${DAY_MS} + ${whole(
        `CASE WHEN f < 0.08 THEN f / 0.08 * 25200000
          WHEN f < 0.92 THEN 25200000 + (f - 0.08) / 0.84 * 43200000
          ELSE 68400000 + (f - 0.92) / 0.08 * 17999999 END`,
      )} AS at_ms,
        (COALESCE(client, person) * 7 + choice * 5) % ${models} AS model_number
      FROM placed
    )
    INSERT INTO request_log (id, request_id, started_at, user_id, client_id, api_key_id, source,
      operation, model, endpoint, is_stream, status, error_code, outcome, prompt_tokens,
      completion_tokens, cached_tokens, reasoning_tokens, first_byte_ms, duration_ms, cost, accuracy,
      coin_pool_id, coins_held, token_pool_id, tokens_held)
    SELECT substr(${padded('at_ms', 12, true)}, 1, 8) || '-' || substr(${padded('at_ms', 12, true)}, 9, 4)
        || '-7000-8000-' || ${padded('i', 12)},
      'request-' || i, at_ms,
      CASE WHEN client IS NULL THEN '01900000-0000-7000-8000-' || ${padded('person', 12)} END,
      CASE WHEN client IS NOT NULL THEN '01910000-0000-7000-8000-' || ${padded('client', 12)} END,
      CASE WHEN client IS NOT NULL THEN '01920000-0000-7000-8000-' || ${padded('client', 12)}
        WHEN is_api THEN '01930000-0000-7000-8000-' || ${padded('person', 12)} END,
      CASE WHEN is_api THEN 'api' ELSE 'chat' END,
      'chat/completions', 'model-' || model_number, 'http://backend-' || (model_number + i % 2) || ':8000/v1',
      ${dialect === 'sqlite' ? 'd < 0.7' : '(d < 0.7)'},
      CASE WHEN i % 50 = 0 THEN 502 ELSE 200 END,
      CASE WHEN i % 50 = 0 THEN 'upstream_error' END,
      CASE WHEN i % 50 = 0 THEN 'failed' WHEN i % 50 = 1 THEN 'cancelled' ELSE 'completed' END,
      ${whole('a * 2000')}, ${whole('c * 800')}, 0, NULL, 120 + ${whole('b * 400')}, 900 + ${whole('c * 9000')},
      ${whole('a * 2000')} * 150 + ${whole('c * 800')} * 600, 'exact',
      '01940000-0000-7000-8000-' || ${padded('person', 12)}, 5000000, NULL, NULL
    FROM timed ${toMs === undefined ? '' : `WHERE at_ms < ${toMs}`}`;
}
