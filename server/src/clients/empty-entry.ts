import { type ClientConfiguration } from '../config/index.js';

/** Whether an entry of `clients:` says nothing, such as `research-bot:` or `research-bot: {}`. */
export function isEmptyEntry(entry: ClientConfiguration): boolean {
  const { modelAccess } = entry;
  return (
    entry.description === '' &&
    !entry.disabled &&
    entry.groups.length === 0 &&
    entry.defaultModel === null &&
    entry.coins === null &&
    Object.keys(entry.tokens).length === 0 &&
    modelAccess.default === null &&
    modelAccess.allowed.length === 0 &&
    modelAccess.needsAck.length === 0 &&
    modelAccess.blocked.length === 0
  );
}
