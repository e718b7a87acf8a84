import { type ProviderDetail } from '../../core/api/schema';

export const PRICE_FIELDS = [
  'inputCostPerMillion',
  'cachedInputCostPerMillion',
  'outputCostPerMillion',
  'audioCostPerHour',
] as const;
export type PriceField = (typeof PRICE_FIELDS)[number];

/** The prices of a model and who may use it, as they stand in the form; empty: nobody said. */
export type PriceDraft = Record<PriceField, string> & {
  access: string;
  needsAck: boolean;
  /** What has to be agreed to. */
  ackMessage: string;
};

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
    audioCostPerHour: text(settings['audioCostPerHour']),
    access: text(settings['access']),
    needsAck: settings['needsAck'] === true,
    ackMessage: text(settings['ackMessage']),
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
  const others = Object.entries(settingsIn(provider, model)).filter(([field]) => !(field in draft));
  return {
    ...(provider.modelSettings as Record<string, Settings>),
    [nameOf(provider, model)]: { ...Object.fromEntries(others), ...toldIn(draft) },
  };
}

/** What a draft says, field by field, for two of them to be compared. */
export function shownPrices(draft: PriceDraft): Map<string, string> {
  const shown = Object.entries(toldIn(draft)).map(
    ([field, value]) => [field, String(value)] as const,
  );
  return new Map(shown);
}

/** What is empty is left out. */
function toldIn({ access, needsAck, ackMessage, ...prices }: PriceDraft): Settings {
  const told = PRICE_FIELDS.filter((field) => prices[field].trim() !== '');
  return {
    ...Object.fromEntries(told.map((field) => [field, numberIn(prices[field])])),
    ...(access === '' ? {} : { access }),
    ...(needsAck ? { needsAck } : {}),
    ...(ackMessage.trim() === '' ? {} : { ackMessage: ackMessage.trim() }),
  };
}

function numberIn(text: string): number {
  const plain = text.trim().replace(',', '.');
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : NaN;
}

function nameOf({ slug }: ProviderDetail, model: string): string {
  return model.slice(slug.length + 1);
}
