import { dumpProblem, mismatchOf, programMajor, serverMajor } from '../backup/postgres-tools.js';
import { type CommandContext, databaseOf, withDatabase } from '../command-context.js';
import { type Finding, ok, warning } from './check.js';

const SUBJECT = 'backup';

/** What "lumen backup" needs: of PostgreSQL its own programs; a copy of SQLite needs none. */
export async function checkBackupPrograms(context: CommandContext): Promise<Finding[]> {
  const database = databaseOf(context);
  return database.kind === 'sqlite' ? [] : [await lookAtPrograms(database.url, context)];
}

async function lookAtPrograms(url: string, context: CommandContext): Promise<Finding> {
  const major = await programMajor('pg_dump', context.environment);
  if (major === null) {
    const advice =
      'Install the client programs of PostgreSQL (Debian: postgresql-client), or see to it that the server is backed up otherwise.';
    return warning(SUBJECT, '"lumen backup" cannot work: pg_dump is not in the PATH', advice);
  }
  const mismatch = mismatchOf(major, await withDatabase(context, serverMajor));
  if (mismatch) return warning(SUBJECT, mismatch.detail, mismatch.advice);
  const problem = await dumpProblem(url, context.environment);
  if (problem === null) return ok(SUBJECT, `pg_dump of PostgreSQL ${major}`);
  const advice =
    'Where it is about TLS, set PGSSLMODE, PGSSLROOTCERT, PGSSLCERT and PGSSLKEY for libpq, as for any program of PostgreSQL.';
  return warning(SUBJECT, `"lumen backup" cannot work: ${problem}`, advice);
}
