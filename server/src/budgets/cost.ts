import { type ModelPrices } from '../models/index.js';

/** What a request used. Whole numbers; what is below 0 counts as 0. */
export interface BilledUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Part of the prompt tokens. */
  readonly cachedTokens: number;
  /** Length of the audio that was read, for models that are billed by the hour. */
  readonly audioMs?: number;
}

const MILLION = 1_000_000n;
const HOUR_MS = 3_600_000n;
/** More than any answer has; stands for "no end" where output is free. */
export const ENDLESS_OUTPUT = Number.MAX_SAFE_INTEGER;

/**
 * What usage costs, in nano-coins, rounded up once at the end. Audio of a model with a price for the
 * hour is billed by that price instead of by tokens.
 */
export function costOf(usage: BilledUsage, prices: ModelPrices): bigint {
  if (usage.audioMs !== undefined && prices.audioPerHour !== null) {
    return dividedUp(count(usage.audioMs) * prices.audioPerHour, HOUR_MS);
  }
  const prompt = count(usage.promptTokens);
  const cached = least(count(usage.cachedTokens), prompt);
  const input = (prompt - cached) * prices.inputPerMillion + cached * prices.cachedInputPerMillion;
  const output = count(usage.completionTokens) * prices.outputPerMillion;
  return dividedUp(input + output, MILLION);
}

/**
 * The most output tokens that `coins` (nano-coins) pay beside a prompt: the greatest number for which
 * `costOf` both is within `coins`. -1 where the prompt alone is dearer.
 */
export function mostOutputFor(coins: bigint, prices: ModelPrices, promptTokens = 0): number {
  const left = coins * MILLION - count(promptTokens) * prices.inputPerMillion;
  if (left < 0n) return -1;
  if (prices.outputPerMillion === 0n) return ENDLESS_OUTPUT;
  return Number(least(left / prices.outputPerMillion, BigInt(ENDLESS_OUTPUT)));
}

const count = (value: number) => BigInt(Math.ceil(Math.max(0, value)));
const least = (one: bigint, other: bigint) => (one < other ? one : other);
const dividedUp = (amount: bigint, by: bigint) => (amount + by - 1n) / by;
