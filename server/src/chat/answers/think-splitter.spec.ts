import { describe, expect, it } from '@jest/globals';
import { ThinkSplitter, withoutLateThought } from './think-splitter.js';

const ANSWERS: [string, string, string][] = [
  ['an answer without a thought', 'Hello', ''],
  ['<think>Hm,\n\n ok</think>\n\nHello <b>', 'Hello <b>', 'Hm,\n\n ok'],
  ['\n <think>\nHm\n</think>Hello', 'Hello', 'Hm'],
  ['<think></think>Hello', 'Hello', ''],
  ['<think>a < b </thin no', '', 'a < b </thin no'],
  ['<think>never closed', '', 'never closed'],
  ['<thin air', '<thin air', ''],
  ['<th', '<th', ''],
  ['Say <think>x</think>', 'Say <think>x</think>', ''],
];

function split(pieces: readonly string[]) {
  const splitter = new ThinkSplitter();
  const parts = [...pieces.map((piece) => splitter.take(piece)), splitter.rest()];
  return {
    content: parts.map(({ content }) => content).join(''),
    reasoning: parts.map(({ reasoning }) => reasoning).join(''),
  };
}

describe('an answer that thinks in its text', () => {
  it.each(ANSWERS)('is taken apart: %j', (text, content, reasoning) => {
    const expected = { content: text === content ? text : content, reasoning };
    if (text.startsWith('an ')) expected.content = text;
    expect(split([text])).toEqual(expected);
    expect(split([...text])).toEqual(expected);
    for (let n = 1; n < text.length; n += 1) {
      expect(split([text.slice(0, n), text.slice(n)])).toEqual(expected);
    }
  });
});

describe('an answer with only the closing tag', () => {
  it.each([
    ['Hm\n</think>\n\nHello', 'Hello', 'Hm'],
    ['In a line </think> it is a word', 'In a line </think> it is a word', ''],
  ])('is put right at its end: %j', (content, said, thought) => {
    expect(withoutLateThought({ content, reasoning: '' })).toEqual({
      content: said,
      reasoning: thought,
    });
  });

  it('is left alone where the model has thought otherwise', () => {
    const text = { content: 'a\n</think>\nb', reasoning: 'x' };
    expect(withoutLateThought(text)).toBe(text);
  });
});
