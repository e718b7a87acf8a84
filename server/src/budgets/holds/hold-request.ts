import { type ModelPrices } from '../../models/index.js';
import { type Funding } from '../pools/funding.js';

/** What a request may cost at the most, to be held before anything goes upstream. */
export interface HoldRequest {
  /** That of the request's row in the request log. */
  id: string;
  funding: Funding;
  /** In force when the request began; its charge is worked out from the same. */
  prices: ModelPrices;
  /** The upper estimate. */
  promptTokens: number;
  /** The most the answer may have. */
  outputTokens: number;
  /** Milliseconds of audio at the most, for models that are billed by the hour; missing: none. */
  audioMs?: number;
  /** May fewer output tokens be granted, where the pools cannot pay for all? */
  isLowerable: boolean;
  /** The request's record, as JSON, as it would be logged if this process died now. */
  checkpoint: string;
}

/** Nano-coins and tokens; null: the owner is not limited in that unit. */
export interface Available {
  coins: bigint | null;
  tokens: bigint | null;
}

/** Where one pool pays: that of coins, if there is one. */
export function availableOfOne(coinPoolId: string | null, left: bigint): Available {
  return coinPoolId === null ? { coins: null, tokens: left } : { coins: left, tokens: null };
}

export interface HoldGrant {
  /** As asked for, or fewer: what can be paid. At least 1 where output was asked for. */
  outputTokens: number;
  /** Nano-coins held; 0 where coins do not limit the owner. */
  coins: bigint;
  /** Tokens held; 0 where tokens do not limit the owner. */
  tokens: bigint;
  /** What is left beside all holds. */
  available: Available;
}

/** More of the pools for a stream that outruns its hold. */
export interface ExtensionRequest {
  id: string;
  funding: Funding;
  prices: ModelPrices;
  /** Output tokens beyond those held so far. */
  moreOutputTokens: number;
  /** Milliseconds of audio beyond those held so far; missing: the request has none. */
  audioMs?: number;
  checkpoint: string;
}

/** The hold of a process that died, with all that is needed to settle it. */
export interface AbandonedHold {
  id: string;
  replicaId: string;
  openedAt: Date;
  coinPoolId: string | null;
  coins: bigint;
  tokenPoolId: string | null;
  tokens: bigint;
  checkpoint: string;
}
