import { describe, expect, it } from '@jest/globals';
import { COMPLETION_DIALECT } from './completion-dialect.js';

const chunk = (text: string) =>
  `data: ${JSON.stringify({
    id: 'cmpl-1',
    object: 'text_completion',
    created: 1,
    model: 'm',
    choices: [{ index: 0, text, logprobs: null, finish_reason: null }],
  })}\n\n`;

describe('text completions', () => {
  it.each([
    ['a token', chunk(' word'), 1],
    ['two of them', chunk(' word') + chunk(' word'), 2],
    ['an empty one', chunk(''), 0],
    ['a text that quotes the key', chunk('{"text":"x"}'), 1],
    ['a long text', chunk('x'.repeat(400)), 100],
    [
      'its tokens, named again',
      '{"text":"ab","logprobs":{"tokens":["a","b"],"text_offset":[0,1]}}',
      1,
    ],
    ['a chat, which this is not', '{"content":"a"}', 0],
  ])('are counted: %s', (_what, json, tokens) => {
    expect(COMPLETION_DIALECT.count(json)).toBe(tokens);
  });

  it('end for want of budget as they began', () => {
    const usage = {
      promptTokens: 3,
      completionTokens: 5,
      cachedTokens: null,
      reasoningTokens: null,
    };
    const ending = COMPLETION_DIALECT.lengthEnding(Buffer.from(chunk('a')), 2, usage).toString();
    const head = '"id":"cmpl-1","object":"text_completion","created":1,"model":"m"';
    const end = (index: number) =>
      `data: {${head},"choices":[{"index":${index},"text":"","logprobs":null,"finish_reason":"length"}]}\n\n`;
    const figures = '"usage":{"prompt_tokens":3,"completion_tokens":5,"total_tokens":8}';
    expect(ending).toBe(
      `${end(0)}${end(1)}data: {${head},"choices":[],${figures}}\n\ndata: [DONE]\n\n`,
    );
  });
});
