const UNIQUE_VIOLATION = new Set([
  '23505',
  'SQLITE_CONSTRAINT_UNIQUE',
  'SQLITE_CONSTRAINT_PRIMARYKEY',
]);

const UNAVAILABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EPIPE',
  '53100', // the disk is full
  '53200', // out of memory
  '53300', // too many connections
  '57P01', // the server is shutting down
  '57P02',
  '57P03', // the server is starting
  '25006', // a standby, before it takes over
  '58030', // the disk cannot be read or written
  '08001',
  '08006',
  'SQLITE_BUSY',
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_CANTOPEN', // no file descriptor is left for its journal
]);

const UNAVAILABLE_MESSAGES =
  /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error/;

/** Did a statement fail because the same value exists already? On either database. */
export function isUniqueViolation(error: unknown): boolean {
  return codesOf(error).some((code) => UNIQUE_VIOLATION.has(code));
}

/** Did somebody else use a table or row for longer than `lock_timeout` (PostgreSQL)? */
export function isLockUnavailable(error: unknown): boolean {
  return codesOf(error).includes('55P03');
}

/** Does a text hold what the database cannot keep (PostgreSQL: a NUL)? The caller's mistake, not ours. */
export function isUnstorableText(error: unknown): boolean {
  return codesOf(error).includes('22021');
}

/** Is the database out of reach, full or out of connections, so that trying later makes sense? */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (codesOf(error).some((code) => UNAVAILABLE.has(code))) return isFromDatabase(error);
  return isErrorLike(error) && UNAVAILABLE_MESSAGES.test(error.message);
}

/** `ECONNREFUSED` may come from an upstream too; only what a database driver threw counts here. */
function isFromDatabase(error: unknown): boolean {
  if (!isErrorLike(error)) return false;
  if (error.name === 'QueryFailedError' || 'severity' in error) return true;
  return (
    codesOf(error).some((code) => code.startsWith('SQLITE')) ||
    /pg-pool|pg\/lib/.test(error.stack ?? '')
  );
}

function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let current = error; isErrorLike(current); current = current.cause) {
    if ('code' in current && typeof current.code === 'string') codes.push(current.code);
    if ('driverError' in current && isErrorLike(current.driverError)) {
      codes.push(...codesOf(current.driverError));
    }
  }
  return codes;
}

/**
 * For what drivers throw, instead of `instanceof`: the errors of better-sqlite3 are of the realm that
 * loaded its native part first, which is not always this one where a process has several.
 */
export function isErrorLike(error: unknown): error is Error {
  return typeof error === 'object' && error !== null && 'message' in error && 'stack' in error;
}
