import { type PoolClient } from 'pg';
import {
  type Addition,
  additionsOf,
  type RollupRow,
  tablesOfShare,
} from '../rollups/batch-rollups.js';
import { mayBeFolded } from '../rollups/folded-until.js';
import { lateAddition, lateColumnsOf, LOCK_OUT_FOLDING } from '../rollups/late-additions.js';
import { LOG_COLUMNS } from './log-columns.js';
import { type RequestRecord } from './request-record.js';
import {
  addToSums,
  columnsOf,
  FOLDED_TABLES,
  type RollupKey,
  type RollupTable,
  SUM_COLUMNS,
  type SumColumn,
  TEXT_KEYS,
} from '../rollups/rollup-tables.js';

type RollupColumn = RollupKey | SumColumn;

const INSERT = insertStatement();
const INSERT_ONE = insertOneStatement();
const INSERT_UNLESS_THERE = `${INSERT} ON CONFLICT (id) DO NOTHING RETURNING id`;
const ONE_ROW: readonly RollupColumn[] = ['hour', ...TEXT_KEYS, ...SUM_COLUMNS];
/** For the tables themselves, and for shares beside them. */
const UPSERTS = { ofAll: upsertsOf(0), ofShare: upsertsOf(1) };
const LATE_ADDITIONS = FOLDED_TABLES.map((table) => {
  const columns = lateColumnsOf(table);
  const arrays = columns.map((column, index) => `$${index + 1}::${typeOf(column)}[]`);
  const source = `unnest(${arrays.join(', ')}) AS late (${columns.join(', ')})`;
  const text = lateAddition(table, source);
  return { name: `usage-add-late-to-${table.name}`, text, columns };
});

/** Who adds to the rollups when. */
export interface RolledUpBy {
  readonly nowMs: number;
  /** Of the sums of everybody. */
  readonly share: number;
}

/** Two round trips: the log says which records are new, and those are added to the rollups. */
export async function writeInPostgres(
  client: PoolClient,
  records: readonly RequestRecord[],
  by: RolledUpBy,
): Promise<void> {
  const inserted = await client.query<{ id: string }>({
    name: 'usage-insert-log',
    text: INSERT_UNLESS_THERE,
    values: logValues(records),
  });
  if (inserted.rows.length > 0) {
    await addToRollups(client, newOnes(records, inserted.rows), by);
  }
}

/** Everything is sent when it returns; a record that is in the log already makes the transaction fail. */
export async function addToLog(
  client: PoolClient,
  records: readonly RequestRecord[],
): Promise<void> {
  if (records.length === 1) {
    const values = LOG_COLUMNS.map(({ read }) => read(records[0]!));
    await client.query({ name: 'usage-add-one-to-log', text: INSERT_ONE, values });
    return;
  }
  const values = logValues(records);
  await client.query({ name: 'usage-add-to-log', text: INSERT, values });
}

/** Everything is sent when it returns. */
export async function addToRollups(
  client: PoolClient,
  records: readonly RequestRecord[],
  { nowMs, share }: RolledUpBy,
): Promise<void> {
  const additions = additionsOf(records, share);
  const late = additions[0]!.rows.filter(({ hour }) => mayBeFolded(hour, nowMs));
  if (late.length === 0) return addByHour(client, additions, share);
  const locked = client.query(LOCK_OUT_FOLDING);
  await Promise.all([locked, addByHour(client, additions, share), ...addLate(client, late)]);
}

function addLate(client: PoolClient, rows: readonly RollupRow[]): Promise<unknown>[] {
  return LATE_ADDITIONS.map(({ name, text, columns }) => {
    const values = columns.map((column) => rows.map((row) => cellOf(row[column])));
    return client.query({ name, text, values });
  });
}

async function addByHour(
  client: PoolClient,
  additions: readonly Addition[],
  share: number,
): Promise<void> {
  const { one, any } = share === 0 ? UPSERTS.ofAll : UPSERTS.ofShare;
  const [detail] = additions[0]!.rows;
  const isOneRow = additions[0]!.rows.length === 1;
  const values = isOneRow
    ? one.columns.map((column) => cellOf(detail![column]))
    : rowsOf(additions);
  const { name, text } = isOneRow ? one : any;
  await client.query({ name, text, values });
}

