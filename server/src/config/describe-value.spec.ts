import { describe, expect, it } from '@jest/globals';
import { describeValue } from './describe-value.js';

describe('a wrong value in words', () => {
  it.each([
    ['yes', 'the text "yes"'],
    ['postgres://me:word@host/x', 'the text "postgres://…@host/x"'],
    ['meta-llama/Llama-3.1-70B-Instruct', 'the text "meta-llama/Llama-3.1-70B-Instruct"'],
    ['30 per minute and 500 per hour', 'the text "30 per minute and 500 per hour"'],
    [7, '7'],
    [[], 'an empty list'],
  ])('is shown where it is %j', (value, words) => {
    expect(describeValue(value)).toBe(words);
  });

  it.each(['sk-abc', 'Bearer abc', 'hf_abcdef', 'f3a9c1d27b6e4f5a8c0d1e2f', 'a1'.repeat(40)])(
    'is not shown where it looks like a key that was put in the wrong place: %s',
    (value) => {
      expect(describeValue(value)).toBe(`a text of ${value.length} characters (not shown)`);
    },
  );
});
