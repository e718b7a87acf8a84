import { type ApiClient } from '../../core/api/api-client';
import { asApiError } from '../../core/api/api-error';

const PAUSES_MS = [500, 1500];

/**
 * Posts what carries an id of its own, again if the network failed: the server takes it once,
 * however often it arrives.
 */
export async function postOnce<T>(api: ApiClient, path: string, body: object): Promise<T> {
  for (const pause of PAUSES_MS) {
    try {
      return await api.post<T>(path, body);
    } catch (cause) {
      if (asApiError(cause).status !== 0) throw cause;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return api.post<T>(path, body);
}
