import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { type ModelEndpoint } from '../../models/index.js';
import { type ModelAbilities } from '../requests/model-request.js';
import { likelyPromptTokens } from '../requests/token-estimate.js';
import { readMessagesRequest } from './messages-request.js';

const HELLO = '"messages":[{"role":"user","content":"hi"}]';
const read = (text: string) => readMessagesRequest(JSON.parse(text), Buffer.from(text));
const ask = (fields = '') => read(`{"model":"m","max_tokens":50,${HELLO}${fields}}`);

const endpoint = (changes: Partial<ModelEndpoint> = {}): ModelEndpoint => ({
  id: 'e',
  url: 'https://models.example.edu/v1',
  origin: 'https://models.example.edu',
  basePath: '/v1',
  authorization: 'Bearer secret',
  upstreamModel: 'upstream-name',
  weight: 1,
  maxConcurrent: null,
  nativeApis: [],
  ...changes,
});
const CHAT = endpoint();
const NATIVE = endpoint({ nativeApis: ['messages'] });
const ANTHROPIC = endpoint({
  nativeApis: ['messages'],
  url: 'https://api.anthropic.com/v1',
  origin: 'https://api.anthropic.com',
});
const OPENAI = endpoint({ url: 'https://api.openai.com/v1' });
const parsed = (body: unknown) => JSON.parse(String(body)) as Record<string, unknown>;

