import { type ModelPrices } from '../../models/index.js';
import { costOf, mostOutputFor } from '../cost.js';
import { type Available } from './hold-request.js';

/** What has to be paid, and from which pools; null: not from that kind. */
export interface Bill {
  readonly coinPoolId: string | null;
  readonly tokenPoolId: string | null;
  readonly prices: ModelPrices;
  readonly promptTokens: number;
  /** Milliseconds of audio; missing: there is none. */
  readonly audioMs?: number;
}

/** What so many output tokens take from each pool. */
export interface HoldSize {
  readonly outputTokens: number;
  /** Nano-coins. */
  readonly coins: bigint;
  readonly tokens: bigint;
}

/** The most that the databases can count; no pool has it free. */
const MOST = 2n ** 63n - 1n;

/** An amount as the databases can keep it. */
export function countable(amount: bigint): bigint {
  if (amount < 0n) return 0n;
  return amount < MOST ? amount : MOST;
}

/** Upper bounds: cached input may be what is dearer. */
export function sizeOf(bill: Bill, outputTokens: number): HoldSize {
  const { coinPoolId, tokenPoolId, promptTokens, audioMs } = bill;
  const usage = { promptTokens, completionTokens: outputTokens, cachedTokens: 0, audioMs };
  const coins = coinPoolId === null ? 0n : costOf(usage, dearest(bill.prices));
  const tokens = tokenPoolId === null ? 0n : BigInt(Math.ceil(promptTokens + outputTokens));
  return { outputTokens, coins: countable(coins), tokens: countable(tokens) };
}

/** The most output that can be paid, no more than `wanted`; null: not even one token of it. */
export function affordable(bill: Bill, wanted: number, available: Available): HoldSize | null {
  let output = wanted;
  if (bill.coinPoolId !== null) {
    const coins = available.coins ?? 0n;
    output = Math.min(output, mostOutputFor(coins, dearest(bill.prices), bill.promptTokens));
  }
  if (bill.tokenPoolId !== null) {
    output = Math.min(output, Number(available.tokens ?? 0n) - Math.ceil(bill.promptTokens));
  }
  return output >= 1 ? sizeOf(bill, Math.floor(output)) : null;
}

function dearest(prices: ModelPrices): ModelPrices {
  const { cachedInputPerMillion, inputPerMillion } = prices;
  return cachedInputPerMillion > inputPerMillion
    ? { ...prices, inputPerMillion: cachedInputPerMillion }
    : prices;
}
