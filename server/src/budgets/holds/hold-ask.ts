import { type Available } from './hold-request.js';
import { affordable, type Bill, type HoldSize } from './hold-size.js';

/** A hold, or more for one, on its way to the database. */
export interface HoldAsk extends Bill {
  readonly id: string;
  readonly size: HoldSize;
  /** May it be less than `size`? */
  readonly isLowerable: boolean;
  readonly atMs: number;
  readonly checkpoint: string;
}

export interface HoldAnswer {
  /** `lower`: not so much, but `size` may be asked for. */
  readonly kind: 'granted' | 'lower' | 'refused';
  readonly size: HoldSize;
  /** What the pools have left beside all holds, this one included. */
  readonly available: Available;
}

/** What an ask may try next when the pools, with so much left, did not pay for it. */
export function nextTry(ask: HoldAsk, available: Available): HoldSize | null {
  const { coins, tokens } = ask.size;
  const isThere =
    (ask.coinPoolId === null || coins <= (available.coins ?? 0n)) &&
    (ask.tokenPoolId === null || tokens <= (available.tokens ?? 0n));
  if (isThere) return ask.size;
  return ask.isLowerable ? affordable(ask, ask.size.outputTokens, available) : null;
}
