const BASE = 'http://lumen.invalid';
const DEFAULT_PAGE = '/chat';

/**
 * The page to go to after login. Only a path of this site is followed; another origin in any
 * spelling (`//host`, `/\host`, `https:`), or nothing, leads to the chat.
 */
export function safeReturnAddress(given: unknown): string {
  if (typeof given !== 'string' || !given.startsWith('/') || given.length > 2_000) {
    return DEFAULT_PAGE;
  }
  if (given.includes('\\') || /\p{Cc}/u.test(given) || given.startsWith('//')) return DEFAULT_PAGE;
  let url: URL;
  try {
    url = new URL(given, BASE);
  } catch {
    return DEFAULT_PAGE;
  }
  if (url.origin !== BASE || url.pathname.startsWith('//')) return DEFAULT_PAGE;
  return url.pathname + url.search + url.hash;
}