const logValues = (records: readonly RequestRecord[]): unknown[] =>
  LOG_COLUMNS.map(({ read }) => records.map(read));

function newOnes(
  records: readonly RequestRecord[],
  inserted: readonly { id: string }[],
): readonly RequestRecord[] {
  if (inserted.length === records.length) return records;
  const ids = new Set(inserted.map(({ id }) => id));
  return records.filter(({ id }) => ids.delete(id));
}

function rowsOf(additions: readonly Addition[]): unknown[] {
  return additions.flatMap(({ table, rows }) =>
    columnsOf(table).map((column) => rows.map((row) => cellOf(row[column]))),
  );
}

const cellOf = (value: string | number | bigint) =>
  typeof value === 'bigint' ? value.toString() : value;

function insertStatement(): string {
  const names = LOG_COLUMNS.map(({ name }) => name).join(', ');
  const arrays = LOG_COLUMNS.map(({ postgresType }, index) => `$${index + 1}::${postgresType}[]`);
  // In the order of ids, so that two writers of the same records wait for each other one way round.
  return `INSERT INTO request_log (${names}) SELECT * FROM unnest(${arrays.join(', ')}) ORDER BY 1`;
}

/** The same for one record, without arrays, which cost as much again. */
function insertOneStatement(): string {
  const names = LOG_COLUMNS.map(({ name }) => name).join(', ');
  const values = LOG_COLUMNS.map(({ postgresType }, index) => `$${index + 1}::${postgresType}`);
  return `INSERT INTO request_log (${names}) VALUES (${values.join(', ')})`;
}

/** The statements for the tables of a share: for the same row everywhere, and for any rows. */
function upsertsOf(share: 0 | 1) {
  const tables = tablesOfShare(share);
  const columns: readonly RollupColumn[] = share === 0 ? ONE_ROW : [...ONE_ROW, 'share'];
  const suffix = share === 0 ? '' : '-share';
  return {
    one: {
      name: `usage-add-one-to-rollups${suffix}`,
      text: upsertStatement(tables, valuesOfOne(columns)),
      columns,
    },
    any: {
      name: `usage-add-to-rollups${suffix}`,
      text: upsertStatement(tables, arraysOfEach()),
    },
  };
}

/**
 * All rollups in one statement. Each waits for the one before it by asking how many rows that had:
 * rows are locked in the same order by every writer.
 */
function upsertStatement(
  tables: readonly RollupTable[],
  source: (columns: readonly RollupColumn[]) => string,
): string {
  const parts = tables.map((table, index) => {
    const columns = columnsOf(table);
    const after = index === 0 ? '' : `WHERE (SELECT COUNT(*) FROM part${index - 1}) >= 0`;
    return `part${index} AS (INSERT INTO ${table.name} (${columns.join(', ')})
      ${source(columns)} ${after} ${addToSums(table)} RETURNING 1)`;
  });
  return `WITH ${parts.join(', ')} SELECT COUNT(*) FROM part${parts.length - 1}`;
}

/** Any number of rows, each table its own. */
function arraysOfEach(): (columns: readonly RollupColumn[]) => string {
  let parameter = 0;
  return (columns) => {
    const arrays = columns.map((column) => `$${(parameter += 1)}::${typeOf(column)}[]`);
    return `SELECT * FROM unnest(${arrays.join(', ')})`;
  };
}

/** The same row for every table, which costs PostgreSQL much less: all callers alike, or one alone. */
function valuesOfOne(row: readonly RollupColumn[]): (columns: readonly RollupColumn[]) => string {
  return (columns) => `SELECT ${columns.map((column) => mark(row, column)).join(', ')}`;
}

function mark(columns: readonly RollupColumn[], column: RollupColumn): string {
  return `$${columns.indexOf(column) + 1}::${typeOf(column)}`;
}

function typeOf(column: RollupColumn): string {
  return (TEXT_KEYS as readonly string[]).includes(column) ? 'text' : 'bigint';
}
