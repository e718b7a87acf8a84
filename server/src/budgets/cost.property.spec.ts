import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { costOf, ENDLESS_OUTPUT, mostOutputFor } from './cost.js';

const price = fc.oneof(fc.constantFrom(0n, 1n, 999_999n), fc.bigInt({ min: 0n, max: 10n ** 15n }));
const prices = fc.record({
  inputPerMillion: price,
  cachedInputPerMillion: price,
  outputPerMillion: price,
  audioPerHour: fc.constant(null),
});
const tokens = fc.nat(2_000_000_000);

const usage = (promptTokens: number, completionTokens: number, cachedTokens = 0) => ({
  promptTokens,
  completionTokens,
  cachedTokens,
});

describe('costs', () => {
  it('are what exact arithmetic says, rounded up by less than a nano-coin', () => {
    fc.assert(
      fc.property(prices, tokens, tokens, fc.nat(), (price, prompt, output, anyCached) => {
        const cached = Math.min(anyCached, prompt);
        const exact =
          BigInt(prompt - cached) * price.inputPerMillion +
          BigInt(cached) * price.cachedInputPerMillion +
          BigInt(output) * price.outputPerMillion;
        const over = costOf(usage(prompt, output, cached), price) * 1_000_000n - exact;
        expect(over >= 0n && over < 1_000_000n).toBe(true);
      }),
    );
  });

  it('never fall when more is used, and never rise by being billed together', () => {
    fc.assert(
      fc.property(prices, tokens, tokens, tokens, (price, prompt, output, more) => {
        const before = costOf(usage(prompt, output), price);
        const after = costOf(usage(prompt, output + more), price);
        expect(after >= before).toBe(true);
        expect(after <= before + costOf(usage(0, more), price)).toBe(true);
      }),
    );
  });

  it('tell exactly how much output an amount pays for', () => {
    const coins = fc.bigInt({ min: 0n, max: 10n ** 18n });
    fc.assert(
      fc.property(prices, coins, tokens, (price, amount, prompt) => {
        const most = mostOutputFor(amount, price, prompt);
        if (most >= 0) expect(costOf(usage(prompt, most), price) <= amount).toBe(true);
        if (most === ENDLESS_OUTPUT) return;
        expect(costOf(usage(prompt, most + 1), price) > amount).toBe(true);
      }),
    );
  });
});
