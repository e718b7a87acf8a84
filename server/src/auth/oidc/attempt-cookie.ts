import { parseCookie, stringifySetCookie } from 'cookie';
import { ATTEMPT_LASTS_S } from './login-attempt.js';

const SECURE_NAME = '__Host-lumen_login';
const DEBUG_NAME = 'lumen_login';

/** The sealed attempt a browser carries, or undefined. */
export function readAttemptCookie(
  header: string | undefined,
  isSecure: boolean,
): string | undefined {
  if (!header) return undefined;
  return parseCookie(header)[isSecure ? SECURE_NAME : DEBUG_NAME];
}

/** The `set-cookie` value that keeps an attempt, or forgets it when `sealed` is empty. */
export function writeAttemptCookie(sealed: string, isSecure: boolean): string {
  return stringifySetCookie({
    name: isSecure ? SECURE_NAME : DEBUG_NAME,
    value: sealed,
    httpOnly: true,
    // The provider sends people back by a link from another site; Strict would lose it.
    sameSite: 'lax',
    secure: isSecure,
    path: '/',
    maxAge: sealed === '' ? 0 : ATTEMPT_LASTS_S,
  });
}
