import { looksLikeEmail, normaliseEmail, type SignInIdentity } from '../../users/index.js';
import { keptClaims } from './kept-claims.js';
import { LoginRefusal } from './login-refusal.js';

const LONGEST_IDENTIFIER = 512;
const LONGEST_NAME = 320;
/** Control characters, and those that turn the direction of the text around them. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

export interface ReadIdentity {
  identity: SignInIdentity;
  /** Names of claims that were too large to keep. */
  dropped: string[];
}

/**
 * Who logs in, by the claims of a provider that was checked before. Claims are what others wrote
 * about themselves: anything may be in them.
 * @throws LoginRefusal email_missing, email_unverified or login_failed
 */
export function readIdentity(
  claims: Readonly<Record<string, unknown>>,
  rules: { allowUnverifiedEmail: boolean },
): ReadIdentity {
  const issuer = identifierIn(claims, 'iss');
  const subject = identifierIn(claims, 'sub');
  const email = emailIn(claims);
  if (email === null) {
    throw new LoginRefusal('email_missing', 'The provider sent no usable e-mail address.', {
      identity: { issuer, subject },
    });
  }
  // Institutions vouch for their addresses; many, CILogon among them, do not say so each time.
  const isEmailVerified = !saysNo(claims['email_verified']);
  if (!isEmailVerified && !rules.allowUnverifiedEmail) {
    throw new LoginRefusal('email_unverified', 'The provider says the e-mail is not verified.', {
      identity: { issuer, subject, email },
    });
  }
  const { claims: kept, dropped } = keptClaims(claims);
  const name = nameIn(claims) ?? email.split('@')[0] ?? email;
  return { identity: { issuer, subject, email, isEmailVerified, name, claims: kept }, dropped };
}

function identifierIn(claims: Readonly<Record<string, unknown>>, name: 'iss' | 'sub'): string {
  const value = claims[name];
  const isUsable =
    typeof value === 'string' &&
    value !== '' &&
    value.length <= LONGEST_IDENTIFIER &&
    value.isWellFormed() &&
    !/\p{Cc}/u.test(value);
  if (isUsable) return value;
  throw new LoginRefusal('login_failed', `The claim ${name} is missing or no usable identifier.`);
}

/**
 * The address in its one spelling, or null. One that becomes plain ASCII only by being lowercased,
 * such as with the Kelvin sign for k, is somebody else's in disguise.
 */
function emailIn(claims: Readonly<Record<string, unknown>>): string | null {
  const given = claims['email'];
  if (typeof given !== 'string' || !given.isWellFormed()) return null;
  const email = normaliseEmail(given);
  if (!looksLikeEmail(email) || /\p{C}/u.test(email)) return null;
  if (isAscii(email) && !isAscii(given.trim())) return null;
  return email;
}

/** Some providers write their booleans as text. */
function saysNo(value: unknown): boolean {
  return value === false || (typeof value === 'string' && value.toLowerCase() === 'false');
}

function nameIn(claims: Readonly<Record<string, unknown>>): string | null {
  const parts = [claims['given_name'], claims['family_name']].filter(
    (part) => typeof part === 'string',
  );
  for (const candidate of [claims['name'], parts.join(' '), claims['preferred_username']]) {
    const name = typeof candidate === 'string' ? printable(candidate) : '';
    if (name !== '') return name;
  }
  return null;
}

/** One line of text that shows as it reads; a name is cut, never between the halves of a character. */
function printable(text: string): string {
  const line = text.slice(0, 4 * LONGEST_NAME).toWellFormed();
  const clean = line.replace(UNPRINTABLE, ' ').replace(/\s+/gu, ' ').trim();
  return clean
    .slice(0, LONGEST_NAME)
    .replace(/[\ud800-\udbff]$/, '')
    .trim();
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
