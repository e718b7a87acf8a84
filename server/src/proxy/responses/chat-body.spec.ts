import { describe, expect, it } from '@jest/globals';
import { chatBody } from './chat-body.js';

const TARGET = { model: 'up', isStream: false, limitField: 'max_tokens', limit: null };
const bodyOf = (values: Record<string, unknown>) =>
  chatBody({ input: 'hi', ...values }, TARGET) as Record<string, unknown>;
const messagesOf = (input: unknown, instructions?: string) =>
  bodyOf({ input, instructions })['messages'];
const TOOL = { type: 'function', name: 'add', parameters: { type: 'object' }, strict: true };
const CHAT_TOOL = {
  type: 'function',
  function: { name: 'add', parameters: { type: 'object' }, strict: true },
};
const IMAGE = { type: 'input_image', image_url: 'data:image/png;base64,AAAA', detail: 'low' };
const CHAT_IMAGE = {
  type: 'image_url',
  image_url: { url: 'data:image/png;base64,AAAA', detail: 'low' },
};
const callItem = (call_id: string) => ({
  type: 'function_call',
  call_id,
  name: 'add',
  arguments: '{}',
});
const chatCall = (id: string) => ({
  id,
  type: 'function',
  function: { name: 'add', arguments: '{}' },
});
const outputItem = (call_id: string, output: unknown) => ({
  type: 'function_call_output',
  call_id,
  output,
});

