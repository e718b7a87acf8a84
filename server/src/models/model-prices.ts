/** What a model costs, in nano-coins; whole numbers, worked out once from the configured coins. */
export interface ModelPrices {
  readonly inputPerMillion: bigint;
  readonly cachedInputPerMillion: bigint;
  readonly outputPerMillion: bigint;
  /** Null: audio is billed by tokens. */
  readonly audioPerHour: bigint | null;
}

interface PricesInCoins {
  readonly inputCostPerMillion: number;
  readonly outputCostPerMillion: number;
  readonly cachedInputCostPerMillion: number | null;
  readonly audioCostPerHour: number | null;
}

/** Coins of the configuration to nano-coins, rounded to the nearest: a billionth of a coin is the least price. */
export function pricesInNanoCoins(prices: PricesInCoins): ModelPrices {
  const { inputCostPerMillion, cachedInputCostPerMillion, audioCostPerHour } = prices;
  return Object.freeze({
    inputPerMillion: nano(inputCostPerMillion),
    cachedInputPerMillion: nano(cachedInputCostPerMillion ?? inputCostPerMillion),
    outputPerMillion: nano(prices.outputCostPerMillion),
    audioPerHour: audioCostPerHour === null ? null : nano(audioCostPerHour),
  });
}

/** Exact for what people write: 0.07 has no exact double, its nine decimals as text have. */
function nano(coins: number): bigint {
  return BigInt(coins.toFixed(9).replace('.', ''));
}
