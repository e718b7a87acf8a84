import { AppError } from '../errors/app-error.js';
import { isDatabaseUnavailable, isErrorLike } from './database-errors.js';

/** SQLSTATE classes of what is wrong with an item: data, constraints, cardinality, the statement. */
const CLASSES_OF_ITEMS = new Set(['21', '22', '23', '42', '0A']);
const SQLITE_AWAY = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY|PROTOCOL)/;
const CONNECTION_CODE = /^(E[A-Z]+|08...|ERR_STREAM_.*|ERR_SOCKET_.*)$/;
const CONNECTION_MESSAGE =
  /Connection terminated|not queryable|timeout exceeded when trying to connect|after calling end|read timeout|connection is not open/i;

/** No connection was to be had: nothing was sent, so nothing can have been written. */
export class NotSentError extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** The database did not answer in time. */
export class OutOfReachError extends AppError {
  constructor(
    cause: unknown,
    /** Was something sent, so that it may be written all the same? */
    readonly isOutcomeUnknown: boolean,
  ) {
    super(
      'database_unavailable',
      'The database does not answer or has no free connection. Try again in a few seconds.',
      { cause, retryAfterS: 5 },
    );
  }
}

/**
 * Is it the database that failed, so that the same items may do later? Otherwise one of the items is
 * at fault, and the others have to be told apart from it.
 */
export function isDatabaseAtFault(error: unknown): boolean {
  if (error instanceof NotSentError || isDatabaseUnavailable(error)) return true;
  if (!isErrorLike(error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (SQLITE_AWAY.test(code) || CONNECTION_MESSAGE.test(error.message)) return true;
  if ('severity' in error) return !CLASSES_OF_ITEMS.has(code.slice(0, 2));
  return CONNECTION_CODE.test(code);
}

export function laneFull(name: string, waiting: number): AppError {
  return new AppError(
    'overloaded',
    `The server has more to do than it can write down: ${waiting} ${name} wait for the database. Try again in a second.`,
    { retryAfterS: 1 },
  );
}
