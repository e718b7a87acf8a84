import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { type ResponseSink } from '../answers/response-sink.js';
import { StreamedAnswer } from '../answers/streamed-answer.js';
import { MessagesDialect } from './messages-dialect.js';

const event = (fields: { type: string } & Record<string, unknown>) =>
  `event: ${fields.type}\ndata: ${JSON.stringify(fields)}\n\n`;
const latin1 = (text: string) => Buffer.from(text).toString('latin1');
const delta = (fields: object) => event({ type: 'content_block_delta', index: 1, delta: fields });
const START = event({
  type: 'message_start',
  message: {
    id: 'msg_1',
    usage: {
      input_tokens: 10,
      cache_read_input_tokens: 30,
      cache_creation_input_tokens: 2,
      output_tokens: 1,
    },
  },
});
const STOP = event({ type: 'message_stop' });
const told = (prompt: number, completion?: number, cached = 0) => ({
  prompt_tokens: prompt,
  completion_tokens: completion,
  prompt_tokens_details: { cached_tokens: cached },
  completion_tokens_details: { reasoning_tokens: undefined },
});

/** A stream on its way to a caller. */
function passing() {
  const written: Buffer[] = [];
  const sink: ResponseSink = {
    start: () => undefined,
    write: (bytes) => written.push(bytes) > 0,
    end: () => undefined,
    cut: () => undefined,
    onDrain: () => undefined,
    onGone: () => undefined,
  };
  const control = {
    isOver: false,
    resume: () => undefined,
    complete: () => undefined,
    fail: () => undefined,
  };
  const terms = {
    allowance: { tokens: Infinity, more: () => null },
    bounds: { promptTokens: 1_000, completionTokens: 1_000 },
    isUsageHidden: false,
    choices: 1,
  };
  const dialect = new MessagesDialect();
  const parts = { sink, headers: {}, terms, control, dialect, isOpaque: false, mostBytes: 1e6 };
  return { answer: new StreamedAnswer(parts), text: () => Buffer.concat(written).toString() };
}

