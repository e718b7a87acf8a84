import { createHash } from 'node:crypto';

/** What lies beyond this of a long beginning does not tell conversations apart. */
const MOST_CHARACTERS = 65_536;

/**
 * What the requests of one conversation have in common, where the caller does not say: all messages up
 * to the first of the user, which each of them sends again. Two conversations that begin alike have the
 * same prefix to be cached, too. Null: there is no message of a user.
 */
export function conversationKey(messages: unknown): string | null {
  if (typeof messages === 'string') return hashed(messages);
  if (!Array.isArray(messages)) return null;
  const first = messages.findIndex((message) => roleOf(message) === 'user');
  return first === -1 ? null : hashed(JSON.stringify(messages.slice(0, first + 1)));
}

function hashed(beginning: string): string {
  const hash = createHash('sha256').update(beginning.slice(0, MOST_CHARACTERS));
  return hash.digest('base64url').slice(0, 22);
}

function roleOf(message: unknown): unknown {
  return typeof message === 'object' && message !== null
    ? (message as Record<string, unknown>)['role']
    : undefined;
}
