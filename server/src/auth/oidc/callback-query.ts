import { LoginRefusal } from './login-refusal.js';

const LONGEST = 4_096;

/** What a provider sends back with the browser: a code, or why there is none. */
export interface CallbackQuery {
  state: string;
  code: string | null;
  error: string | null;
  /** RFC 9207: who answers. */
  issuer: string | null;
}

/** @throws LoginRefusal login_failed when it is not an answer to a login at all */
export function readCallbackQuery(query: Readonly<Record<string, unknown>>): CallbackQuery {
  const code = textIn(query, 'code');
  const error = textIn(query, 'error');
  if (code === null && error === null) {
    throw new LoginRefusal('login_failed', 'The callback has neither a code nor an error.');
  }
  const description = textIn(query, 'error_description');
  return {
    state: textIn(query, 'state') ?? '',
    code,
    error: error === null ? null : [error, description].filter(Boolean).join(': ').slice(0, 500),
    issuer: textIn(query, 'iss'),
  };
}

/** A parameter that comes twice is no answer of a provider. */
function textIn(query: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = query[name];
  if (value === undefined || value === '') return null;
  if (typeof value === 'string' && value.length <= LONGEST) return value;
  throw new LoginRefusal('login_failed', `The callback's ${name} comes twice or is too long.`);
}
