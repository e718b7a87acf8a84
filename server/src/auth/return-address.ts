const BASE = 'http://lumen.invalid';
const DEFAULT_PAGE = '/chat';
const LONGEST = 2_000;

/**
 * The page to go to after login. Only a path of this site is followed; another origin in any
 * spelling (`//host`, `/\\host`, `https:`), or nothing, leads to the chat.
 */
export function safeReturnAddress(given: unknown): string {
  return ownPage(given) ?? DEFAULT_PAGE;
}

/** Whether somebody asks for a page to return to that is not of this site: a link made to deceive. */
export function leadsElsewhere(given: unknown): boolean {
  return given !== undefined && given !== '' && ownPage(given) === null;
}

function ownPage(given: unknown): string | null {
  if (typeof given !== 'string' || !given.startsWith('/') || given.length > LONGEST) return null;
  if (given.includes('\\') || /\p{Cc}/u.test(given) || given.startsWith('//')) return null;
  const url = URL.parse(given, BASE);
  if (url?.origin !== BASE || url.pathname.startsWith('//')) return null;
  return url.pathname + url.search + url.hash;
}
