import { addressOfHost } from '../infrastructure/upstream/address-rules.js';
import { refusalOf } from '../infrastructure/upstream/guarded-connector.js';

const LONGEST = 2048;

/**
 * A provider's address as it is kept, without slashes at its end; null for what is no plain http(s)
 * address. User names, queries and fragments are refused: secrets hide there, and paths are added.
 */
export function readBaseUrl(text: string): string | null {
  const trimmed = text.trim();
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  if (trimmed.length > LONGEST || /[?#\\\s\u0000-\u0020\u007f]/.test(trimmed)) return null;
  const url = URL.parse(trimmed);
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') return null;
  if (url.username !== '' || url.password !== '') return null;
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** Why an address of numbers may not be a provider's; null: it may, or is a name, judged at each connection. */
export function refusedAddress(baseUrl: string, allowsPrivate: boolean): string | null {
  const address = addressOfHost(new URL(baseUrl).hostname);
  return address === null ? null : (refusalOf(address, allowsPrivate)?.message ?? null);
}
