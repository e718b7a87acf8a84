import { hash } from 'node:crypto';
import { keyedHash, newToken } from '../infrastructure/crypto/tokens.js';

const KEY_SHAPE = /^sk_[A-Za-z0-9_-]{43}$/;

/** A new key: 256 random bits behind `sk_`. Nobody but the server chooses one. */
export function newApiKey(): string {
  return `sk_${newToken()}`;
}

/** Whether a text can be a key at all; anything else is not looked up. */
export function looksLikeApiKey(text: string): boolean {
  return KEY_SHAPE.test(text);
}

/** What a person recognises a key by: `sk_Ab3d…9xYz`. */
export function hintOf(key: string): string {
  return `${key.slice(0, 7)}…${key.slice(-4)}`;
}

/** What is kept of a key: useless without the secret of this installation. */
export function hashOfApiKey(secret: string, key: string): string {
  return keyedHash(secret, key);
}

/**
 * What a key is known by in memory: a fifth of the time of its keyed hash. It never leaves the process,
 * and says nothing of a key, which is random.
 */
export function fingerprintOf(key: string): string {
  return hash('sha256', key, 'base64url');
}
