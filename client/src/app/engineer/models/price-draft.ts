import { type ProviderDetail } from '../../core/api/schema';

export const PRICE_FIELDS = [
  'inputCostPerMillion',
  'cachedInputCostPerMillion',
  'outputCostPerMillion',
] as const;
export type PriceField = (typeof PRICE_FIELDS)[number];

/** The prices of a model as they stand in the form; empty: nobody said. */
export type PriceDraft = Record<PriceField, string> & { access: string };

type Settings = Record<string, unknown>;

const HIGHEST = 1_000_000;

export function settingsIn(provider: ProviderDetail, model: string): Settings {
  const all = provider.modelSettings as Record<string, Settings>;
  return all[nameOf(provider, model)] ?? {};
}

export function priceDraftOf(settings: Settings): PriceDraft {
  const text = (value: unknown) =>
    typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  return {
    inputCostPerMillion: text(settings['inputCostPerMillion']),
    cachedInputCostPerMillion: text(settings['cachedInputCostPerMillion']),
    outputCostPerMillion: text(settings['outputCostPerMillion']),
    access: text(settings['access']),
  };
}

/** The fields that are no prices. A comma is how many people write a point. */
export function wrongPrices(draft: PriceDraft): PriceField[] {
  return PRICE_FIELDS.filter((field) => {
    const text = draft[field].trim();
    const value = numberIn(text);
    return text !== '' && !(value >= 0 && value <= HIGHEST);
  });
}

/** All settings of the provider, with those of this model changed; what is empty is left out. */
export function changedSettings(
  provider: ProviderDetail,
  model: string,
  draft: PriceDraft,
): Record<string, Settings> {
  const { access, ...prices } = draft;
  const told = Object.entries(prices)
    .filter(([, text]) => text.trim() !== '')
    .map(([field, text]) => [field, numberIn(text)] as const);
  const others = Object.entries(settingsIn(provider, model)).filter(
    ([field]) => field !== 'access' && !PRICE_FIELDS.some((price) => price === field),
  );
  const own = Object.fromEntries([
    ...others,
    ...told,
    ...(access === '' ? [] : [['access', access]]),
  ]);
  return {
    ...(provider.modelSettings as Record<string, Settings>),
    [nameOf(provider, model)]: own as Settings,
  };
}

function numberIn(text: string): number {
  const plain = text.trim().replace(',', '.');
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : NaN;
}

function nameOf({ slug }: ProviderDetail, model: string): string {
  return model.slice(slug.length + 1);
}
