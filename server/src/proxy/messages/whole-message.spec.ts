import { describe, expect, it } from '@jest/globals';
import { messageOf, type MessageTerms } from './whole-message.js';

const TERMS: MessageTerms = {
  model: 'm',
  promptTokens: 11,
  isThinkingShown: true,
  stopSequences: ['END'],
};
const USAGE = {
  prompt_tokens: 9,
  completion_tokens: 7,
  prompt_tokens_details: { cached_tokens: 4 },
};
const call = (written: unknown, id: unknown = 'call_1') => ({
  id,
  type: 'function',
  function: { name: 'add', arguments: written },
});

function translated(message: object, choice: object = {}, terms: Partial<MessageTerms> = {}) {
  const json = JSON.stringify({
    id: 'chatcmpl-1',
    model: 'upstream-name',
    choices: [{ index: 0, message, finish_reason: 'stop', ...choice }],
    usage: USAGE,
  });
  return messageOf(json, { ...TERMS, ...terms }) as Record<string, unknown>;
}

describe('a chat completion as a message', () => {
  it('has all that a message has', () => {
    expect(translated({ role: 'assistant', content: 'Hello ü' })).toEqual({
      id: expect.stringMatching(/^msg_[0-9a-f]{32}$/),
      type: 'message',
      role: 'assistant',
      model: 'm',
      content: [{ type: 'text', text: 'Hello ü' }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: {
        input_tokens: 5,
        output_tokens: 7,
        cache_read_input_tokens: 4,
        cache_creation_input_tokens: 0,
      },
    });
  });

  it('is called as the backend calls it where the caller did not', () => {
    expect(translated({ content: 'a' }, {}, { model: '' })['model']).toBe('upstream-name');
  });

  it.each<[string, object, object[]]>([
    ['nothing', { content: null }, []],
    [
      'a thought',
      { reasoning_content: 'hm', content: 'a' },
      [
        { type: 'thinking', thinking: 'hm', signature: '' },
        { type: 'text', text: 'a' },
      ],
    ],
    [
      'a thought under its new name',
      { reasoning: 'hm' },
      [{ type: 'thinking', thinking: 'hm', signature: '' }],
    ],
    [
      'a call with words',
      { content: 'Let me.', tool_calls: [call('{"a":1}')] },
      [
        { type: 'text', text: 'Let me.' },
        { type: 'tool_use', id: 'call_1', name: 'add', input: { a: 1 } },
      ],
    ],
    [
      'a call without arguments',
      { tool_calls: [call('')] },
      [{ type: 'tool_use', id: 'call_1', name: 'add', input: {} }],
    ],
    [
      'a call that is no JSON',
      { tool_calls: [call('{"a":')] },
      [{ type: 'tool_use', id: 'call_1', name: 'add', input: { arguments: '{"a":' } }],
    ],
    [
      'a call without an id',
      { tool_calls: [call('{}', null)] },
      [{ type: 'tool_use', id: expect.stringMatching(/^toolu_/), name: 'add', input: {} }],
    ],
    ['a refusal', { content: null, refusal: 'No.' }, [{ type: 'text', text: 'No.' }]],
  ])('with %s', (_what, message, content) => {
    expect(translated(message)['content']).toEqual(content);
  });

  it('keeps thoughts from those who did not ask for them', () => {
    const message = { reasoning_content: 'hm', content: 'a' };
    expect(translated(message, {}, { isThinkingShown: false })['content']).toEqual([
      { type: 'text', text: 'a' },
    ]);
  });

  it.each<[object, object, string, string | null]>([
    [{ content: 'a' }, {}, 'end_turn', null],
    [{ content: 'a' }, { finish_reason: 'length' }, 'max_tokens', null],
    [{ content: 'a' }, { finish_reason: 'content_filter' }, 'refusal', null],
    [{ refusal: 'No.' }, {}, 'refusal', null],
    [{ tool_calls: [call('{}')] }, { finish_reason: 'tool_calls' }, 'tool_use', null],
    [{ tool_calls: [call('{}')] }, {}, 'tool_use', null],
    [{ content: 'a' }, { stop_reason: 'END' }, 'stop_sequence', 'END'],
    [{ content: 'a' }, { stop_reason: 128_009 }, 'end_turn', null],
    [{ content: 'a' }, { stop_reason: 'another' }, 'end_turn', null],
  ])('%j with %j ends by %s', (message, choice, reason, sequence) => {
    expect(translated(message, choice)).toMatchObject({
      stop_reason: reason,
      stop_sequence: sequence,
    });
  });

  it('is estimated where the backend reports nothing', () => {
    const json = JSON.stringify({ choices: [{ message: { content: 'x'.repeat(80) } }] });
    expect(messageOf(json, TERMS)).toMatchObject({
      usage: { input_tokens: 11, output_tokens: 20 },
    });
  });

  it.each([
    '',
    '[]',
    '{}',
    '{"choices":[]}',
    '{"choices":[{}]}',
    '{"error":{"message":"x"}}',
    'null',
  ])('is not made of %j', (json) => {
    expect(messageOf(json, TERMS)).toBeNull();
  });
});
