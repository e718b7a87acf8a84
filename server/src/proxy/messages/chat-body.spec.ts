import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { translateToChat } from './chat-body.js';
import { type Fields } from './messages-body.js';

const HELLO = [{ role: 'user', content: 'hi' }];
const SCHEMA = { type: 'object', properties: { city: { type: 'string' } } };
const PNG = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } };
const PNG_PART = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } };
const CALL = { type: 'tool_use', id: 'toolu_1', name: 'weather', input: { city: 'Bern' } };
const CHAT_CALL = {
  id: 'toolu_1',
  type: 'function',
  function: { name: 'weather', arguments: '{"city":"Bern"}' },
};
const TOOL = { name: 'weather', description: 'Tells it', input_schema: SCHEMA };
const CHAT_TOOL = {
  type: 'function',
  function: { name: 'weather', description: 'Tells it', parameters: SCHEMA },
};

const user = (...content: object[]) => ({ role: 'user', content });
const assistant = (...content: object[]) => ({ role: 'assistant', content });
const text = (words: string, rest: object = {}) => ({ type: 'text', text: words, ...rest });
const result = (content: unknown, rest: object = {}) => ({
  type: 'tool_result',
  tool_use_id: 'toolu_1',
  content,
  ...rest,
});
const answered = (content: string) => ({ role: 'tool', tool_call_id: 'toolu_1', content });

function translated(body: object): Fields {
  const { messages = HELLO } = body as { messages?: Fields[] };
  return translateToChat({ ...body, messages }, messages).fields;
}

describe('messages as chat completions have them', () => {
  it.each<[string, object[], object[]]>([
    ['a string', HELLO, HELLO],
    ['one text', [user(text('hi', { cache_control: { type: 'ephemeral' } }))], HELLO],
    [
      'several texts',
      [user(text('a'), text('b'))],
      [{ role: 'user', content: [text('a'), text('b')] }],
    ],
    ['nothing', [user()], [{ role: 'user', content: '' }]],
    [
      'an image',
      [user(PNG, text('what?'))],
      [{ role: 'user', content: [PNG_PART, text('what?')] }],
    ],
    [
      'the address of an image',
      [user({ type: 'image', source: { type: 'url', url: 'https://x.org/a.png' } })],
      [
        {
          role: 'user',
          content: [{ type: 'image_url', image_url: { url: 'https://x.org/a.png' } }],
        },
      ],
    ],
    [
      'a document of text',
      [
        user({
          type: 'document',
          title: 'Notes',
          source: { type: 'text', media_type: 'text/plain', data: 'abc' },
        }),
      ],
      [{ role: 'user', content: [text('Notes'), text('abc')] }],
    ],
    [
      'a document of blocks',
      [user({ type: 'document', source: { type: 'content', content: [text('a'), PNG] } })],
      [{ role: 'user', content: [text('a'), PNG_PART] }],
    ],
    ['an answer', [assistant(text('a'), text('b'))], [{ role: 'assistant', content: 'ab' }]],
    [
      'thoughts',
      [
        assistant(
          { type: 'thinking', thinking: 'hm', signature: 'x' },
          { type: 'redacted_thinking', data: 'x' },
          text('a'),
        ),
      ],
      [{ role: 'assistant', content: 'a' }],
    ],
    [
      'a call of a tool',
      [assistant(CALL)],
      [{ role: 'assistant', content: null, tool_calls: [CHAT_CALL] }],
    ],
    [
      'a call with words',
      [assistant(text('Let me see.'), CALL)],
      [{ role: 'assistant', content: 'Let me see.', tool_calls: [CHAT_CALL] }],
    ],
    ['the result of a tool', [user(result('sunny'))], [answered('sunny')]],
    ['an empty result', [user(result(undefined))], [answered('')]],
    [
      'a result in blocks, and more',
      [user(text('so?'), result([text('sunny'), text('warm')]))],
      [answered('sunny\nwarm'), { role: 'user', content: 'so?' }],
    ],
    [
      'a failure',
      [user(result('no such city', { is_error: true }))],
      [answered('Error: no such city')],
    ],
    [
      'an image as result',
      [user(result([PNG]))],
      [
        answered('The result is in the message that follows.'),
        { role: 'user', content: [PNG_PART] },
      ],
    ],
    [
      'a system message on the way',
      [...HELLO, { role: 'system', content: 'Be brief.' }],
      [...HELLO, { role: 'system', content: 'Be brief.' }],
    ],
  ])('%s', (_what, messages, expected) => {
    expect(translated({ messages })).toEqual({ messages: expected });
  });

  it.each<[string, unknown, object[]]>([
    ['a string', 'Be kind.', [{ role: 'system', content: 'Be kind.' }]],
    [
      'blocks',
      [text('Be kind.', { cache_control: { type: 'ephemeral' } }), text('Be brief.')],
      [{ role: 'system', content: 'Be kind.\n\nBe brief.' }],
    ],
    ['an empty string', '', []],
    ['none', null, []],
  ])('a system prompt: %s', (_what, system, expected) => {
    expect(translated({ system })).toEqual({ messages: [...expected, ...HELLO] });
  });
});

