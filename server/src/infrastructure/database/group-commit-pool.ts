import { type Pool, type PoolConfig } from 'pg';
import { type DataSource } from 'typeorm';
import { GuardedPool } from './guarded-pool.js';

/** Connections of all lanes together, beside those of `app.db_pool`; opened when they are needed. */
const MOST_CONNECTIONS = 4;
const KEPT_IDLE_MS = 10 * 60_000;

/**
 * The statements of lanes look up rows by their keys, in tables that are small, or were when the
 * statement was planned; a plan that reads the table instead would stay when the table has grown.
 */
const SETTINGS =
  'SET enable_seqscan = off; SET jit = off; SET plan_cache_mode = force_generic_plan';

const pools = new WeakMap<DataSource, Pool>();

/**
 * The connections of a database's lanes: their own, so that they never wait behind a report, and
 * keep settings and prepared statements that others have no use for. They are not asked whether they
 * live before each use (`CheckedPool`): what lanes write is tried again anyway. Closed with the
 * DataSource.
 */
export function lanePool(dataSource: DataSource): Pool {
  const known = pools.get(dataSource);
  if (known) return known;
  const pool = open(dataSource);
  pools.set(dataSource, pool);
  closeWith(dataSource, pool);
  return pool;
}

function open(dataSource: DataSource): Pool {
  const { options } = (dataSource.driver as unknown as { master: { options: PoolConfig } }).master;
  const pool = new GuardedPool({
    ...options,
    // `pg` hides it from being copied.
    password: options.password,
    min: 0,
    max: MOST_CONNECTIONS,
    idleTimeoutMillis: KEPT_IDLE_MS,
    allowExitOnIdle: true,
    pipeline: true,
  });
  pool.on('error', () => {
    // An idle connection died; the pool has dropped it and opens another when needed.
  });
  pool.on('connect', (client) => {
    client.query(SETTINGS).catch(() => {
      // The connection is gone, as whoever uses it will see.
    });
  });
  return pool;
}

function closeWith(dataSource: DataSource, pool: Pool): void {
  const destroy = dataSource.destroy.bind(dataSource);
  dataSource.destroy = async () => {
    await pool.end();
    await destroy();
  };
}
