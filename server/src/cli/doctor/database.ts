import { type DataSource } from 'typeorm';
import { pendingMigrations } from '../../infrastructure/database/migrator.js';
import { explainStartFailure } from '../../start-failure.js';
import { faultsOf, hasTables } from '../backup/sqlite-backup.js';
import { type CommandContext, databaseOf, withDatabase } from '../command-context.js';
import { failed, type Finding, ok, reasonOf, warning } from './check.js';

const SKEW_NOTED_MS = 2_000;
const SKEW_REFUSED_MS = 30_000;

/** The database: reachable, whole, of this version, and with the same idea of the time. */
export async function checkDatabase(context: CommandContext): Promise<Finding[]> {
  const settings = databaseOf(context);
  if (settings.kind === 'sqlite') {
    const fault = await faultOf(settings.file);
    if (fault) return [fault];
  }
  try {
    return await withDatabase(context, looks);
  } catch (error) {
    return [failed('database', reasonOf(error), explainStartFailure(error).split('\n')[0]!)];
  }
}

async function looks(dataSource: DataSource): Promise<Finding[]> {
  const [versionOf, name] =
    dataSource.options.type === 'postgres'
      ? ["current_setting('server_version')", 'PostgreSQL']
      : ['sqlite_version()', 'SQLite'];
  const [row] = await dataSource.query<{ version: string }[]>(`SELECT ${versionOf} AS version`);
  return [
    ok('database', `${name} ${row?.version ?? ''}`),
    await migrations(dataSource),
    ...(await clock(dataSource)),
  ];
}

async function migrations(dataSource: DataSource): Promise<Finding> {
  const pending = await pendingMigrations(dataSource);
  if (pending.length === 0) return ok('migrations', 'none is pending');
  const advice = 'Take a backup, then run "lumen db upgrade".';
  return failed('migrations', `${pending.length} pending: ${pending.join(', ')}`, advice);
}

/** SQLite has the clock of this machine. */
async function clock(dataSource: DataSource): Promise<Finding[]> {
  if (dataSource.options.type !== 'postgres') return [];
  const askedMs = Date.now();
  const [row] = await dataSource.query<{ ms: string }[]>(
    'SELECT extract(epoch FROM clock_timestamp()) * 1000 AS ms',
  );
  const answeredMs = Date.now();
  const skewMs = Math.round(Number(row?.ms) - (askedMs + answeredMs) / 2);
  const detail = `${Math.abs(skewMs)} ms ${skewMs > 0 ? 'behind' : 'ahead of'} the database`;
  const advice = 'Let both machines take the time from the same source (NTP, chrony).';
  if (Math.abs(skewMs) > SKEW_REFUSED_MS) return [failed('clock', detail, advice)];
  if (Math.abs(skewMs) > SKEW_NOTED_MS) return [warning('clock', detail, advice)];
  return [ok('clock', detail)];
}

/** What is wrong with a SQLite file, if anything is; it is never made by looking. */
async function faultOf(file: string): Promise<Finding | null> {
  const advice = 'Stop Lumen, keep the file, and restore the latest backup ("lumen restore").';
  try {
    if (!(await hasTables(file))) {
      const upgrade = 'Run "lumen db upgrade", or correct app.database_url.';
      return failed('database', `there is no database in ${file}`, upgrade);
    }
    const [fault] = faultsOf(file);
    return fault === undefined ? null : failed('database', `${file} is damaged: ${fault}`, advice);
  } catch (error) {
    return failed('database', `${file}: ${reasonOf(error)}`, advice);
  }
}
