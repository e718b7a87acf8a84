import { type Configuration, type ModelConfiguration, type Secret } from '../config/index.js';
import { type ProviderModel, providerModelId, type ServingProvider } from '../providers/index.js';
import { type CatalogueEntry, type ModelEndpoint } from './catalogue-entry.js';
import { pricesInNanoCoins } from './model-prices.js';

/** What makes up an entry, wherever the model is described. */
type ModelFacts = Omit<CatalogueEntry, 'prices'> & {
  cachedInputCostPerMillion: number | null;
  audioCostPerHour: number | null;
};

const TEXT: readonly string[] = Object.freeze(['text']);

/** A model of config.yaml. */
export function configuredEntry(model: ModelConfiguration): CatalogueEntry {
  const endpoints = model.endpoints.map(({ url, apiKey, model: name, weight }) =>
    endpointAt(url, { key: apiKey, upstreamModel: name ?? model.name, weight }),
  );
  const { name: id, disabled: isDisabled } = model;
  return entryOf({ ...model, id, isDisabled, endpoints: Object.freeze(endpoints) });
}

/** A model of a provider. What nobody said of it is unknown; its price is then 0. */
export function providerEntry(
  provider: ServingProvider,
  { name, settings }: ProviderModel,
  isPublicOnly: boolean,
): CatalogueEntry {
  const { key, baseUrl } = provider;
  const target = { key, upstreamModel: name, weight: 1, isPublicOnly };
  const endpoints = key === 'unreadable' ? [] : [endpointAt(baseUrl, { ...target, key })];
  return entryOf({
    ...UNKNOWN,
    ...settings,
    id: providerModelId(provider.slug, name),
    endpoints: Object.freeze(endpoints),
  });
}

type Fallback = Configuration['governance']['fallback'];

/** The last resort; null where its address or its model is not said. */
export function fallbackEntry({ baseUrl, apiKey, model }: Fallback): CatalogueEntry | null {
  if (baseUrl === null || model === null) return null;
  const endpoint = endpointAt(baseUrl, { key: apiKey, upstreamModel: model, weight: 1 });
  return entryOf({ ...UNKNOWN, id: model, endpoints: Object.freeze([endpoint]) });
}

const UNKNOWN: Omit<ModelFacts, 'id' | 'endpoints'> = Object.freeze({
  isDisabled: false,
  description: null,
  notice: null,
  access: null,
  needsAck: false,
  ackMessage: null,
  inputCostPerMillion: 0,
  outputCostPerMillion: 0,
  cachedInputCostPerMillion: null,
  audioCostPerHour: null,
  contextWindow: null,
  maxOutputTokens: null,
  supportsReasoning: false,
  supportsFunctionCalling: false,
  inputModalities: TEXT,
  outputModalities: TEXT,
});

/** All entries have the same properties in the same order, so that reading them stays fast. */
function entryOf(facts: ModelFacts): CatalogueEntry {
  return Object.freeze({
    id: facts.id,
    isDisabled: facts.isDisabled,
    description: facts.description,
    notice: facts.notice,
    access: facts.access,
    needsAck: facts.needsAck,
    ackMessage: facts.ackMessage,
    inputCostPerMillion: facts.inputCostPerMillion,
    outputCostPerMillion: facts.outputCostPerMillion,
    prices: pricesInNanoCoins(facts),
    contextWindow: facts.contextWindow,
    maxOutputTokens: facts.maxOutputTokens,
    supportsReasoning: facts.supportsReasoning,
    supportsFunctionCalling: facts.supportsFunctionCalling,
    inputModalities: facts.inputModalities,
    outputModalities: facts.outputModalities,
    endpoints: facts.endpoints,
  });
}

interface Target {
  key: Secret | null;
  upstreamModel: string;
  weight: number;
  isPublicOnly?: boolean;
}

function endpointAt(
  address: string,
  { key, upstreamModel, weight, isPublicOnly = false }: Target,
): ModelEndpoint {
  const url = new URL(address);
  return Object.freeze({
    url: address,
    origin: url.origin,
    basePath: url.pathname.replace(/\/+$/, ''),
    authorization: key && `Bearer ${key.reveal()}`,
    upstreamModel,
    weight,
    isPublicOnly,
  });
}
