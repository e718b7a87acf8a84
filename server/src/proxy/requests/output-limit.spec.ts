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
    const model = { maxOutputTokens: modelLimit, contextWindow: 90_000, hidesReasoning: false };
    const isWhole = !isStream;
    expect(planOutput(request, model, USUAL)).toMatchObject({ held, isWhole });
  });

  it.each<[string, number | null, number | null, number | null, number, boolean]>([
    ['its own limit', 50_000, null, null, 50_000, true],
    ['its model’s limit', null, 64_000, 90_000, 64_000, true],
    ['its model’s window', null, null, 90_000, 90_000, true],
    ['the smaller of both', 500_000, 64_000, null, 64_000, true],
    ['the usual, where nobody knows an end', null, null, null, USUAL, false],
  ])('a stream of unseen thoughts: %s', (_what, limit, maxOutputTokens, window, held, isWhole) => {
    const request = { output: { limit, choices: 1 }, isStream: true };
    const model = { maxOutputTokens, contextWindow: window, hidesReasoning: true };
    expect(planOutput(request, model, USUAL)).toMatchObject({ held, isWhole });
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