describe("how answers of Anthropic's API are read", () => {
  it.each<[string, string, number]>([
    ['a word', delta({ type: 'text_delta', text: ' word' }), 1],
    ['a long text', delta({ type: 'text_delta', text: 'x'.repeat(400) }), 100],
    ['a thought', delta({ type: 'thinking_delta', thinking: ' hm' }), 1],
    ['input of a tool', delta({ type: 'input_json_delta', partial_json: '{"a":' }), 1],
    ['a signature', delta({ type: 'signature_delta', signature: 'x'.repeat(400) }), 0],
    [
      'a block that begins',
      event({ type: 'content_block_start', content_block: { type: 'text', text: '' } }),
      0,
    ],
    ['a key that is only talked about', delta({ type: 'text_delta', text: '"text":"abc"' }), 1],
    ['two deltas', delta({ text: 'a' }) + delta({ text: 'b' }), 2],
    ['a ping', event({ type: 'ping' }), 0],
    [
      'a whole answer',
      JSON.stringify({
        content: [
          { type: 'thinking', thinking: 'x'.repeat(40) },
          { type: 'text', text: 'x'.repeat(80) },
          { type: 'tool_use', input: { a: 1 } },
          { type: 'text', text: '' },
        ],
      }),
      10 + 20 + 1,
    ],
    ['a whole answer that is none', '{"content":7}', 0],
  ])('counts %s', (_what, text, tokens) => {
    expect(new MessagesDialect().count(latin1(text))).toBe(tokens);
  });

  it('puts the usage of a stream together', () => {
    const dialect = new MessagesDialect();
    expect(dialect.isSpecial(START)).toBe(true);
    expect(dialect.read(START)).toEqual({
      kind: 'usage',
      usage: told(42, undefined, 30),
      isOnly: false,
    });
    const words = delta({ type: 'text_delta', text: 'say "message_stop"' });
    expect(dialect.isSpecial(words)).toBe(false);
    expect(dialect.read(words)).toEqual({ kind: 'plain' });
    const end = { type: 'message_delta', delta: {}, usage: { output_tokens: 7 } };
    expect(dialect.read(event(end))).toEqual({
      kind: 'usage',
      usage: told(42, 7, 30),
      isOnly: false,
    });
    expect(dialect.read(STOP)).toEqual({ kind: 'end', usage: told(42, 7, 30) });
  });

  it('takes a stream that reports nothing', () => {
    const dialect = new MessagesDialect();
    expect(dialect.read(event({ type: 'message_start', message: {} }))).toEqual({ kind: 'plain' });
    expect(dialect.read(STOP)).toEqual({ kind: 'end', usage: null });
  });

  it('passes a stream on wherever its bytes are cut, and keeps its end back', () => {
    const end = event({ type: 'message_delta', delta: {}, usage: { output_tokens: 7 } });
    const words = delta({ type: 'text_delta', text: 'ü"message_stop"' });
    const ping = event({ type: 'ping' });
    const shown = START + ping + words + words + end;
    const bytes = Buffer.from(shown + STOP);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 12 }), (places) => {
        const { answer, text } = passing();
        const ends = [0, ...places.toSorted((a, b) => a - b), bytes.length];
        for (const [index, place] of ends.slice(1).entries()) {
          answer.take(bytes.subarray(ends[index], place));
        }
        expect(text()).toBe(shown);
        expect(answer.usage).toEqual({
          reported: {
            promptTokens: 42,
            completionTokens: 7,
            cachedTokens: 30,
            reasoningTokens: null,
          },
          isReportFinal: true,
          producedTokens: 2,
        });
      }),
    );
  });

  it('sees that the backend failed', () => {
    const failed = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };
    expect(new MessagesDialect().read(event(failed))).toEqual({
      kind: 'failure',
      body: JSON.stringify(failed),
    });
  });

  it.each<[string, object, unknown]>([
    ['all of it', { input_tokens: 3, output_tokens: 5 }, told(3, 5)],
    [
      'with caches',
      { input_tokens: 3, output_tokens: 5, cache_read_input_tokens: 4 },
      told(7, 5, 4),
    ],
    ['none', {}, { ...told(0, undefined), prompt_tokens: undefined }],
    ['lies', { input_tokens: '3' }, { ...told(0, undefined), prompt_tokens: '3' }],
  ])('reads the usage of a whole answer: %s', (_what, usage, expected) => {
    expect(new MessagesDialect().usageIn({ usage })).toEqual(expected);
    expect(new MessagesDialect().usageIn({})).toBeNull();
  });

  it('ends a stream that nothing more is held for', () => {
    const usage = { promptTokens: 9, completionTokens: 7, cachedTokens: 4, reasoningTokens: null };
    const ending = new MessagesDialect().lengthEnding(
      Buffer.from(delta({ type: 'text_delta', text: 'ü' }) + delta({ text: 'b' })),
      1,
      usage,
    );
    expect(String(ending)).toBe(
      event({ type: 'content_block_stop', index: 1 }) +
        event({
          type: 'message_delta',
          delta: { stop_reason: 'max_tokens', stop_sequence: null },
          usage: {
            input_tokens: 5,
            output_tokens: 7,
            cache_read_input_tokens: 4,
            cache_creation_input_tokens: 0,
          },
        }) +
        STOP,
    );
    const bare = new MessagesDialect().lengthEnding(Buffer.from(STOP), 1, null);
    expect(String(bare)).toMatch(
      /^event: message_delta\n.*"output_tokens":0.*\n\nevent: message_stop/,
    );
  });

  it('ends a stream that broke off', () => {
    const error = new AppError('upstream_overloaded', 'Too much.');
    expect(new MessagesDialect().failure(error)).toBe(
      event({ type: 'error', error: { type: 'overloaded_error', message: 'Too much.' } }),
    );
  });
});
