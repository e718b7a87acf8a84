import { SUM_COLUMNS } from './rollup-tables.js';

/** What requests add up to; `cost` in nano-coins. */
export interface UsageSums {
  requests: number;
  errors: number;
  cancelled: number;
  promptTokens: number;
  completionTokens: number;
  cachedTokens: number;
  reasoningTokens: number;
  cost: bigint;
  durationMs: number;
  firstByteMs: number;
  /** Requests that have a first byte. */
  firstBytes: number;
}

export const noUsage = (): UsageSums => ({
  requests: 0,
  errors: 0,
  cancelled: 0,
  promptTokens: 0,
  completionTokens: 0,
  cachedTokens: 0,
  reasoningTokens: 0,
  cost: 0n,
  durationMs: 0,
  firstByteMs: 0,
  firstBytes: 0,
});

/** Adds to `sums`, or takes away with a sign of −1. */
export function addUsage(sums: UsageSums, more: UsageSums, sign: 1 | -1 = 1): void {
  sums.requests += sign * more.requests;
  sums.errors += sign * more.errors;
  sums.cancelled += sign * more.cancelled;
  sums.promptTokens += sign * more.promptTokens;
  sums.completionTokens += sign * more.completionTokens;
  sums.cachedTokens += sign * more.cachedTokens;
  sums.reasoningTokens += sign * more.reasoningTokens;
  sums.cost += sign === 1 ? more.cost : -more.cost;
  sums.durationMs += sign * more.durationMs;
  sums.firstByteMs += sign * more.firstByteMs;
  sums.firstBytes += sign * more.firstBytes;
}

/** The list of a SELECT that `readSums` reads; costs as text, which is exact on both databases. */
export const SELECT_SUMS = SUM_COLUMNS.map((name) =>
  name === 'cost' ? 'CAST(SUM(cost) AS TEXT)' : `SUM(${name})`,
).join(', ');

/** Reads what `SELECT_SUMS` selects, from the column `start` on. */
export function readSums(row: readonly unknown[], start: number): UsageSums {
  return {
    requests: Number(row[start]),
    errors: Number(row[start + 1]),
    cancelled: Number(row[start + 2]),
    promptTokens: Number(row[start + 3]),
    completionTokens: Number(row[start + 4]),
    cachedTokens: Number(row[start + 5]),
    reasoningTokens: Number(row[start + 6]),
    cost: BigInt((row[start + 7] as string | null) ?? 0),
    durationMs: Number(row[start + 8]),
    firstByteMs: Number(row[start + 9]),
    firstBytes: Number(row[start + 10]),
  };
}
