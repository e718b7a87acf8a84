import { type ModelAccess, type ModelConfiguration } from '../config/index.js';

/** One backend of a model, with all that a request to it needs, worked out once. */
export interface ModelEndpoint {
  readonly url: string;
  readonly origin: string;
  /** The path before `/chat/completions`, without a slash at its end. */
  readonly basePath: string;
  /** The `authorization` header to send; null where the backend asks for none. */
  readonly authorization: string | null;
  /** The name this backend knows the model by. */
  readonly upstreamModel: string;
  readonly weight: number;
}

export interface CatalogueEntry {
  readonly id: string;
  /** Hidden without being removed: nobody may use it. */
  readonly isDisabled: boolean;
  readonly description: string | null;
  /** Shown wherever the model is chosen. */
  readonly notice: string | null;
  /** Who may use it where no list decides; null: the defaults do. */
  readonly access: ModelAccess | null;
  /** Whether everyone must acknowledge a text before the first use. */
  readonly needsAck: boolean;
  /** That text; null: the one of the defaults. */
  readonly ackMessage: string | null;
  /** Coins. */
  readonly inputCostPerMillion: number;
  readonly outputCostPerMillion: number;
  readonly contextWindow: number | null;
  readonly maxOutputTokens: number | null;
  readonly supportsReasoning: boolean;
  readonly supportsFunctionCalling: boolean;
  readonly inputModalities: readonly string[];
  readonly outputModalities: readonly string[];
  readonly endpoints: readonly ModelEndpoint[];
}

/** Every model that can be asked for, frozen; a reload makes another and swaps it in. */
export interface Catalogue {
  readonly entries: ReadonlyMap<string, CatalogueEntry>;
  /** In the order of the configuration. */
  readonly list: readonly CatalogueEntry[];
  /** The same with those that are disabled, which cannot be asked for. */
  readonly all: readonly CatalogueEntry[];
}

export function buildCatalogue(models: readonly ModelConfiguration[]): Catalogue {
  const all = models.map(entryOf);
  const list = all.filter((entry) => !entry.isDisabled);
  return Object.freeze({
    entries: new Map(list.map((entry) => [entry.id, entry])),
    list: Object.freeze(list),
    all: Object.freeze(all),
  });
}

function entryOf(model: ModelConfiguration): CatalogueEntry {
  return Object.freeze({
    id: model.name,
    isDisabled: model.disabled,
    description: model.description,
    notice: model.notice,
    access: model.access,
    needsAck: model.needsAck,
    ackMessage: model.ackMessage,
    inputCostPerMillion: model.inputCostPerMillion,
    outputCostPerMillion: model.outputCostPerMillion,
    contextWindow: model.contextWindow,
    maxOutputTokens: model.maxOutputTokens,
    supportsReasoning: model.supportsReasoning,
    supportsFunctionCalling: model.supportsFunctionCalling,
    inputModalities: model.inputModalities,
    outputModalities: model.outputModalities,
    endpoints: Object.freeze(model.endpoints.map((endpoint) => endpointOf(endpoint, model.name))),
  });
}

function endpointOf(
  endpoint: ModelConfiguration['endpoints'][number],
  name: string,
): ModelEndpoint {
  const url = new URL(endpoint.url);
  return Object.freeze({
    url: endpoint.url,
    origin: url.origin,
    basePath: url.pathname.replace(/\/+$/, ''),
    authorization: endpoint.apiKey && `Bearer ${endpoint.apiKey.reveal()}`,
    upstreamModel: endpoint.model ?? name,
    weight: endpoint.weight,
  });
}
