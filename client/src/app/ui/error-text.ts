import { type ApiError } from '../core/api/api-error';
import { type Messages } from '../core/i18n/messages';

/** A refusal in one sentence: the server's own where it sent one, else what the status means. */
export function errorText(error: ApiError, text: Messages['errors']): string {
  if (error.message !== '') return error.message;
  if (error.status === 0) return text.network;
  const known: Record<number, string> = {
    401: text.signedOut,
    403: text.forbidden,
    404: text.notFound,
    413: text.tooLarge,
    429: text.tooMany,
  };
  return known[error.status] ?? (error.status >= 500 ? text.server : text.unexpected);
}
