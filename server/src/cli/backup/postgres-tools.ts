import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { devNull } from 'node:os';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { type DataSource } from 'typeorm';
import { CommandError } from '../command-error.js';

const WORDS = {
  sslmode: 'PGSSLMODE',
  sslrootcert: 'PGSSLROOTCERT',
  sslcert: 'PGSSLCERT',
  sslkey: 'PGSSLKEY',
  host: 'PGHOST',
} as const;

/**
 * What PostgreSQL's own programs need to reach a database, as environment: nothing of it appears in
 * the list of processes.
 */
export function environmentFor(
  databaseUrl: string,
  environment: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const { hostname, port, username, password, pathname, searchParams } = new URL(databaseUrl);
  const given: NodeJS.ProcessEnv = {
    PGHOST: hostname.replace(/^\[|\]$/g, ''),
    PGPORT: port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
  };
  for (const [word, variable] of Object.entries(WORDS)) {
    const value = searchParams.get(word);
    if (value !== null) given[variable] = value;
  }
  const set = Object.entries(given).filter(([, value]) => value !== '');
  return withSslOf({ ...environment, ...Object.fromEntries(set) });
}

/** Lumen's driver has a word of its own for "encrypted, by whomever", and trusts public authorities. */
function withSslOf(given: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { PGSSLMODE: mode, PGSSLROOTCERT: root } = given;
  if (mode === 'no-verify') return { ...given, PGSSLMODE: 'require' };
  if (mode === 'verify-full' && !root) return { ...given, PGSSLROOTCERT: 'system' };
  return given;
}

type Program = 'pg_dump' | 'pg_restore';

/** The major version of a program of PostgreSQL; null where it is not in the PATH or does not run. */
export async function programMajor(
  program: Program,
  environment: NodeJS.ProcessEnv,
): Promise<number | null> {
  try {
    const { stdout } = await promisify(execFile)(program, ['--version'], { env: environment });
    const [, major] = /\) (\d+)/.exec(stdout) ?? [];
    return major === undefined ? null : Number(major);
  } catch {
    return null;
  }
}

export async function serverMajor(dataSource: DataSource): Promise<number> {
  const asked = "SELECT current_setting('server_version_num')::int / 10000 AS major";
  const [row] = await dataSource.query<{ major: number }[]>(asked);
  return row!.major;
}

/** What speaks against programs of another major version than the server's, and what to do; null if nothing. */
export function mismatchOf(
  program: number | null,
  server: number,
): { detail: string; advice: string } | null {
  if (program === null || program === server) return null;
  return {
    detail: `pg_dump is of PostgreSQL ${program} and the server of ${server}, which may refuse what it writes`,
    advice: `Install the client programs of PostgreSQL ${server} (Debian: postgresql-client-${server}).`,
  };
}

/** Runs `pg_dump` or `pg_restore`. @throws CommandError tool_missing, or failed with what it said */
export async function runPostgresTool(
  program: Program,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const stdio = ['ignore', 'ignore', 'pipe'] as const;
  const child = spawn(program, args, { env: environment, stdio: [...stdio] });
  const said = text(child.stderr);
  let code: unknown;
  try {
    [code] = (await once(child, 'exit')) as unknown[];
  } catch (cause) {
    const message = `${program} is not in the PATH. Install the client programs of PostgreSQL (Debian: postgresql-client), of the server's major version.`;
    throw new CommandError(message, 'tool_missing', { cause });
  }
  if (code === 0) return;
  throw new CommandError(`${program} failed: ${explained(await said)}`, 'failed');
}

/** What keeps `pg_dump` from this database; null: nothing, as far as a dump without any table shows. */
export async function dumpProblem(
  databaseUrl: string,
  environment: NodeJS.ProcessEnv,
): Promise<string | null> {
  const args = ['--schema-only', '--exclude-table=*', '--no-password', `--file=${devNull}`];
  try {
    await runPostgresTool('pg_dump', args, environmentFor(databaseUrl, environment));
    return null;
  } catch (error) {
    if (error instanceof CommandError) return error.message;
    throw error;
  }
}

function explained(said: string): string {
  const lines = said.trim().split('\n').slice(0, 5).join('\n');
  // Newer programs set what an older server does not know.
  if (!/server version|unrecognized configuration parameter/.test(lines)) return lines;
  return `${lines}\nInstall the client programs of PostgreSQL in the server's major version.`;
}
