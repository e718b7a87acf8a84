import { describe, expect, it } from '@jest/globals';
import { questionHeaders } from './question-headers.js';

const accept = 'application/json';

describe('questionHeaders', () => {
  it.each([
    ['http://vllm:8000', 'Bearer k', { accept, authorization: 'Bearer k' }],
    ['http://ollama:11434', null, { accept }],
    [
      'https://api.anthropic.com',
      'Bearer sk-ant',
      { accept, 'anthropic-version': '2023-06-01', 'x-api-key': 'sk-ant' },
    ],
  ])('are for %s what it wants', (origin, authorization, headers) => {
    expect(questionHeaders({ origin, authorization })).toEqual(headers);
  });
});
