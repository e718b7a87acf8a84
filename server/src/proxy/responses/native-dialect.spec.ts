import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { NativeDialect } from './native-dialect.js';

const latin1 = (text: string) => Buffer.from(text).toString('latin1');
const eventText = (type: string, fields: object) =>
  latin1(`event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`);
const delta = (text: string, number = 4) =>
  eventText('response.output_text.delta', { sequence_number: number, delta: text });
const USAGE = {
  input_tokens: 5,
  input_tokens_details: { cached_tokens: 2 },
  output_tokens: 7,
  output_tokens_details: { reasoning_tokens: 3 },
};
const CHAT_USAGE = {
  prompt_tokens: 5,
  prompt_tokens_details: { cached_tokens: 2 },
  completion_tokens: 7,
  completion_tokens_details: { reasoning_tokens: 3 },
};
const created = (response: object) =>
  eventText('response.created', { sequence_number: 0, response });
const dataOf = (text: string | Buffer) =>
  JSON.parse(/data: (.*)\n\n$/.exec(text.toString())![1]!) as Record<string, unknown>;

describe('NativeDialect', () => {
  it.each([
    [delta('word'), 1],
    [delta('a') + delta('b'), 2],
    [delta('x'.repeat(40)), 10],
    [delta(''), 0],
    [delta('"delta":"fake"'), 1],
    [eventText('response.function_call_arguments.delta', { delta: '{' }), 1],
    [eventText('response.reasoning_summary_text.delta', { delta: 'hm' }), 1],
    [eventText('response.output_text.done', { text: 'x'.repeat(40) }), 0],
    ['{"instructions":"long long","output":[{"content":[{"text":"word"}]}]}', 1],
    ['{"text":{"format":{"type":"text"}},"output":[{"arguments":"{}"},{"refusal":"no"}]}', 2],
  ])('counts what was written: %s', (json, tokens) => {
    expect(new NativeDialect().count(json)).toBe(tokens);
  });

  it.each<[string, object]>([
    [delta('a'), { kind: 'plain' }],
    [delta('"response.completed"'), { kind: 'plain' }],
    [eventText('response.in_progress', { response: { error: null } }), { kind: 'plain' }],
    [
      eventText('response.completed', { response: { usage: USAGE } }),
      { kind: 'end', usage: CHAT_USAGE },
    ],
    [
      eventText('response.incomplete', { response: { usage: USAGE } }),
      { kind: 'end', usage: CHAT_USAGE },
    ],
    [eventText('response.completed', { response: null }), { kind: 'end', usage: null }],
    ['data: [DONE]\n\n', { kind: 'end', usage: null }],
    [
      eventText('response.failed', { response: { error: { code: 'x', message: 'nö' } } }),
      { kind: 'failure', body: latin1('{"error":{"code":"x","message":"nö"}}') },
    ],
    [
      eventText('error', { message: 'no' }),
      { kind: 'failure', body: '{"type":"error","message":"no"}' },
    ],
    [
      'data: {"error":{"message":"no"}}\n\n',
      { kind: 'failure', body: '{"error":{"message":"no"}}' },
    ],
    ['data: "error"\n\n', { kind: 'plain' }],
  ])('reads %s', (event, expected) => {
    const dialect = new NativeDialect();
    expect(dialect.read(event)).toEqual(expected);
    if ((expected as { kind: string }).kind !== 'plain') {
      expect(dialect.isSpecial(delta('a') + event)).toBe(true);
    }
  });

  it('passes most of a stream unread', () => {
    expect(new NativeDialect().isSpecial(delta('an error') + delta('a response.completed'))).toBe(
      false,
    );
  });

  it.each([
    [{ usage: USAGE }, CHAT_USAGE],
    [{ usage: null }, null],
    [{}, null],
  ])('knows the usage of %j', (body, expected) => {
    expect(new NativeDialect().usageIn(body)).toEqual(expected);
  });

  it('ends a stream that its caller cannot pay for', () => {
    const dialect = new NativeDialect();
    dialect.read(created({ id: 'resp_1', model: 'ü', output: [], status: 'in_progress' }));
    dialect.count(delta('a', 9));
    const usage = { promptTokens: 3, completionTokens: 1, cachedTokens: null, reasoningTokens: 0 };
    const ending = dialect.lengthEnding(Buffer.from(delta('a', 8) + delta('b', 9)), 1, usage);
    expect(ending.toString()).toMatch(/^event: response\.incomplete\n/);
    expect(dataOf(ending)).toEqual({
      type: 'response.incomplete',
      sequence_number: 8,
      response: {
        id: 'resp_1',
        model: 'ü',
        object: 'response',
        status: 'incomplete',
        incomplete_details: { reason: 'max_output_tokens' },
        usage: {
          input_tokens: 3,
          input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
          output_tokens: 1,
          output_tokens_details: { reasoning_tokens: 0 },
          total_tokens: 4,
        },
      },
    });
  });

  it('ends a stream that broke off', () => {
    const dialect = new NativeDialect();
    dialect.count(delta('a', 8) + delta('b', 9));
    const failure = dialect.failure(new AppError('upstream_error', 'It broke.'));
    expect(failure).toMatch(/^event: error\n/);
    expect(dataOf(failure)).toEqual({
      type: 'error',
      sequence_number: 10,
      code: 'upstream_error',
      message: 'It broke.',
      param: null,
    });
  });
});
