import { type CatalogueEntry } from './catalogue-entry.js';
import { type Catalogue } from './catalogue.js';
import { type DefaultChoices, isDefaultAsked, resolveModel } from './resolve-model.js';

/** The steps in their order: three that a name may mean something by, five defaults. */
export const RESOLUTION_STEPS = [
  'file',
  'provider',
  'bare_name',
  'client_default',
  'governance_default',
  'default_provider',
  'first_provider',
  'fallback',
] as const;

/**
 * `found`: here the model is; `nothing`: looked here in vain; `not_reached`: an earlier step found it;
 * `not_asked`: the name means nothing and may not pass to the defaults.
 */
export interface ResolutionStep {
  readonly step: (typeof RESOLUTION_STEPS)[number];
  readonly outcome: 'found' | 'nothing' | 'not_reached' | 'not_asked';
  /** What is set there, found or not; null: nothing is. */
  readonly value: string | null;
}

export interface ExplainedResolution {
  /** `unknown` and `no_default` as in `resolveModel`. */
  readonly result: CatalogueEntry | 'unknown' | 'no_default';
  readonly steps: readonly ResolutionStep[];
}

/** What only this explanation needs to know, beside what decides. */
export interface ResolutionFacts extends DefaultChoices {
  /** Names of the models in the file. */
  readonly written: ReadonlySet<string>;
  /** The part before the slash of the default provider's models; null: there is none. */
  readonly defaultSlug: string | null;
}

/** The same as `resolveModel`, step by step. */
export function explainResolution(
  catalogue: Catalogue,
  name: string,
  facts: ResolutionFacts,
): ExplainedResolution {
  const result = resolveModel(catalogue, name, facts);
  const values = valuesOf(catalogue, name, facts);
  const foundAt = typeof result === 'string' ? null : stepOf(catalogue, name, facts, result);
  const asksDefault = isDefaultAsked(name, facts);
  let isOver = false;
  const steps = RESOLUTION_STEPS.map((step, index): ResolutionStep => {
    const value = values[step];
    if (isOver) return { step, outcome: 'not_reached', value };
    if (step === foundAt) {
      isOver = true;
      return { step, outcome: 'found', value };
    }
    return { step, outcome: index > 2 && !asksDefault ? 'not_asked' : 'nothing', value };
  });
  return { result, steps };
}

type Values = Record<ResolutionStep['step'], string | null>;

function valuesOf(catalogue: Catalogue, name: string, facts: ResolutionFacts): Values {
  const { providerDefault, fallback, entries, bareNames } = catalogue;
  const isWritten = facts.written.has(name);
  const isOfDefault = isOf(facts.defaultSlug, providerDefault);
  return {
    file: isWritten ? name : null,
    provider: !isWritten && entries.has(name) ? name : null,
    bare_name: bareNames.get(name)?.id ?? null,
    client_default: facts.chosenDefault,
    governance_default: facts.governanceDefault,
    default_provider: isOfDefault ? providerDefault!.id : null,
    first_provider: isOfDefault ? null : (providerDefault?.id ?? null),
    fallback: fallback?.id ?? null,
  };
}

function stepOf(
  catalogue: Catalogue,
  name: string,
  facts: ResolutionFacts,
  result: CatalogueEntry,
): ResolutionStep['step'] {
  const { entries, bareNames, providerDefault } = catalogue;
  const means = (choice: string | null) =>
    choice !== null && (entries.get(choice) ?? bareNames.get(choice)) === result;
  if (entries.get(name) === result) return facts.written.has(name) ? 'file' : 'provider';
  if (bareNames.get(name) === result) return 'bare_name';
  if (means(facts.chosenDefault)) return 'client_default';
  if (means(facts.governanceDefault)) return 'governance_default';
  if (providerDefault !== result) return 'fallback';
  return isOf(facts.defaultSlug, result) ? 'default_provider' : 'first_provider';
}

function isOf(slug: string | null, entry: CatalogueEntry | null): boolean {
  return slug !== null && entry !== null && entry.id.startsWith(`${slug}/`);
}
