import { AppError } from '../infrastructure/errors/app-error.js';

export function noProvider(): AppError {
  return new AppError('not_found', 'There is no provider with this id. GET /providers lists them.');
}

export function slugTaken(slug: string): AppError {
  const message = `There is a provider with the slug "${slug}" already. Choose another slug.`;
  return new AppError('conflict', message, { details: { fields: { slug: [message] } } });
}

export function staleEdit(slug: string): AppError {
  return new AppError(
    'conflict',
    `Somebody changed the provider "${slug}" meanwhile. Load it anew and repeat your change.`,
    { details: { reason: 'stale' } },
  );
}

export function badAddress(reason: string): AppError {
  const message = `baseUrl cannot be used: ${reason}.`;
  return new AppError('invalid_request', message, { details: { fields: { baseUrl: [message] } } });
}

export function missingAddress(): AppError {
  const message = 'baseUrl is missing: a draft is tested with the address it will have.';
  return new AppError('missing_field', message, { details: { fields: { baseUrl: [message] } } });
}

export function tooManyTests(): AppError {
  return new AppError(
    'overloaded',
    'Too many tests of providers are under way. Try again when some have ended.',
    { retryAfterS: 5 },
  );
}

export function unreadableKey(slug: string): AppError {
  return new AppError(
    'conflict',
    `The key of "${slug}" was sealed with another app.encryption_key and cannot be read. Give the key anew.`,
  );
}
