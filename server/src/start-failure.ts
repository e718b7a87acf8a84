import { ConfigurationError } from './config/index.js';
import { MigrationsPendingError } from './infrastructure/database/migrator.js';
import { TablesInUseError } from './infrastructure/database/patient-migrations.js';

/** Explains in one line (a configuration: in one list) why Lumen cannot start and what to do. */
export function explainStartFailure(error: unknown): string {
  if (error instanceof ConfigurationError) return error.message;
  if (error instanceof MigrationsPendingError || error instanceof TablesInUseError) {
    return error.message;
  }
  const code = codeOf(error);
  if (code === 'EADDRINUSE') {
    return 'The port is taken by another program. Stop that one, or choose another port with PORT=5001.';
  }
  if (code === 'EACCES' && isListening(error)) {
    return 'This user may not listen on that port. Choose one above 1024 with PORT=5000.';
  }
  if (DATABASE_UNREACHABLE.has(code)) {
    return `The database cannot be reached (${messageOf(error)}). Check app.database.url and that the database runs.`;
  }
  if (code.startsWith('28') || code === '3D000') {
    return `The database refuses the connection (${messageOf(error)}). Check user, password and name in app.database.url.`;
  }
  if (
    code.startsWith('SQLITE') ||
    /unable to open database|directory does not exist/.test(messageOf(error))
  ) {
    return `The SQLite file cannot be used (${messageOf(error)}). Check that its directory exists and that this user may write there.`;
  }
  if (NOT_WRITABLE.has(code)) {
    return `Lumen cannot write where it must (${messageOf(error)}). Give this user the right, or choose another directory.`;
  }
  return `Lumen could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

const NOT_WRITABLE = new Set(['EACCES', 'EROFS', 'EPERM', 'EEXIST', 'ENOTDIR', 'ENOSPC']);

const DATABASE_UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  '57P03',
  '53300',
]);

function isListening(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'listen';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message === '' && error instanceof AggregateError
    ? String((error.errors[0] as Error | undefined)?.message)
    : message;
}
