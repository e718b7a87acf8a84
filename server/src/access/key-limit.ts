import { type Decision } from './decide.js';

const MOST_NAMED = 5;

/**
 * What becomes of the owner's decision for a key that is limited to some models. A model that the
 * owner may not use stays refused for the owner's reason: another key would not help.
 */
export function limitedToKey(
  decision: Decision,
  model: string,
  onlyModels: ReadonlySet<string> | null,
): Decision {
  if (onlyModels === null || decision.access === 'blocked' || onlyModels.has(model)) {
    return decision;
  }
  const scope = namesOf([...onlyModels]);
  return { access: 'blocked', rule: 'key_limit', scope, isAskedByModel: false };
}

function namesOf(models: readonly string[]): string {
  if (models.length === 0) return 'no model at all';
  const more = models.length - MOST_NAMED;
  const named = models.slice(0, MOST_NAMED).join(', ');
  return more > 0 ? `${named} and ${more} more` : named;
}
