import { type Configuration } from './schema/configuration.js';

/**
 * The texts of `app.secret_key` and of those before it that are still accepted, the current one first:
 * what is made is made with that, and what is given may have been made with any.
 */
export function secretKeysOf({ app }: Configuration): readonly [string, ...string[]] {
  return [app.secretKey.reveal(), ...app.previousSecretKeys.map((key) => key.reveal())];
}
