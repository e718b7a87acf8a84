/**
 * Something went wrong that the person at the keyboard can do something about. `message` says in
 * one line what happened and what to do; `output` is what a failed tool printed, shown above it.
 */
export class Failure extends Error {
  constructor(message, { exitCode = 1, output = '', cause } = {}) {
    super(message, { cause });
    this.name = 'Failure';
    this.exitCode = exitCode;
    this.output = output;
  }
}

const SYSTEM_ERRORS = {
  EACCES: (path) => `${path} cannot be written: permission denied.`,
  EPERM: (path) => `${path} cannot be written: the operation is not permitted.`,
  EROFS: (path) => `${path} cannot be written: the file system is read-only.`,
  ENOSPC: (path) => `${path} cannot be written: the disk is full.`,
  EDQUOT: (path) => `${path} cannot be written: the disk quota is used up.`,
};

const REMEDIES = {
  ENOSPC: 'Free some space and try again.',
  EDQUOT: 'Free some space and try again.',
};

const MAKE_WRITABLE = 'Make it writable for this user, or run Lumen from a folder of your own.';

/** Turns the system's refusal to write into a Failure; any other error comes back as it is. */
export function asFailure(error) {
  const describe = SYSTEM_ERRORS[error?.code];
  if (error instanceof Failure || !describe) return error;
  const remedy = REMEDIES[error.code] ?? MAKE_WRITABLE;
  return new Failure(`${describe(error.path ?? 'A file')} ${remedy}`, { cause: error });
}

/** Prints `error` to stderr, one line for a Failure and the stack for a bug; answers the exit code. */
export function report(error) {
  const failure = asFailure(error);
  if (!(failure instanceof Failure)) {
    console.error(error);
    return 1;
  }
  if (failure.output) console.error(failure.output.trimEnd());
  if (failure.message) console.error(`lumen: ${failure.message}`);
  return failure.exitCode;
}
