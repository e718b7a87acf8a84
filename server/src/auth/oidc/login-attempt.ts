import { createHash, hkdfSync } from 'node:crypto';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { newId } from '../../infrastructure/crypto/identifiers.js';
import { newToken } from '../../infrastructure/crypto/tokens.js';

/** Long enough to find a second factor, short enough that a forgotten one is of no use. */
export const ATTEMPT_LASTS_S = 10 * 60;

/** One login under way, known only to the browser that began it: its cookie carries it, encrypted. */
export interface LoginAttempt {
  /** Becomes the id of the session, of which there can be only one. */
  id: string;
  state: string;
  nonce: string;
  /** PKCE: without it a stolen code is worth nothing. */
  verifier: string;
  returnTo: string;
}

export function newLoginAttempt(returnTo: string): LoginAttempt {
  return {
    id: newId(),
    state: newToken(),
    nonce: newToken(),
    verifier: newToken(),
    returnTo,
  };
}

/** The S256 challenge that goes to the provider instead of the verifier. */
export function challengeOf(attempt: LoginAttempt): string {
  return createHash('sha256').update(attempt.verifier).digest('base64url');
}

/** Encrypts an attempt so that only this installation reads it, for as long as it lasts. */
export function sealAttempt(attempt: LoginAttempt, secret: string, now: Date): Promise<string> {
  return new EncryptJWT({ ...attempt })
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .setExpirationTime(new Date(now.getTime() + ATTEMPT_LASTS_S * 1_000))
    .encrypt(keyOf(secret));
}

/** The attempt in a cookie; null if it has run out, was tampered with or is not ours. */
export async function openAttempt(
  sealed: string,
  secret: string,
  now: Date,
): Promise<LoginAttempt | null> {
  try {
    const { payload } = await jwtDecrypt(sealed, keyOf(secret), {
      currentDate: now,
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
      requiredClaims: ['exp', 'id', 'state', 'nonce', 'verifier', 'returnTo'],
    });
    return payload as unknown as LoginAttempt;
  } catch {
    return null;
  }
}

/** A key of its own, so that nothing else made with the secret can be taken for an attempt. */
function keyOf(secret: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', 'lumen login attempt', 32));
}
