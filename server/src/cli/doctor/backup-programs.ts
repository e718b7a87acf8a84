import { mismatchOf, programMajor, serverMajor } from '../backup/postgres-tools.js';
import { type CommandContext, databaseOf, withDatabase } from '../command-context.js';
import { type Finding, ok, warning } from './check.js';

const SUBJECT = 'backup';

/** What "lumen backup" needs: of PostgreSQL its own programs; a copy of SQLite needs none. */
export async function checkBackupPrograms(context: CommandContext): Promise<Finding[]> {
  if (databaseOf(context).kind === 'sqlite') return [];
  const major = await programMajor('pg_dump', context.environment);
  if (major !== null) {
    const mismatch = mismatchOf(major, await withDatabase(context, serverMajor));
    if (mismatch === null) return [ok(SUBJECT, `pg_dump of PostgreSQL ${major}`)];
    return [warning(SUBJECT, mismatch.detail, mismatch.advice)];
  }
  const advice =
    'Install the client programs of PostgreSQL (Debian: postgresql-client), or see to it that the server is backed up otherwise.';
  return [warning(SUBJECT, '"lumen backup" cannot work: pg_dump is not in the PATH', advice)];
}
