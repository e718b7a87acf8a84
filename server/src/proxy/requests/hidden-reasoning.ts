import { type CatalogueEntry } from '../../models/index.js';

/** Providers whose models think unseen, or show a summary of it: it is counted in their report alone. */
const HIDING =
  /^https:\/\/(api\.openai\.com|api\.anthropic\.com|api\.x\.ai|[^/:]+\.(azure|googleapis)\.com)(:\d+)?$/;

/**
 * Whether what the model writes may be more than what passes in a stream: then nobody here can tell
 * when more would have to be held.
 */
export function hidesReasoning(
  entry: Pick<CatalogueEntry, 'supportsReasoning' | 'endpoints'>,
): boolean {
  return entry.supportsReasoning && entry.endpoints.some(({ origin }) => HIDING.test(origin));
}
