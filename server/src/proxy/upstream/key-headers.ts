import { type BackendRequest } from '../requests/model-request.js';

/** How a backend gets its key. `authorization`: the header that most backends want, as it is. */
export function keyHeaders(
  authorization: string,
  { keyHeader }: Pick<BackendRequest, 'keyHeader'>,
): Record<string, string> {
  return keyHeader ? { [keyHeader]: authorization.replace(/^Bearer\s+/i, '') } : { authorization };
}
