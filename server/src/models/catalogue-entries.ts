import { createHash } from 'node:crypto';
import {
  type Configuration,
  type ModelConfiguration,
  type Secret,
  upstreamLimits,
} from '../config/index.js';
import { type ProviderModel, providerModelId, type ServingProvider } from '../providers/index.js';
import {
  type CatalogueEntry,
  type ModelEndpoint,
  type ModelRouting,
  type NativeApi,
} from './catalogue-entry.js';
import { pricesInNanoCoins } from './model-prices.js';

/** What makes up an entry, wherever the model is described. */
type ModelFacts = Omit<CatalogueEntry, 'prices'> & {
  cachedInputCostPerMillion: number | null;
  audioCostPerHour: number | null;
};

const TEXT: readonly string[] = Object.freeze(['text']);

type UpstreamSettings = Pick<Configuration, 'upstream'>;

/** A model of config.yaml. */
export function configuredEntry(
  model: ModelConfiguration,
  settings: UpstreamSettings,
): CatalogueEntry {
  const { name: id, disabled: isDisabled } = model;
  const endpoints = model.endpoints.map((endpoint) =>
    endpointAt(endpoint.url, {
      id,
      key: endpoint.apiKey,
      upstreamModel: endpoint.model ?? model.name,
      weight: endpoint.weight,
      maxConcurrent: endpoint.maxConcurrent ?? model.maxConcurrent,
      nativeApis: endpoint.nativeApis,
    }),
  );
  const routing = Object.freeze({
    strategy: model.routing,
    isSticky: model.affinity === 'session',
    fallbacks: model.fallbacks,
    ...upstreamLimits(settings, model),
  });
  return entryOf({ ...model, id, isDisabled, endpoints: distinct(endpoints), routing });
}

/** A model of a provider. What nobody said of it is unknown; its price is then 0. */
export function providerEntry(
  provider: ServingProvider,
  { name, settings }: ProviderModel,
  config: UpstreamSettings,
): CatalogueEntry {
  const { key, baseUrl } = provider;
  const id = providerModelId(provider.slug, name);
  const target = { id, upstreamModel: name, isPublicOnly: !config.upstream.allowPrivate };
  const endpoints = key === 'unreadable' ? [] : [endpointAt(baseUrl, { ...target, key })];
  return entryOf({
    ...UNKNOWN,
    ...settings,
    id,
    endpoints: Object.freeze(endpoints),
    routing: usualRouting(config),
  });
}

type Fallback = Configuration['governance']['fallback'];

/** The last resort; null where its address or its model is not said. */
export function fallbackEntry(
  { baseUrl, apiKey, model }: Fallback,
  config: UpstreamSettings,
): CatalogueEntry | null {
  if (baseUrl === null || model === null) return null;
  const endpoint = endpointAt(baseUrl, { id: model, key: apiKey, upstreamModel: model });
  const endpoints = Object.freeze([endpoint]);
  return entryOf({ ...UNKNOWN, id: model, endpoints, routing: usualRouting(config) });
}

/** What holds for models that `models:` does not describe. */
function usualRouting({ upstream }: UpstreamSettings): ModelRouting {
  const { timeouts, retries } = upstream;
  return Object.freeze({
    strategy: 'round_robin',
    isSticky: false,
    fallbacks: [],
    timeouts,
    retries,
  });
}

const UNKNOWN: Omit<ModelFacts, 'id' | 'endpoints' | 'routing'> = Object.freeze({
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
  url: null,
  knowledgeCutoff: null,
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
    url: facts.url,
    knowledgeCutoff: facts.knowledgeCutoff,
    endpoints: facts.endpoints,
    routing: facts.routing,
  });
}

interface Target {
  /** Of the model. */
  id: string;
  key: Secret | null;
  upstreamModel: string;
  weight?: number;
  maxConcurrent?: number | null;
  nativeApis?: readonly NativeApi[];
  isPublicOnly?: boolean;
}

function endpointAt(address: string, target: Target): ModelEndpoint {
  const { id, key, upstreamModel, weight = 1, maxConcurrent = null } = target;
  const url = new URL(address);
  const authorization = key && `Bearer ${key.reveal()}`;
  return Object.freeze({
    id: endpointId(id, address, authorization ?? '', upstreamModel),
    url: address,
    origin: url.origin,
    basePath: url.pathname.replace(/\/+$/, ''),
    authorization,
    upstreamModel,
    weight,
    maxConcurrent,
    nativeApis: target.nativeApis ?? [],
    isPublicOnly: target.isPublicOnly ?? false,
  });
}

function endpointId(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);
}

/** The same endpoint written twice is two to choose from, each with a health of its own. */
function distinct(endpoints: readonly ModelEndpoint[]): readonly ModelEndpoint[] {
  const seen = new Map<string, number>();
  return Object.freeze(
    endpoints.map((endpoint) => {
      const earlier = seen.get(endpoint.id) ?? 0;
      seen.set(endpoint.id, earlier + 1);
      return earlier === 0 ? endpoint : { ...endpoint, id: `${endpoint.id}-${earlier + 1}` };
    }),
  );
}
