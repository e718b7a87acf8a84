import { aModel } from '../../../testing/fixtures';
import { contextPercent, estimateCost, historyWarning, isWorthSaying } from './estimate';

const model = aModel({ inputCostPerMillion: 10, outputCostPerMillion: 20, contextWindow: 20_000 });

describe('estimateCost', () => {
  it('is what is read and a usual answer', () => {
    expect(estimateCost([model], { inputTokens: 1000, maxOutputTokens: null })).toBeCloseTo(0.02);
  });

  it('knows the limits of the answer', () => {
    const limited = aModel({ ...model, maxOutputTokens: 200 });
    expect(estimateCost([limited], { inputTokens: 0, maxOutputTokens: null })).toBeCloseTo(0.004);
    expect(estimateCost([limited], { inputTokens: 0, maxOutputTokens: 100 })).toBeCloseTo(0.002);
  });

  it('adds up models side by side', () => {
    const both = estimateCost([model, model], { inputTokens: 1000, maxOutputTokens: null });
    expect(both).toBeCloseTo(0.04);
  });
});

describe('isWorthSaying', () => {
  it.each([
    [0.011, 1, true],
    [0.01, 1, false],
    [5, null, false],
    [0, 0, false],
    [0.001, 0, true],
  ])('%d of %s', (cost, available, expected) => {
    expect(isWorthSaying(cost, available)).toBe(expected);
  });
});

describe('historyWarning', () => {
  it.each([
    [7_999, 1, null],
    [10_000, 1, 'cost'],
    [10_000, 100, null],
    [10_000, null, null],
    [18_001, null, 'full'],
  ])('of %i tokens with %s coins left is %s', (tokens, available, expected) => {
    expect(historyWarning([model], tokens, available)).toBe(expected);
  });
});

describe('contextPercent', () => {
  it('is of the smallest memory, and never nothing', () => {
    const large = aModel({ contextWindow: 200_000 });
    expect(contextPercent([large, model], 10_000)).toBe(50);
    expect(contextPercent([large], 10)).toBe(1);
  });

  it('is not known without a size or before an answer', () => {
    expect(contextPercent([aModel({ contextWindow: null })], 5)).toBeNull();
    expect(contextPercent([model], null)).toBeNull();
  });
});
