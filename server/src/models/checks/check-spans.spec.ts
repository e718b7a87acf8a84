import { describe, expect, it } from '@jest/globals';
import { keptStarts, KEPT_SPANS, startOfSpan } from './check-spans.js';

const NOW = Date.UTC(2026, 10, 21, 22, 35, 7);

describe('the spans of checks', () => {
  it.each([
    ['hour', '2026-11-21T22:00:00.000Z', '2026-11-18T05:00:00.000Z'],
    ['day', '2026-11-21T00:00:00.000Z', '2026-08-24T00:00:00.000Z'],
  ] as const)('of one %s run from %s back to %s', (span, last, first) => {
    const starts = keptStarts(span, NOW);
    expect(starts).toHaveLength(KEPT_SPANS);
    expect(new Date(starts.at(-1)!).toISOString()).toBe(last);
    expect(new Date(starts[0]!).toISOString()).toBe(first);
    expect(startOfSpan(span, NOW)).toBe(starts.at(-1));
  });
});
