import { createHash } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { startCluster } from '../../../scripts/postgres.mjs';
import { MIGRATIONS } from '../../../server/src/infrastructure/database/migrations/index.js';
import { upgradeDatabase } from '../../../server/src/infrastructure/database/migrator.js';
import { isolateSqlite } from '../../../server/src/infrastructure/database/sqlite-isolation.js';
import { ClockService } from '../../../server/src/infrastructure/clock/clock.service.js';
import { LatenciesRepository } from '../../../server/src/usage/latencies/latencies.repository.js';
import { LatenciesService } from '../../../server/src/usage/latencies/latencies.service.js';
import { DayPackingRepository } from '../../../server/src/usage/rollups/day-packing.repository.js';
import { PackedOwnersRepository } from '../../../server/src/usage/rollups/packed-owners.repository.js';
import { PackedRowsRepository } from '../../../server/src/usage/rollups/packed-rows.repository.js';
import { UsageDatabase } from '../../../server/src/usage/usage-database.service.js';
import { type FreshDatabase } from '../databases.js';
import { type Dialect } from '../lumen/lumen-server.js';
import { fillUsageSince } from '../usage/log-of-a-university.js';
import { FILLED, fillInstitution, type Institution } from './institution.js';

const CACHE = path.join('.cache', 'institution');
/** What a filled database is made of. */
const SOURCES = [
  'server/src/infrastructure/database/migrations',
  'server/src/usage/latencies',
  'server/src/usage/rollups',
  'test/support/institution/institution.ts',
  'test/support/usage/log-of-a-university.ts',
];
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** As a machine of an institution would have it; the tests' own is as small as can be. */
const CLUSTER = { shared_buffers: '1GB', maintenance_work_mem: '256MB', max_wal_size: '2GB' };

/** A database of one's own with an institution in it. */
export interface KeptInstitution extends FreshDatabase {
  /** The end of what it asked for. */
  untilMs: number;
}

/**
 * A copy of a filled database. To fill it takes minutes, so it is kept in the cache until the
 * migrations or what fills it change; what people asked for since then is added to the copy.
 */
export async function keptInstitution(
  dialect: Dialect,
  place: Institution,
): Promise<KeptInstitution> {
  const kept = path.join(CACHE, `${dialect}-${await fingerprint(place)}`);
  if (!existsSync(kept)) await keep(dialect, place, kept);
  const copy = await copyOf(dialect, kept);
  const untilMs = nextHour();
  await withDatabase(optionsOf(dialect, copy.url), async (dataSource) => {
    const filledUntilMs = await endOf(dataSource);
    await fillUsageSince(dataSource, dialect, { ...place, untilMs: filledUntilMs }, untilMs);
  });
  return { ...copy, untilMs };
}

export const nextHour = (): number => Date.now() - (Date.now() % HOUR_MS) + HOUR_MS;

/** Into a folder with another name first: what was stopped midway is not taken for the whole. */
async function keep(dialect: Dialect, place: Institution, kept: string): Promise<void> {
  const unfinished = `${kept}-unfinished`;
  for (const name of await readdir(CACHE).catch(() => [])) {
    if (name.startsWith(dialect)) await rm(path.join(CACHE, name), { recursive: true });
  }
  await mkdir(unfinished, { recursive: true });
  const fill = (url: string) =>
    withDatabase(optionsOf(dialect, url), async (dataSource) => {
      await upgradeDatabase(dataSource);
      await fillInstitution(dataSource, dialect, place);
      await packDays(dataSource);
    });
  if (dialect === 'sqlite') await fill(`sqlite:///${path.join(unfinished, 'lumen.db')}`);
  else {
    const cluster = await startCluster(CLUSTER);
    await fill(cluster.url);
    await cluster.keep(unfinished);
    await cluster.remove();
  }
  await rename(unfinished, kept);
}

/** As Lumen does in the background. */
async function packDays(dataSource: DataSource): Promise<void> {
  if (dataSource.options.type === 'better-sqlite3') isolateSqlite(dataSource);
  const database = new UsageDatabase(dataSource);
  const owners = new PackedOwnersRepository(database);
  const days = new DayPackingRepository(database, owners, new PackedRowsRepository(database));
  const limit = Date.now() - (Date.now() % DAY_MS);
  for (let day = await days.nextUnpacked(limit); day !== null;) {
    await days.pack(day);
    day = await days.nextUnpacked(limit);
  }
  for (let month = await days.nextUnpackedMonth(limit); month !== null;) {
    await days.packMonth(month);
    month = await days.nextUnpackedMonth(limit);
  }
  const latencies = new LatenciesService(new LatenciesRepository(database), new ClockService());
  await latencies.keep(limit, () => true);
}

async function copyOf(dialect: Dialect, kept: string): Promise<FreshDatabase> {
  if (dialect === 'postgres') {
    const cluster = await startCluster(CLUSTER, kept);
    return { url: cluster.url, drop: () => cluster.remove() };
  }
  const directory = await mkdtemp(path.join(tmpdir(), 'lumen-institution-'));
  const file = path.join(directory, 'lumen.db');
  await copyFile(path.join(kept, 'lumen.db'), file, constants.COPYFILE_FICLONE);
  return {
    url: `sqlite:///${file}`,
    drop: () => rm(directory, { recursive: true, force: true }),
  };
}

function optionsOf(dialect: Dialect, url: string): DataSourceOptions {
  const shared = { entities: FILLED, migrations: MIGRATIONS, migrationsTableName: 'migrations' };
  if (dialect === 'postgres') return { ...shared, type: 'postgres', url };
  return {
    ...shared,
    type: 'better-sqlite3',
    database: url.replace('sqlite:///', ''),
    // What is lost with the power is filled again.
    prepareDatabase: (database: BetterSqlite3.Database) => {
      database.pragma('journal_mode = OFF');
      database.pragma('synchronous = OFF');
      database.pragma('cache_size = -400000');
      database.pragma('temp_store = MEMORY');
    },
  };
}

async function withDatabase(
  options: DataSourceOptions,
  work: (dataSource: DataSource) => Promise<void>,
): Promise<void> {
  const dataSource = await new DataSource(options).initialize();
  try {
    await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

/** Everything but the last hour is folded when a place has been filled. */
async function endOf(dataSource: DataSource): Promise<number> {
  const rows = await dataSource.query<{ hour: string | number }[]>(
    'SELECT hour FROM usage_folding',
  );
  return Number(rows[0]!.hour) + HOUR_MS;
}

async function fingerprint(place: Institution): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(place));
  for (const source of SOURCES) {
    const names = source.endsWith('.ts') ? [''] : (await readdir(source)).sort();
    for (const name of names) hash.update(name).update(await readFile(path.join(source, name)));
  }
  return hash.digest('hex').slice(0, 16);
}
