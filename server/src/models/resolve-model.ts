import { type CatalogueEntry } from './catalogue-entry.js';
import { type Catalogue } from './catalogue.js';

/** Asks for whichever model is the default. */
const AUTO = 'auto';

/** What decides where a request names no model, or one that nobody knows. */
export interface DefaultChoices {
  /** What the caller's client chose, or null. */
  readonly chosenDefault: string | null;
  readonly governanceDefault: string | null;
  readonly allowsUnknown: boolean;
}

/** The model that a name means: an id, else a provider's model by its name alone. */
export function findModel(catalogue: Catalogue, name: string): CatalogueEntry | null {
  return catalogue.entries.get(name) ?? catalogue.bareNames.get(name) ?? null;
}

/** Whether a name that means no model means the default one. */
export function isDefaultAsked(
  name: string,
  { allowsUnknown }: Pick<DefaultChoices, 'allowsUnknown'>,
): boolean {
  const wanted = name.trim();
  return wanted === '' || wanted === AUTO || allowsUnknown;
}

/**
 * The model for a request: what it names; else, for a blank name, `auto`, and unknown names where
 * those may pass, the first default there is. `unknown`: the name means nothing and may not pass;
 * `no_default`: it would be a default, and there is none.
 */
export function resolveModel(
  catalogue: Catalogue,
  name: string,
  choices: DefaultChoices,
): CatalogueEntry | 'unknown' | 'no_default' {
  const named = findModel(catalogue, name);
  if (named) return named;
  if (!isDefaultAsked(name, choices)) return 'unknown';
  for (const choice of [choices.chosenDefault, choices.governanceDefault]) {
    const chosen = choice === null ? null : findModel(catalogue, choice);
    if (chosen) return chosen;
  }
  return catalogue.providerDefault ?? catalogue.fallback ?? 'no_default';
}
