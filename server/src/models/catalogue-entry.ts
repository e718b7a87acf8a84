import { type ModelAccess } from '../config/index.js';
import { type ModelPrices } from './model-prices.js';

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
  /** Whether addresses in private networks are refused when it is connected to. */
  readonly isPublicOnly?: boolean;
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
  readonly endpoints: readonly ModelEndpoint[];
}
