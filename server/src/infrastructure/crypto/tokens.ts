import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const TOKEN_BYTES = 32;

/** 256 random bits as 43 base64url characters: session tokens and the secret part of API keys. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** HMAC-SHA-256 as 43 base64url characters; what the database keeps instead of a token. */
export function keyedHash(secret: string, value: string): string {
  return createHmac('sha256', secret).update(value).digest('base64url');
}

/** Compares two secrets in a time that depends only on the length of `expected`. */
export function sameSecret(expected: string, given: string): boolean {
  const expectedBytes = Buffer.from(expected);
  const givenBytes = Buffer.from(given);
  if (expectedBytes.length !== givenBytes.length) {
    timingSafeEqual(expectedBytes, expectedBytes);
    return false;
  }
  return timingSafeEqual(expectedBytes, givenBytes);
}