describe('the rest of a request as chat completions have it', () => {
  it.each<[string, object, object]>([
    [
      'sampling',
      { temperature: 0.5, top_p: 0.9, stop_sequences: ['a', 'b'] },
      { temperature: 0.5, top_p: 0.9, stop: ['a', 'b'] },
    ],
    ['nothing set', { temperature: null, stop_sequences: [], tools: [], tool_choice: null }, {}],
    ['what has no counterpart', { service_tier: 'auto', metadata: { user_id: 'u' } }, {}],
    ['tools', { tools: [TOOL] }, { tools: [CHAT_TOOL] }],
    ['a custom tool', { tools: [{ type: 'custom', ...TOOL }] }, { tools: [CHAT_TOOL] }],
    [
      'a strict tool',
      { tools: [{ name: 'a', input_schema: SCHEMA, strict: true }] },
      {
        tools: [{ type: 'function', function: { name: 'a', parameters: SCHEMA, strict: true } }],
      },
    ],
    [
      'the model may choose',
      { tools: [TOOL], tool_choice: { type: 'auto', disable_parallel_tool_use: true } },
      { tools: [CHAT_TOOL], tool_choice: 'auto', parallel_tool_calls: false },
    ],
    [
      'any tool',
      { tools: [TOOL], tool_choice: { type: 'any' } },
      { tools: [CHAT_TOOL], tool_choice: 'required' },
    ],
    [
      'no tool',
      { tools: [TOOL], tool_choice: { type: 'none' } },
      { tools: [CHAT_TOOL], tool_choice: 'none' },
    ],
    [
      'this tool',
      { tools: [TOOL], tool_choice: { type: 'tool', name: 'weather' } },
      {
        tools: [CHAT_TOOL],
        tool_choice: { type: 'function', function: { name: 'weather' } },
      },
    ],
    [
      'a schema for the answer',
      { output_config: { format: { type: 'json_schema', schema: SCHEMA } } },
      {
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'answer', strict: true, schema: SCHEMA },
        },
      },
    ],
  ])('%s', (_what, body, expected) => {
    expect(translated(body)).toEqual({ messages: HELLO, ...expected });
  });

  it.each<[object, string | null]>([
    [{}, null],
    [{ thinking: { type: 'disabled' } }, null],
    [{ thinking: { type: 'enabled', budget_tokens: 1_024 } }, 'low'],
    [{ thinking: { type: 'enabled', budget_tokens: 10_000 } }, 'medium'],
    [{ thinking: { type: 'enabled', budget_tokens: 32_000 } }, 'high'],
    [{ thinking: { type: 'adaptive' } }, 'medium'],
    [{ thinking: { type: 'adaptive' }, output_config: { effort: 'low' } }, 'low'],
    [{ output_config: { effort: 'max' } }, 'high'],
  ])('%j asks for the effort %j', (body, effort) => {
    expect(translateToChat(body as Fields, HELLO).effort).toBe(effort);
  });
});

