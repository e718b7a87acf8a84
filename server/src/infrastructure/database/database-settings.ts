import { AbstractLogger, type DataSourceOptions } from 'typeorm';
import pg from 'pg';
import { MIGRATIONS } from './migrations/index.js';
import { CheckedPool } from './checked-pool.js';
import { GuardedPool } from './guarded-pool.js';

export interface PoolSettings {
  /** Connections kept open. */
  size: number;
  /** Connections allowed above `size` in a burst. */
  maxOverflow: number;
  /** Seconds to wait for a free connection before the caller gets a 503. */
  timeoutS: number;
  /** Seconds after which a connection is replaced. */
  recycleS: number;
  /** Try an idle connection before handing it out, and replace a dead one unseen. */
  prePing: boolean;
}

export type DatabaseSettings =
  { kind: 'sqlite'; file: string } | { kind: 'postgres'; url: string; pool: PoolSettings };

const SQLITE_BUSY_TIMEOUT_MS = 5_000;
/**
 * Pages (of 4 KiB) in the log before they are copied into the database file, which syncs both while
 * requests wait. The more, the more often a page was written meanwhile that has to be copied once.
 */
const SQLITE_PAGES_IN_LOG = 4_000;

/** A migration that fails is told by its error; what a command writes is for programs, too. */
class SilentLogger extends AbstractLogger {
  protected writeLog(): void {
    // Says nothing.
  }
}

/** What TypeORM needs to open the database that the configuration names. */
export function dataSourceOptions(settings: DatabaseSettings): DataSourceOptions {
  const shared = {
    migrations: MIGRATIONS,
    migrationsTableName: 'migrations',
    synchronize: false,
    logging: false,
    logger: new SilentLogger(),
  } as const;
  if (settings.kind === 'sqlite') {
    return {
      ...shared,
      type: 'better-sqlite3',
      database: settings.file,
      enableWAL: settings.file !== ':memory:',
      timeout: SQLITE_BUSY_TIMEOUT_MS,
      prepareDatabase: (database: { pragma(text: string): unknown }) => {
        database.pragma('synchronous = NORMAL');
        database.pragma(`wal_autocheckpoint = ${SQLITE_PAGES_IN_LOG}`);
      },
    };
  }
  return { ...shared, ...postgresOptions(settings.url, settings.pool) };
}

function postgresOptions(url: string, pool: PoolSettings) {
  return {
    type: 'postgres',
    url,
    applicationName: 'lumen',
    driver: driverWith(pool.prePing ? CheckedPool : GuardedPool),
    poolErrorHandler: () => {
      // An idle connection died; the pool has dropped it and opens another when needed.
    },
    extra: {
      min: pool.size,
      max: pool.size + pool.maxOverflow,
      connectionTimeoutMillis: pool.timeoutS * 1000,
      maxLifetimeSeconds: pool.recycleS,
      idleTimeoutMillis: 10_000,
      keepAlive: true,
    },
  } as const;
}

/** The `pg` driver with this pool; inherited, because copying it would load its optional native part. */
function driverWith(OwnPool: typeof GuardedPool): unknown {
  return Object.create(pg, { Pool: { value: OwnPool } });
}
