import {
  type ModelAccess,
  type ModelConfiguration,
  type UpstreamRetries,
  type UpstreamTimeouts,
} from '../config/index.js';
import { type ModelPrices } from './model-prices.js';

/** An API that some backends speak beside chat completions. */
export type NativeApi = ModelConfiguration['endpoints'][number]['nativeApis'][number];

/** One backend of a model, with all that a request to it needs, worked out once. */
export interface ModelEndpoint {
  /**
   * The same for the same model, address, key and upstream name, also after a reload; different for
   * two keys at one address. Says nothing of the key.
   */
  readonly id: string;
  readonly url: string;
  readonly origin: string;
  /** The path before `/chat/completions`, without a slash at its end. */
  readonly basePath: string;
  /** The `authorization` header to send; null where the backend asks for none. */
  readonly authorization: string | null;
  /** The name this backend knows the model by. */
  readonly upstreamModel: string;
  readonly weight: number;
  /** Most requests at a time; null: no limit. */
  readonly maxConcurrent: number | null;
  /** APIs that are passed through here; elsewhere they are translated to chat completions. */
  readonly nativeApis: readonly NativeApi[];
  /** Whether addresses in private networks are refused when it is connected to. */
  readonly isPublicOnly?: boolean;
}

/** How requests for a model find their endpoint, and what is done when one fails. */
export interface ModelRouting {
  readonly strategy: ModelConfiguration['routing'];
  /** One conversation stays on one endpoint while it is healthy. */
  readonly isSticky: boolean;
  /** Ids of the models to try when no endpoint of this one is left, in this order. */
  readonly fallbacks: readonly string[];
  /** Seconds. */
  readonly timeouts: UpstreamTimeouts;
  readonly retries: UpstreamRetries;
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
  /** All prices, as they are charged. */
  readonly prices: ModelPrices;
  readonly contextWindow: number | null;
  readonly maxOutputTokens: number | null;
  readonly supportsReasoning: boolean;
  readonly supportsFunctionCalling: boolean;
  readonly inputModalities: readonly string[];
  readonly outputModalities: readonly string[];
  readonly url: string | null;
  /** A month, such as `2024-06`. */
  readonly knowledgeCutoff: string | null;
  readonly endpoints: readonly ModelEndpoint[];
  readonly routing: ModelRouting;
}
