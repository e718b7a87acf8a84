import { parseCookie, stringifySetCookie } from 'cookie';

/** `__Host-` makes the browser itself insist on Secure, the whole path and no other host. */
const SECURE_NAME = '__Host-lumen_session';
const DEBUG_NAME = 'lumen_session';

/** The session token a request carries, or undefined. */
export function readSessionCookie(
  header: string | undefined,
  isSecure: boolean,
): string | undefined {
  if (!header) return undefined;
  return parseCookie(header)[isSecure ? SECURE_NAME : DEBUG_NAME];
}

/** The `set-cookie` value that starts a session, or ends it when `token` is empty. */
export function writeSessionCookie(token: string, isSecure: boolean, maxAgeS: number): string {
  return stringifySetCookie({
    name: isSecure ? SECURE_NAME : DEBUG_NAME,
    value: token,
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure,
    path: '/',
    maxAge: token === '' ? 0 : maxAgeS,
  });
}
