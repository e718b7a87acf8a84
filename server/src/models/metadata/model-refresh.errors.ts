import { AppError } from '../../infrastructure/errors/app-error.js';
import { REFRESHED_FIELDS } from './propose-changes.js';

const FIELDS: ReadonlySet<string> = new Set(REFRESHED_FIELDS);

/** @throws AppError invalid_request unless these are facts that a refresh may change, and some */
export function checkFields(facts: object): void {
  const names = Object.keys(facts);
  const unknown = names.filter((name) => !FIELDS.has(name));
  if (names.length > 0 && unknown.length === 0) return;
  const message = `values has at least one of ${REFRESHED_FIELDS.join(', ')}, and nothing else.`;
  throw new AppError('invalid_request', message, { details: { fields: { values: [message] } } });
}

export function notOfProvider(id: string, isOfFile: boolean): AppError {
  const why = isOfFile
    ? 'is described in config.yaml, which Lumen does not write. Put the proposed lines there; they are in force seconds later'
    : 'is that of governance.fallback, of which nothing more can be said. Describe it in models: of config.yaml';
  return new AppError('invalid_request', `The model "${id}" ${why}.`, { param: 'model' });
}

export function tooManyRefreshes(): AppError {
  return new AppError(
    'overloaded',
    'Other refreshes are under way. Try again when they have ended, within a minute.',
    { retryAfterS: 10 },
  );
}
