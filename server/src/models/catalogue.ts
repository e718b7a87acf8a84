import { type Configuration } from '../config/index.js';
import { isExposed, providerModelId, type ServingProvider } from '../providers/index.js';
import { configuredEntry, fallbackEntry, providerEntry } from './catalogue-entries.js';
import { type CatalogueEntry } from './catalogue-entry.js';

/** Every model that can be asked for, frozen; a reload makes another and swaps it in. */
export interface Catalogue {
  /** By id: the names of the file, and `slug/model` for the models of providers. */
  readonly entries: ReadonlyMap<string, CatalogueEntry>;
  /** What a provider's model may also be called: its name alone, at the provider created first. */
  readonly bareNames: ReadonlyMap<string, CatalogueEntry>;
  /** Those of the file in its order, then those of providers, first created first. */
  readonly list: readonly CatalogueEntry[];
  /** The same with those that are disabled, which cannot be asked for. */
  readonly all: readonly CatalogueEntry[];
  /** The first model of the default provider, else of any; null: no provider has one. */
  readonly providerDefault: CatalogueEntry | null;
  /** What `governance.fallback` names; null: nothing. */
  readonly fallback: CatalogueEntry | null;
}

type CatalogueSettings = Pick<Configuration, 'models' | 'governance' | 'upstream'>;

/** Models that `governance.allowed_models` does not name are in none of its parts. */
export function buildCatalogue(
  config: CatalogueSettings,
  providers: readonly ServingProvider[] = [],
): Catalogue {
  const { allowedModels } = config.governance;
  const written = config.models.map((model) => configuredEntry(model, config));
  const shown = written.filter(
    ({ id }) => allowedModels.length === 0 || allowedModels.includes(id),
  );
  const served = providerModels(config, providers);
  const fallback = fallbackEntry(config.governance.fallback, config);
  const all = [...shown, ...served.map(({ entry }) => entry)];
  // Where there is nothing else, the last resort is what people choose from.
  if (all.length === 0 && fallback) all.push(fallback);
  const list = all.filter((entry) => !entry.isDisabled);
  return Object.freeze({
    entries: new Map(list.map((entry) => [entry.id, entry])),
    bareNames: bareNamesOf(served, new Set(config.models.map(({ name }) => name))),
    list: Object.freeze(list),
    all: Object.freeze(all),
    providerDefault: providerDefaultOf(served),
    fallback,
  });
}

interface ServedModel {
  readonly name: string;
  readonly isDefault: boolean;
  readonly entry: CatalogueEntry;
}

/** The models of providers, but for those whose id is a name in the file, which wins. */
function providerModels(
  config: CatalogueSettings,
  providers: readonly ServingProvider[],
): ServedModel[] {
  const { models, governance } = config;
  const written = new Set(models.map(({ name }) => name));
  const isServed = (slug: string, name: string) =>
    isExposed(governance.allowedModels, slug, name) && !written.has(providerModelId(slug, name));
  return providers.flatMap((provider) =>
    provider.models
      .filter(({ name }) => isServed(provider.slug, name))
      .map((model) => ({
        name: model.name,
        isDefault: provider.isDefault,
        entry: providerEntry(provider, model, config),
      })),
  );
}

function bareNamesOf(
  served: readonly ServedModel[],
  written: ReadonlySet<string>,
): ReadonlyMap<string, CatalogueEntry> {
  const names = new Map<string, CatalogueEntry>();
  for (const { name, entry } of served) {
    if (!written.has(name) && !names.has(name)) names.set(name, entry);
  }
  return names;
}

/** One that can be asked, if there is any. */
function providerDefaultOf(served: readonly ServedModel[]): CatalogueEntry | null {
  const usable = served.filter(({ entry }) => entry.endpoints.length > 0);
  const chosen = usable.find(({ isDefault }) => isDefault) ?? usable[0] ?? served[0];
  return chosen?.entry ?? null;
}