describe('what cannot be translated', () => {
  const pdf = { type: 'base64', media_type: 'application/pdf', data: 'AA' };

  it.each<[string, object, string, string]>([
    [
      'a tool of Anthropic',
      { tools: [TOOL, { type: 'web_search_20250305', name: 'web_search' }] },
      'tools.1',
      'web_search_20250305',
    ],
    ['tools that are no list', { tools: {} }, 'tools', 'list'],
    ['a tool without a schema', { tools: [{ name: 'a' }] }, 'tools.0.input_schema', 'schema'],
    ['a tool without a name', { tools: [{ input_schema: {} }] }, 'tools.0.name', 'string'],
    [
      'an unknown choice',
      { tools: [TOOL], tool_choice: { type: 'constructor' } },
      'tool_choice.type',
      'auto',
    ],
    ['a choice in words', { tools: [TOOL], tool_choice: 'auto' }, 'tool_choice', 'object'],
    [
      'a PDF',
      { messages: [user({ type: 'document', source: pdf })] },
      'messages.0.content.0.source',
      'plain text',
    ],
    [
      'a document without a source',
      { messages: [user({ type: 'document' })] },
      'messages.0.content.0.source',
      'object',
    ],
    [
      'a document in a document',
      {
        messages: [
          user({ type: 'document', source: { type: 'content', content: [{ type: 'document' }] } }),
        ],
      },
      'messages.0.content.0.source.content.0',
      'document',
    ],
    [
      'an uploaded image',
      { messages: [user({ type: 'image', source: { type: 'file', file_id: 'f' } })] },
      'messages.0.content.0.source',
      'base64',
    ],
    [
      'an unknown block',
      { messages: [user({ type: 'hologram' })] },
      'messages.0.content.0',
      'hologram',
    ],
    ['an image in an answer', { messages: [assistant(PNG)] }, 'messages.0.content.0', 'image'],
    [
      'a call without an id',
      { messages: [assistant({ ...CALL, id: 7 })] },
      'messages.0.content.0.id',
      'string',
    ],
    [
      'a call without an object',
      { messages: [assistant({ ...CALL, input: '{}' })] },
      'messages.0.content.0.input',
      'object',
    ],
    [
      'a result of no call',
      { messages: [user({ type: 'tool_result' })] },
      'messages.0.content.0.tool_use_id',
      'string',
    ],
    [
      'an unknown block in a result',
      { messages: [user(result([{ type: 'search_result' }]))] },
      'messages.0.content.0.content.0',
      'search_result',
    ],
    [
      'a text that is none',
      { messages: [user({ type: 'text', text: 7 })] },
      'messages.0.content.0.text',
      'string',
    ],
    ['a system prompt that is none', { system: 7 }, 'system', 'string'],
    ['a system prompt with an image', { system: [PNG] }, 'system.0', 'image'],
    ['a temperature in words', { temperature: 'hot' }, 'temperature', 'number'],
    ['one stop sequence', { stop_sequences: 'a' }, 'stop_sequences', 'list'],
    ['an unknown thinking', { thinking: { type: 'deep' } }, 'thinking.type', 'enabled'],
    [
      'thinking without a budget',
      { thinking: { type: 'enabled' } },
      'thinking.budget_tokens',
      'whole number',
    ],
    ['MCP servers', { mcp_servers: [{ url: 'https://x.org' }] }, 'mcp_servers', 'MCP'],
  ])('%s', (_what, body, param, words) => {
    let thrown: unknown;
    try {
      translated(body);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(AppError);
    expect(thrown).toMatchObject({ code: 'invalid_request', status: 400, param });
    expect((thrown as AppError).message).toContain(words);
  });
});