describe('reading a request of the Messages API', () => {
  it('finds what Lumen decides by', () => {
    const request = ask(',"stream":true,"metadata":{"user_id":"u-1"}');
    expect(request).toMatchObject({
      model: 'm',
      isStream: true,
      wantsUsage: true,
      output: { limit: 50, choices: 1 },
      affinityKey: 'u-1',
    });
    expect(ask()).toMatchObject({ isStream: false, wantsUsage: false });
    // Without a name of the caller, the beginning of the conversation.
    expect(ask().affinityKey).toMatch(/^[\w-]{22}$/);
    expect(read(`{"max_tokens":1,${HELLO}}`).model).toBe('');
  });

  it.each<[string, string, string | undefined]>([
    ['[]', 'invalid_request', undefined],
    ['"text"', 'invalid_request', undefined],
    [`{"model":"m",${HELLO}}`, 'missing_field', 'max_tokens'],
    [`{"model":"m","max_tokens":null,${HELLO}}`, 'missing_field', 'max_tokens'],
    [`{"model":"m","max_tokens":"9",${HELLO}}`, 'invalid_request', 'max_tokens'],
    [`{"model":"m","max_tokens":0,${HELLO}}`, 'invalid_request', 'max_tokens'],
    [`{"model":"m","max_tokens":1.5,${HELLO}}`, 'invalid_request', 'max_tokens'],
    [`{"model":7,"max_tokens":9,${HELLO}}`, 'invalid_request', 'model'],
    [`{"model":"m","model":"n","max_tokens":9,${HELLO}}`, 'invalid_request', 'model'],
    [
      `{"model":"m","max_tokens":9,"max_tok\\u0065ns":10,${HELLO}}`,
      'invalid_request',
      'max_tokens',
    ],
    [`{"model":"m","max_tokens":9,${HELLO},"stream":"yes"}`, 'invalid_request', 'stream'],
    ['{"model":"m","max_tokens":9}', 'missing_field', 'messages'],
    ['{"model":"m","max_tokens":9,"messages":[]}', 'invalid_request', 'messages'],
    ['{"model":"m","max_tokens":9,"messages":"hi"}', 'invalid_request', 'messages'],
    ['{"model":"m","max_tokens":9,"messages":["hi"]}', 'invalid_request', 'messages.0'],
    [
      '{"model":"m","max_tokens":9,"messages":[{"role":"tool","content":"hi"}]}',
      'invalid_request',
      'messages.0.role',
    ],
    [
      '{"model":"m","max_tokens":9,"messages":[{"role":"user","content":7}]}',
      'invalid_request',
      'messages.0.content',
    ],
    [
      '{"model":"m","max_tokens":9,"messages":[{"role":"user","content":["hi"]}]}',
      'invalid_request',
      'messages.0.content.0',
    ],
  ])('refuses %s', (text, code, param) => {
    let thrown: unknown;
    try {
      read(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(AppError);
    expect(thrown).toMatchObject({ code, status: 400 });
    expect((thrown as AppError).param).toBe(param);
  });

  it.each<[string, object[], number, number]>([
    [
      'an image',
      [{ type: 'image', source: { type: 'base64', data: 'A'.repeat(9_000) } }],
      1,
      9_000,
    ],
    ['a far image', [{ type: 'image', source: { type: 'url', url: 'https://x.org/i' } }], 1, 0],
    [
      'an image as result',
      [
        {
          type: 'tool_result',
          content: [{ type: 'image', source: { type: 'base64', data: 'A'.repeat(9_000) } }],
        },
      ],
      1,
      9_000,
    ],
    [
      'a PDF, by its size',
      [{ type: 'document', source: { type: 'base64', data: 'A'.repeat(100_000) } }],
      4,
      100_000,
    ],
    ['a far PDF', [{ type: 'document', source: { type: 'url', url: 'x' } }], 10, 0],
    ['a document of text', [{ type: 'document', source: { type: 'text', data: 'abc' } }], 0, 0],
    ['words', [{ type: 'text', text: 'abc' }], 0, 0],
  ])('measures %s', (_what, content, mediaParts, left) => {
    const text = JSON.stringify({
      model: 'm',
      max_tokens: 9,
      messages: [{ role: 'user', content }],
    });
    expect(read(text).prompt).toMatchObject({
      mediaParts,
      messages: 1,
      textBytes: text.length - left,
    });
  });
});

describe('a prompt in Anthropic’s format grows at the backend', () => {
  const ofTools = (...tools: unknown[]) => ({ tools });
  const ofBlock = (type: string, source: object) => ({
    messages: [{ role: 'user', content: [{ type, source }] }],
  });

  it.each<[string, object, boolean]>([
    ['with words', {}, false],
    ['with an image', ofBlock('image', { type: 'base64', data: 'AAAA' }), false],
    ['with a text', ofBlock('document', { type: 'text', data: 'abc' }), false],
    ['with a PDF', ofBlock('document', { type: 'base64', data: 'AAAA' }), true],
    ['with a far PDF', ofBlock('document', { type: 'url', url: 'x' }), true],
    ['with a tool of the caller', ofTools({ name: 'a', input_schema: {} }), false],
    ['with an editor of the caller', ofTools({ type: 'text_editor_20250728', name: 'a' }), false],
    ['with a search of the backend', ofTools({ type: 'web_search_20250305', name: 'a' }), true],
    ['with servers of tools', { mcp_servers: [{ type: 'url', url: 'x' }] }, true],
  ])('%s: %j', (_what, more, grows) => {
    const messages = [{ role: 'user', content: 'hi' }];
    const text = JSON.stringify({ model: 'm', max_tokens: 9, messages, ...more });
    expect(read(text).prompt.grows).toBe(grows);
  });
});

describe('a request to a backend that speaks the Messages API', () => {
  it('goes in its bytes, with another name of the model', () => {
    const odd =
      ',"tools":[{"type":"web_search_20250305"}], "cache_control" : {"type":"ephemeral"} ';
    const sent = ask(odd).toBackend(NATIVE, null);
    expect(sent).toMatchObject({
      path: 'messages',
      contentType: 'application/json',
      headers: { 'anthropic-version': '2023-06-01' },
    });
    expect(sent.keyHeader).toBeUndefined();
    expect(sent.translate).toBeUndefined();
    expect((sent.body as Buffer).toString()).toBe(
      `{"model":"upstream-name","max_tokens":50,${HELLO}${odd}}`,
    );
  });

  it('has its limit lowered, never raised', () => {
    expect(parsed(ask().toBackend(NATIVE, 20).body)['max_tokens']).toBe(20);
    expect(parsed(ask().toBackend(NATIVE, 90).body)['max_tokens']).toBe(50);
  });

  it('goes without thinking where the limit has no room for it', () => {
    const request = read(
      `{"max_tokens":5000,"thinking":{"type":"enabled","budget_tokens":2000},${HELLO}}`,
    );
    const thinkingAt = (limit: number | null) =>
      parsed(request.toBackend(NATIVE, limit).body)['thinking'];
    expect(thinkingAt(null)).toEqual({ type: 'enabled', budget_tokens: 2_000 });
    expect(thinkingAt(2_001)).toEqual({ type: 'enabled', budget_tokens: 2_000 });
    expect(thinkingAt(2_000)).toEqual({ type: 'disabled' });
    expect(parsed(request.toBackend(NATIVE, 2_000).body)).toMatchObject({
      model: 'upstream-name',
      max_tokens: 2_000,
    });
  });

  it('gives Anthropic its key as it wants it', () => {
    expect(ask().toBackend(ANTHROPIC, null).keyHeader).toBe('x-api-key');
  });
});

describe('a request to a backend that speaks chat completions', () => {
  it('is translated', () => {
    const sent = ask(',"system":"Be kind.","top_k":5').toBackend(CHAT, null);
    expect(sent.path).toBe('chat/completions');
    expect(parsed(sent.body)).toEqual({
      model: 'upstream-name',
      messages: [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'hi' },
      ],
      max_tokens: 50,
      top_k: 5,
    });
    expect(sent.translate).toBeDefined();
  });

  it('asks a stream for its usage, and for no more than is held', () => {
    expect(parsed(ask(',"stream":true').toBackend(CHAT, 20).body)).toMatchObject({
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 20,
    });
  });

  it('says to OpenAI what it understands', () => {
    const body = parsed(ask(',"top_k":5').toBackend(OPENAI, null).body);
    expect(body).toMatchObject({ max_completion_tokens: 50 });
    expect(body).not.toHaveProperty('max_tokens');
    expect(body).not.toHaveProperty('top_k');
  });

  it('asks for no more than the model gives', () => {
    const limitAt = (maxOutputTokens: number | null, outputLimit: number | null = null) => {
      const model = { supportsReasoning: false, maxOutputTokens };
      return parsed(ask().toBackend(CHAT, outputLimit, model).body)['max_tokens'];
    };
    expect([limitAt(30), limitAt(90), limitAt(null), limitAt(30, 20)]).toEqual([30, 50, 50, 20]);
  });

  it('thinks where the model can', () => {
    const request = ask(',"thinking":{"type":"enabled","budget_tokens":1024}');
    const effort = (model?: ModelAbilities) =>
      parsed(request.toBackend(CHAT, null, model).body)['reasoning_effort'];
    expect(effort({ supportsReasoning: true, maxOutputTokens: null })).toBe('low');
    expect(effort({ supportsReasoning: false, maxOutputTokens: null })).toBeUndefined();
    expect(effort()).toBeUndefined();
  });

  it('is refused where it cannot be translated, which another backend may take', () => {
    const request = ask(',"tools":[{"type":"bash_20250124","name":"bash"}]');
    expect(() => request.toBackend(CHAT, null)).toThrow('bash_20250124');
    expect(request.toBackend(NATIVE, null).path).toBe('messages');
  });

  it('is as long as its bytes say', () => {
    expect(likelyPromptTokens(ask().prompt)).toBeGreaterThan(10);
  });
});
