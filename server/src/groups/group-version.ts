import { createHash } from 'node:crypto';
import { type GroupDefinition } from './group-definitions.js';

const LENGTH = 16;

/** Tells a group from the same group after a change, so that an edit of an older one is noticed. */
export function versionOf(group: GroupDefinition): string {
  const { description, isActive, rules, modelAccess, coins, tokens } = group;
  const said = JSON.stringify([description, isActive, rules, modelAccess, coins, tokens]);
  return createHash('sha256').update(said).digest('base64url').slice(0, LENGTH);
}
