import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countProduced } from './produced-tokens.js';

const latin1 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('latin1');
const delta = (fields: object) => latin1({ choices: [{ index: 0, delta: fields }] });

const thoughtOf = (one: string, other: string) =>
  delta({ reasoning_content: one, reasoning: one, reasoning_details: [{ text: other }] });

describe('countProduced', () => {
  it.each<[string, string, number]>([
    ['a word', delta({ content: ' word' }), 1],
    ['an empty text', delta({ role: 'assistant', content: '' }), 0],
    ['no text', delta({}), 0],
    ['null', delta({ content: null }), 0],
    ['a text of 20 bytes', delta({ content: 'x'.repeat(20) }), 1],
    ['a text of 21 bytes', delta({ content: 'x'.repeat(21) }), 6],
    ['a paragraph', delta({ content: 'x'.repeat(400) }), 100],
    ['a thought', delta({ reasoning_content: ' hm' }), 1],
    ['a thought under its new name', delta({ reasoning: ' hm' }), 1],
    ['a thought under both names', delta({ reasoning_content: ' hm', reasoning: ' hm' }), 1],
    ['a thought and a word', delta({ reasoning_content: ' hm', content: 'a' }), 2],
    ['a tool call', delta({ tool_calls: [{ function: { arguments: '{"a' } }] }), 1],
    ['a thought under three names, twice', thoughtOf(' hm', ' hm') + thoughtOf(' hm', ' hm'), 2],
    ['two thoughts that differ', thoughtOf(' hm', ' ha'), 2],
    ['a thought in parts alone', delta({ reasoning_details: [{ text: 'x'.repeat(40) }] }), 10],
    ['a thought in a list', delta({ content: [{ thinking: [{ text: 'x'.repeat(40) }] }] }), 10],
    ['a list of texts', delta({ content: [{ type: 'text', text: 'a' }, { text: 'a' }] }), 2],
    ['the text for a tool', delta({ tool_calls: [{ custom: { input: 'x'.repeat(40) } }] }), 10],
    ['what is said aloud', delta({ audio: { transcript: 'x'.repeat(40) } }), 10],
    ['two choices', delta({ content: 'a' }) + delta({ content: 'b' }), 2],
    ['spaces around the colon', '{"delta": {"content" : "word"}}', 1],
    ['a key that is only talked about', delta({ content: '"content":"x"' }), 1],
    ['a quote at the end', delta({ content: 'x'.repeat(39) + '"' }), 10],
    ['escapes', `{"delta":{"content":"${'\\n'.repeat(40)}"}}`, 10],
    ['escaped characters of another script', `{"delta":{"content":"${'\\u4e2d'.repeat(8)}"}}`, 6],
    ['bytes of another script', delta({ content: '中'.repeat(8) }), 6],
    ['log probabilities', latin1({ choices: [{ logprobs: { content: [{ token: 'a' }] } }] }), 0],
    ['a whole answer', latin1({ choices: [{ message: { content: 'x'.repeat(80) } }] }), 20],
    ['a text that is cut', '{"delta":{"content":"' + 'x'.repeat(40), 10],
  ])('%s', (_what, json, tokens) => {
    expect(countProduced(json)).toBe(tokens);
  });

  it('counts one delta once, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 5, unit: 'grapheme-ascii' }), (content) => {
        expect(countProduced(delta({ content }))).toBe(1);
      }),
    );
  });
});
