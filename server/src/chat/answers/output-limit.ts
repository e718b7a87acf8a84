import { type CatalogueEntry } from '../../models/index.js';
import { limitFieldFor } from '../../proxy/index.js';

/**
 * The limit of an answer, by the name the model's backends take. Where these are of both kinds it is
 * the new one: the old one is refused by OpenAI's reasoning models, the new one by nobody of late.
 */
export function outputLimit(
  { endpoints }: Pick<CatalogueEntry, 'endpoints'>,
  tokens: number | null,
): Record<string, number> {
  if (tokens === null) return {};
  const names = endpoints.map(({ url }) => limitFieldFor(url));
  const isNew = names.includes('max_completion_tokens');
  return { [isNew ? 'max_completion_tokens' : 'max_tokens']: tokens };
}
