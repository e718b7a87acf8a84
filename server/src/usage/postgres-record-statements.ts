import { type PoolClient } from 'pg';
import { additionsOf } from './batch-rollups.js';
import { LOG_COLUMNS } from './log-columns.js';
import { type RequestRecord } from './request-record.js';
import { addToSums, columnsOf, ROLLUP_TABLES, TEXT_KEYS } from './rollup-tables.js';

const INSERT = insertStatement();
const UPSERTS = upsertStatement();

/** Two round trips: the log says which records are new, and those are added to the rollups. */
export async function writeInPostgres(
  client: PoolClient,
  records: readonly RequestRecord[],
): Promise<void> {
  const inserted = await client.query<{ id: string }>({
    name: 'usage-insert-log',
    text: INSERT,
    values: LOG_COLUMNS.map(({ read }) => records.map(read)),
  });
  if (inserted.rows.length === 0) return;
  const values = rollupValues(newOnes(records, inserted.rows));
  await client.query({ name: 'usage-add-to-rollups', text: UPSERTS, values });
}

function newOnes(
  records: readonly RequestRecord[],
  inserted: readonly { id: string }[],
): readonly RequestRecord[] {
  if (inserted.length === records.length) return records;
  const ids = new Set(inserted.map(({ id }) => id));
  return records.filter(({ id }) => ids.delete(id));
}

function rollupValues(records: readonly RequestRecord[]): unknown[][] {
  return additionsOf(records).flatMap(({ table, rows }) =>
    columnsOf(table).map((column) => rows.map((row) => cellOf(row[column]))),
  );
}

const cellOf = (value: string | number | bigint) =>
  typeof value === 'bigint' ? value.toString() : value;

function insertStatement(): string {
  const names = LOG_COLUMNS.map(({ name }) => name).join(', ');
  const arrays = LOG_COLUMNS.map(({ postgresType }, index) => `$${index + 1}::${postgresType}[]`);
  // In the order of ids, so that two writers of the same records wait for each other one way round.
  return `INSERT INTO request_log (${names}) SELECT * FROM unnest(${arrays.join(', ')}) ORDER BY 1
    ON CONFLICT (id) DO NOTHING RETURNING id`;
}

/**
 * All rollups in one round trip. Each waits for the one before it by asking how many rows that had:
 * rows are locked in the same order by every writer.
 */
function upsertStatement(): string {
  let parameter = 0;
  const parts = ROLLUP_TABLES.map((table, index) => {
    const columns = columnsOf(table);
    const arrays = columns.map((column) => {
      parameter += 1;
      const isText = (TEXT_KEYS as readonly string[]).includes(column);
      return `$${parameter}::${isText ? 'text' : 'bigint'}[]`;
    });
    const after = index === 0 ? '' : `WHERE (SELECT COUNT(*) FROM part${index - 1}) >= 0`;
    return `part${index} AS (INSERT INTO ${table.name} (${columns.join(', ')})
      SELECT * FROM unnest(${arrays.join(', ')}) ${after} ${addToSums(table)} RETURNING 1)`;
  });
  return `WITH ${parts.join(', ')} SELECT COUNT(*) FROM part${parts.length - 1}`;
}
