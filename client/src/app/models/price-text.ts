/** Coins as text: exact, as prices may be a millionth of a coin. */
export function priceText(coins: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 9 }).format(coins);
}
