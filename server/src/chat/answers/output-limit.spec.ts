import { describe, expect, it } from '@jest/globals';
import { type ModelEndpoint } from '../../models/index.js';
import { outputLimit } from './output-limit.js';

const OPENAI = 'https://api.openai.com/v1';
const VLLM = 'http://10.0.0.1:8000/v1';
const at = (...urls: string[]) => ({ endpoints: urls.map((url) => ({ url }) as ModelEndpoint) });

describe('the limit of an answer', () => {
  it.each([
    [[VLLM], 'max_tokens'],
    [[OPENAI], 'max_completion_tokens'],
    [[VLLM, OPENAI], 'max_completion_tokens'],
    [[], 'max_tokens'],
  ])('at %j is called %s', (urls, name) => {
    expect(outputLimit(at(...urls), 100)).toEqual({ [name]: 100 });
  });

  it('is left out where there is none', () => {
    expect(outputLimit(at(OPENAI), null)).toEqual({});
  });
});
