import { type FailedAttempt } from '../../usage/index.js';

const MOST_ATTEMPTS = 10;
const MOST_CHARACTERS = 4000;
/** Of an address; enough for each of the attempts. */
const MOST_OF_ADDRESS = 300;

/** The attempts before the one that counts, as the log keeps them; of very many the latest. */
export function attemptsToJson(attempts: readonly FailedAttempt[]): string {
  const kept = attempts
    .slice(-MOST_ATTEMPTS)
    .map((attempt) => ({ ...attempt, endpoint: attempt.endpoint.slice(0, MOST_OF_ADDRESS) }));
  for (;;) {
    const json = JSON.stringify(kept);
    if (json.length <= MOST_CHARACTERS || kept.length === 1) return json;
    kept.shift();
  }
}