describe('chatBody', () => {
  it('asks for no more than it must', () => {
    expect(bodyOf({ store: true, metadata: { a: 'b' }, truncation: 'auto' })).toEqual({
      model: 'up',
      messages: [{ role: 'user', content: 'hi' }],
    });
  });

  it('asks streams for their usage, and sets the limit by the name that the backend knows', () => {
    const target = { model: 'up', isStream: true, limitField: 'max_completion_tokens', limit: 7 };
    expect(chatBody({ input: 'hi' }, target)).toEqual({
      model: 'up',
      messages: [{ role: 'user', content: 'hi' }],
      max_completion_tokens: 7,
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it.each([
    [
      { temperature: 0, top_p: 0.5, user: 'u' },
      { temperature: 0, top_p: 0.5, user: 'u' },
    ],
    [{ reasoning: { effort: 'low', summary: 'auto' } }, { reasoning_effort: 'low' }],
    [{ reasoning: null, text: null, tools: null, temperature: null }, {}],
    [{ text: { format: { type: 'text' }, verbosity: 'low' } }, { verbosity: 'low' }],
    [{ text: { format: { type: 'json_object' } } }, { response_format: { type: 'json_object' } }],
    [
      { text: { format: { type: 'json_schema', name: 'n', schema: { a: 1 }, strict: true } } },
      {
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'n', schema: { a: 1 }, strict: true },
        },
      },
    ],
    [{ tools: [TOOL] }, { tools: [CHAT_TOOL] }],
    [{ tools: [], tool_choice: 'auto', parallel_tool_calls: true }, {}],
    [
      { tools: [TOOL], tool_choice: 'required', parallel_tool_calls: false },
      { tools: [CHAT_TOOL], tool_choice: 'required', parallel_tool_calls: false },
    ],
    [
      { tools: [TOOL], tool_choice: { type: 'function', name: 'add' } },
      { tools: [CHAT_TOOL], tool_choice: { type: 'function', function: { name: 'add' } } },
    ],
    [
      {
        tools: [TOOL, { type: 'function', name: 'b' }],
        tool_choice: { type: 'allowed_tools', mode: 'required', tools: [{ name: 'add' }] },
      },
      { tools: [CHAT_TOOL], tool_choice: 'required' },
    ],
  ])('asks for %j', (values, expected) => {
    const { model: _, messages: __, ...rest } = bodyOf(values);
    expect(rest).toEqual(expected);
  });

  describe('has messages for', () => {
    it.each<[string, unknown, unknown]>([
      ['a text', 'hi', [{ role: 'user', content: 'hi' }]],
      [
        'messages with and without a type',
        [
          { role: 'user', content: 'a' },
          { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'b' }] },
        ],
        [
          { role: 'user', content: 'a' },
          { role: 'assistant', content: 'b' },
        ],
      ],
      [
        'texts beside an image',
        [{ role: 'user', content: [{ type: 'input_text', text: 'a' }, IMAGE] }],
        [{ role: 'user', content: [{ type: 'text', text: 'a' }, CHAT_IMAGE] }],
      ],
      [
        'several texts',
        [
          {
            role: 'user',
            content: [
              { type: 'input_text', text: 'a' },
              { type: 'input_text', text: 'b' },
            ],
          },
        ],
        [{ role: 'user', content: 'a\nb' }],
      ],
      [
        'a file',
        [{ role: 'user', content: [{ type: 'input_file', filename: 'f', file_data: 'd' }] }],
        [
          {
            role: 'user',
            content: [{ type: 'file', file: { filename: 'f', file_data: 'd' } }],
          },
        ],
      ],
      [
        'calls and their outputs, with what was said and thought beside them',
        [
          { role: 'user', content: 'q' },
          { type: 'reasoning', id: 'rs_1', summary: [] },
          { role: 'assistant', content: 'let me see' },
          callItem('1'),
          callItem('2'),
          outputItem('1', 'one'),
          outputItem('2', [{ type: 'input_text', text: 'two' }]),
          callItem('3'),
          { role: 'assistant', content: [{ type: 'refusal', refusal: 'no' }] },
          outputItem('3', ''),
        ],
        [
          { role: 'user', content: 'q' },
          { role: 'assistant', content: 'let me see', tool_calls: [chatCall('1'), chatCall('2')] },
          { role: 'tool', tool_call_id: '1', content: 'one' },
          { role: 'tool', tool_call_id: '2', content: 'two' },
          { role: 'assistant', content: 'no', tool_calls: [chatCall('3')] },
          { role: 'tool', tool_call_id: '3', content: '' },
        ],
      ],
    ])('%s', (_what, input, expected) => {
      expect(messagesOf(input)).toEqual(expected);
    });

    it('instructions and developers, as one message of the system where they begin', () => {
      const input = [
        { role: 'developer', content: 'b' },
        { role: 'user', content: 'q' },
        { role: 'developer', content: 'c' },
      ];
      expect(messagesOf(input, 'a')).toEqual([
        { role: 'system', content: 'a\n\nb' },
        { role: 'user', content: 'q' },
        { role: 'system', content: 'c' },
      ]);
    });
  });

  it.each<[object, string]>([
    [{ tools: [{ type: 'web_search' }] }, 'The tool "web_search" is not available'],
    [{ tools: [TOOL, { type: 'file_search' }] }, 'The tool "file_search"'],
    [{ tools: [{ type: 'code_interpreter' }] }, 'The tool "code_interpreter"'],
    [{ tools: [{ type: 'computer_use_preview' }] }, 'The tool "computer_use_preview"'],
    [{ tools: [{ type: 'mcp' }] }, 'The tool "mcp"'],
    [{ tools: [{ type: 'custom', name: 'x' }] }, 'The tool "custom"'],
    [{ tools: ['add'] }, '"tools[0]" must be an object'],
    [{ tools: [{ type: 'function' }] }, '"tools[0].name" is missing'],
    [{ tools: [{ ...TOOL, parameters: 'x' }] }, '"tools[0].parameters" must be an object'],
    [{ tools: [{ ...TOOL, strict: 'x' }] }, '"strict" must be true or false'],
    [{ tool_choice: { type: 'web_search' } }, 'The tool "web_search"'],
    [{ tool_choice: 'any' }, '"tool_choice" must be'],
    [{ tool_choice: { type: 'allowed_tools' } }, '"tool_choice.tools" must be a list'],
    [{ prompt: { id: 'p' } }, '"prompt" is not available'],
    [{ moderation: {} }, '"moderation" is not available'],
    [{ include: ['message.output_text.logprobs'] }, 'logprobs" is not available'],
    [{ top_logprobs: 2 }, '"top_logprobs" is not available'],
    [{ temperature: 'hot' }, '"temperature" must be a number'],
    [{ text: 'json' }, '"text" must be an object'],
    [{ text: { format: { type: 'xml' } } }, 'must be "text", "json_object" or "json_schema"'],
    [{ text: { format: { type: 'json_schema' } } }, '"text.format.schema" is missing'],
    [{ reasoning: { effort: 3 } }, '"reasoning.effort" must be a string'],
    [{ input: [{ type: 'web_search_call', id: 'x' }] }, 'items of the type "web_search_call"'],
    [{ input: [{ type: '__proto__' }] }, 'items of the type "__proto__"'],
    [{ input: [{ role: 'constructor', content: '' }] }, '"input[0].role" must be one of'],
    [{ input: [{ role: 'user', content: 3 }] }, '"input[0].content" must be'],
    [{ input: [{ role: 'user', content: ['x'] }] }, '"input[0].content[0]" must be an object'],
    [
      { input: [{ role: 'user', content: [{ type: 'video' }] }] },
      'parts of the type "video" ("input[0].content[0]")',
    ],
    [
      { input: [{ role: 'user', content: [{ type: 'input_image', file_id: 'f' }] }] },
      'images without an "image_url"',
    ],
    [
      { input: [{ role: 'user', content: [{ type: 'input_file', file_url: 'u' }] }] },
      'files without "file_data"',
    ],
    [{ input: [{ type: 'function_call', name: 'a' }] }, '"input[0].call_id" is missing'],
    [{ input: [outputItem('1', 3)] }, '"input[0].output" must be'],
  ])('refuses %j', (values, message) => {
    expect(() => bodyOf(values as Record<string, unknown>)).toThrow(message);
  });
});
