import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readIdentity } from './identity.js';
import { LoginRefusal } from './login-refusal.js';

const STRICT = { allowUnverifiedEmail: false };
const WHO = { iss: 'https://idp.example', sub: 'ada' };

function codeOf(claims: Record<string, unknown>, rules = STRICT): string {
  try {
    readIdentity(claims, rules);
    return 'accepted';
  } catch (error) {
    if (error instanceof LoginRefusal) return error.code;
    throw error;
  }
}

describe('readIdentity', () => {
  it('reads who CILogon says it is', () => {
    const claims = { ...WHO, email: ' Ada@Example.EDU ', name: 'Ada Lovelace', ou: 'Physics' };
    expect(readIdentity(claims, STRICT)).toEqual({
      identity: {
        issuer: 'https://idp.example',
        subject: 'ada',
        email: 'ada@example.edu',
        isEmailVerified: true,
        name: 'Ada Lovelace',
        claims,
      },
      dropped: [],
    });
  });

  it.each([
    ['email_missing', { email: undefined }],
    ['email_missing', { email: null }],
    ['email_missing', { email: '' }],
    ['email_missing', { email: 'ada' }],
    ['email_missing', { email: ['ada@example.edu'] }],
    ['email_missing', { email: 'ada@example.edu\u0000' }],
    ['email_missing', { email: 'ada\u202e@example.edu' }],
    ['email_missing', { email: `${'a'.repeat(320)}@example.edu` }],
    // The Kelvin sign, in lower case a plain k.
    ['email_missing', { email: '\u212aate@example.edu' }],
    ['email_missing', { email: 'ada\ud800@example.edu' }],
    ['accepted', { email: 'jürgen@example.de' }],
    ['email_unverified', { email_verified: false }],
    ['email_unverified', { email_verified: 'False' }],
    ['accepted', { email_verified: true }],
    ['accepted', { email_verified: 'true' }],
    ['accepted', { email_verified: null }],
    ['login_failed', { sub: undefined }],
    ['login_failed', { sub: '' }],
    ['login_failed', { sub: 7 }],
    ['login_failed', { sub: 'a\u0000' }],
    ['login_failed', { sub: 'a'.repeat(513) }],
    ['login_failed', { iss: undefined }],
  ])('answers %s to %j', (expected, claims) => {
    expect(codeOf({ ...WHO, email: 'ada@example.edu', ...claims })).toBe(expected);
  });

  it('says that an address is not verified where such a one is allowed', () => {
    const claims = { ...WHO, email: 'a@b', email_verified: false };
    const { identity } = readIdentity(claims, { allowUnverifiedEmail: true });
    expect(identity.isEmailVerified).toBe(false);
  });

  it.each([
    [{ name: '  Ada \n Lovelace ' }, 'Ada Lovelace'],
    [{ given_name: 'Ada', family_name: 'Lovelace' }, 'Ada Lovelace'],
    [{ name: 7, family_name: 'Lovelace' }, 'Lovelace'],
    [{ preferred_username: 'ada1' }, 'ada1'],
    [{ name: '\u0000\u202e' }, 'ada.l'],
    [{}, 'ada.l'],
    [{ name: '<img src=x onerror=alert(1)>' }, '<img src=x onerror=alert(1)>'],
    [{ name: 'evil\u202egnp.exe' }, 'evil gnp.exe'],
    [{ name: `${'x'.repeat(319)}😀` }, 'x'.repeat(319)],
  ])('calls %j %j', (claims, name) => {
    const { identity } = readIdentity({ ...WHO, email: 'ada.l@example.edu', ...claims }, STRICT);
    expect(identity.name).toBe(name);
  });

  it('makes of any claims an identity that fits the database, or refuses', () => {
    const claims = fc.dictionary(
      fc.constantFrom('name', 'email', 'given_name', 'sub', 'email_verified', 'ou', 'member_of'),
      fc.oneof(fc.string({ unit: 'binary', maxLength: 700 }), fc.emailAddress(), fc.jsonValue()),
    );
    fc.assert(
      fc.property(claims, (given) => {
        const all: Record<string, unknown> = { ...WHO, email: 'a@b', ...given };
        if (codeOf(all) !== 'accepted') return;
        const { identity } = readIdentity(all, STRICT);
        expect(identity.name.length).toBeGreaterThan(0);
        expect(identity.name.length).toBeLessThanOrEqual(320);
        expect(identity.name.isWellFormed()).toBe(true);
        expect(`${identity.name}${identity.email}${identity.subject}`).not.toMatch(/\p{Cc}/u);
        expect(identity.email).toBe(identity.email.toLowerCase());
      }),
    );
  });
});
