import { describe, expect, it } from '@jest/globals';
import { limitFieldFor, planOutput } from './output-limit.js';

const USUAL = 4_096;

describe('planOutput', () => {
  it.each<[string, boolean, number | null, number, number | null, number]>([
    ['a stream without limits', true, null, 1, null, 4_096],
    ['a stream with a small limit', true, 100, 1, null, 100],
    ['a stream with a large limit begins as usual', true, 50_000, 1, null, 4_096],
    ['a stream of a model with a small limit', true, 50_000, 1, 512, 512],
    ['a stream of a model with a large limit', true, null, 1, 32_000, 4_096],
    ['an answer in one piece without limits', false, null, 1, null, 4_096],
    ['its own limit', false, 50_000, 1, null, 50_000],
    ['its model’s limit', false, null, 1, 32_000, 32_000],
    ['the smaller of both', false, 50_000, 1, 32_000, 32_000],
    ['all choices together', false, 100, 3, null, 300],
  ])('%s', (_what, isStream, limit, choices, modelLimit, held) => {
    const request = { output: { limit, choices }, isStream };
    expect(planOutput(request, modelLimit, USUAL).held).toBe(held);
  });
});

describe('limitFieldFor', () => {
  it.each([
    ['https://api.openai.com/v1', 'max_completion_tokens'],
    ['https://x.openai.azure.com/openai', 'max_completion_tokens'],
    ['http://127.0.0.1:8000/v1', 'max_tokens'],
    ['https://api.openai.com.example.org/v1', 'max_tokens'],
  ])('of %s', (url, field) => {
    expect(limitFieldFor(url)).toBe(field);
  });
});
