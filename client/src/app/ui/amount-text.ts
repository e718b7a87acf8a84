/** Whether so little is missing that a full budget is read: less than half a hundredth. */
export function isFull({ available, max }: { available: string; max: string }): boolean {
  return Number(max) - Number(available) < 0.005;
}

/** An amount for people: small ones to two digits, however small. */
export function coinsText(coins: string, locale: string): string {
  const amount = Number(coins);
  const digits = amount !== 0 && Math.abs(amount) < 1 ? { maximumSignificantDigits: 2 } : {};
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 2, ...digits }).format(amount);
}
