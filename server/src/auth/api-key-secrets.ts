import { type Configuration } from '../config/index.js';
import { keyIdOf } from '../infrastructure/crypto/secret-cipher.js';
import { hashOfApiKey } from './api-key-text.js';

/** What is kept of a key, and the id of the secret that made it. */
export interface HashedKey {
  keyHash: string;
  hashedBy: string;
}

/** What is kept of `key` from now on. */
export function currentHash({ app }: Configuration, key: string): HashedKey {
  const secret = app.apiKeySecret.reveal();
  return { keyHash: hashOfApiKey(secret, key), hashedBy: keyIdOf(secret) };
}

/** What may have been kept of `key` while an earlier encryption key was in force. */
export function earlierHashes({ app }: Configuration, key: string): string[] {
  return app.previousEncryptionKeys.map((secret) => hashOfApiKey(secret.reveal(), key));
}
