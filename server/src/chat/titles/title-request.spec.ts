import { describe, expect, it } from '@jest/globals';
import { type ModelEndpoint } from '../../models/index.js';
import { titleRequest } from './title-request.js';

const OPENAI = 'https://api.openai.com/v1';
const VLLM = 'http://10.0.0.1:8000/v1';
const at = (url: string) => ({ url, upstreamModel: 'm-upstream' }) as ModelEndpoint;
const EXCHANGE = { question: 'Why?', answer: 'Because.' };

describe('what a model is asked for a title', () => {
  it.each([
    [VLLM, false, { max_tokens: 200 }],
    [VLLM, true, { max_tokens: 2_000 }],
    [OPENAI, false, { max_completion_tokens: 200 }],
    [OPENAI, true, { max_completion_tokens: 2_000 }],
  ])('at %s, thinking: %s, has the limit %j', (url, supportsReasoning, limit) => {
    const { max_tokens, max_completion_tokens, ...rest } = titleRequest(
      { supportsReasoning },
      at(url),
      EXCHANGE,
    );
    expect({ max_tokens, max_completion_tokens }).toEqual({
      max_tokens: undefined,
      max_completion_tokens: undefined,
      ...limit,
    });
    expect(rest).toMatchObject({ model: 'm-upstream', stream: false });
  });

  it('is shown the beginning of both, in whole characters', () => {
    const long = { question: 'a'.repeat(3_000), answer: `${'b'.repeat(1_999)}😀` };
    const { messages } = titleRequest({ supportsReasoning: false }, at(VLLM), long);
    const [, shown] = messages as { content: string }[];
    expect(shown!.content).toBe(`${'a'.repeat(2_000)}\n\n---\n\n${'b'.repeat(1_999)}\uFFFD`);
  });
});
