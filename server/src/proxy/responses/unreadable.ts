import { AppError } from '../../infrastructure/errors/app-error.js';

/** What the caller hears of an answer that cannot be made a response; `why` is a sentence. */
export function unreadable(why: string): AppError {
  return new AppError(
    'upstream_error',
    `Lumen cannot read the backend’s answer. ${why} Try again, or choose another model.`,
  );
}
