import { type Available } from './hold-request.js';

/** The end of a request, for the books. */
export interface Settlement {
  /** The request's, which is its hold's too. */
  id: string;
  /** The pools of the hold; null: none in that unit. */
  coinPoolId: string | null;
  tokenPoolId: string | null;
  /** Nano-coins that the request cost, from 0. */
  coins: bigint;
  /** Tokens that it used, from 0. */
  tokens: bigint;
  at: Date;
  /** False: no pool limits the owner, so nothing was held and nothing is charged. */
  isHeld: boolean;
}

export interface SettlementOutcome {
  /** False: the hold was gone, settled by somebody else, and nothing happened here. */
  isFirst: boolean;
  /** What the pools have left beside all holds. */
  available: Available;
}
