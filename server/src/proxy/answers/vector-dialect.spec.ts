import { describe, expect, it } from '@jest/globals';
import { readUsage } from './reported-usage.js';
import { VECTOR_DIALECT } from './vector-dialect.js';

const BOUNDS = { promptTokens: 1_000, completionTokens: 0 };

describe('the usage of embeddings, rankings and scores', () => {
  it.each<[string, object, number | null]>([
    ['OpenAI', { usage: { prompt_tokens: 8, total_tokens: 8 } }, 8],
    ['vLLM', { usage: { prompt_tokens: 8, total_tokens: 9, completion_tokens: 1 } }, 8],
    ['Jina', { usage: { total_tokens: 8 } }, 8],
    ['a later Jina', { usage: { input_tokens: 8 } }, 8],
    ['Cohere', { meta: { tokens: { input_tokens: 8 }, billed_units: { input_tokens: 7 } } }, 8],
    ['an earlier Cohere', { meta: { billed_units: { input_tokens: 7 } } }, 7],
    ['none at all', { usage: { prompt_tokens: 0, total_tokens: 0 } }, 0],
    ['a lie', { usage: { prompt_tokens: 1_001 } }, null],
  ])('as %s reports it', (_what, body, promptTokens) => {
    const usage = readUsage(VECTOR_DIALECT.usageIn({ ...body }), BOUNDS);
    expect(usage).toMatchObject({ promptTokens, completionTokens: 0 });
  });

  it.each([
    {},
    { usage: null },
    { usage: [] },
    { usage: 'x' },
    { meta: { billed_units: { search_units: 1 } } },
  ])('is not known of %j', (body) => {
    expect(VECTOR_DIALECT.usageIn(body)).toBeNull();
  });
});
