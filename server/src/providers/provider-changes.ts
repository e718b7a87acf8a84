import { DEFAULT_MARK, type Provider, type ProviderType } from './provider.entity.js';
import { type ModelSettingsByName, readModels } from './read-models.js';

export interface NewProvider {
  name: string;
  slug: string;
  type: ProviderType;
  /** As `readBaseUrl` answers it. */
  baseUrl: string;
  apiKey?: string | null;
  /** At least one. */
  models: string[];
  modelSettings?: ModelSettingsByName;
  isDefault?: boolean;
  isEnabled?: boolean;
}

export interface ProviderChanges extends Partial<NewProvider> {
  /** Settings by model that are put beside those it has, in place of those of the same name. */
  addedSettings?: Readonly<Record<string, object>>;
  /** Of the version that was edited; left out: whichever it is. */
  updatedAt?: string;
}

/**
 * The provider as it will be, but for its key. New `models` keep the settings of those that stay; new
 * `modelSettings` replace all settings.
 * @throws AppError invalid_request
 */
export function applyChanges(before: Provider, wanted: ProviderChanges): Provider {
  const { isDefault, isEnabled, name, slug, type, baseUrl } = wanted;
  const mark = isDefault === undefined ? before.defaultMark : isDefault ? DEFAULT_MARK : null;
  return {
    ...before,
    name: name ?? before.name,
    slug: slug ?? before.slug,
    type: type ?? before.type,
    baseUrl: baseUrl ?? before.baseUrl,
    isEnabled: isEnabled ?? before.isEnabled,
    defaultMark: mark,
    models: changedModels(before, wanted),
  };
}

function changedModels(
  before: Provider,
  { models, modelSettings, addedSettings }: ProviderChanges,
): Provider['models'] {
  if (addedSettings !== undefined) return withAdded(before.models, addedSettings);
  if (models === undefined && modelSettings === undefined) return before.models;
  const names = models ?? before.models.map(({ name }) => name);
  if (modelSettings !== undefined) return readModels(names, modelSettings);
  const known = new Map(before.models.map((model) => [model.name, model]));
  return names.map((name) => known.get(name) ?? { name, settings: {} });
}

function withAdded(
  models: Provider['models'],
  added: Readonly<Record<string, object>>,
): Provider['models'] {
  const names = models.map(({ name }) => name);
  const known = new Map(models.map(({ name, settings }) => [name, settings]));
  const changed = Object.entries(added).map(
    ([name, settings]) => [name, { ...known.get(name), ...settings }] as const,
  );
  return readModels(names, Object.fromEntries([...known, ...changed]));
}
