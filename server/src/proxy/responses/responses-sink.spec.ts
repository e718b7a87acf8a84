import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ResponseStream } from 'openai/lib/responses/ResponseStream';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { CHAT_DIALECT } from '../answers/chat-dialect.js';
import { type ResponseSink } from '../answers/response-sink.js';
import { ResponseDraft } from './response-draft.js';
import { echoOf } from './response-object.js';
import { ResponsesSink } from './responses-sink.js';

type Event = Record<string, unknown> & { type: string };
const DONE = 'data: [DONE]\n\n';
const STREAM = { 'content-type': 'text/event-stream', 'x-lumen-model': 'm' };
const JSON_TYPE = {
  'content-type': 'application/json',
  'content-length': '1',
  'x-lumen-cost': '3',
};
const eventText = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const chunk = (delta: object, finish_reason: string | null = null) =>
  eventText({ id: 'c', created: 5, model: 'up', choices: [{ index: 0, delta, finish_reason }] });
const USAGE = {
  prompt_tokens: 5,
  completion_tokens: 7,
  prompt_tokens_details: { cached_tokens: 2 },
  completion_tokens_details: { reasoning_tokens: 3 },
};
const USAGE_CHUNK = eventText({ choices: [], usage: USAGE });
const call = (index: number | undefined, id: string | undefined, name: string, args: unknown) => ({
  tool_calls: [{ index, id, function: { name, arguments: args } }],
});

class MemorySink implements ResponseSink {
  status: number | null = null;
  headers: Readonly<Record<string, string>> = {};
  text = '';
  isEnded = false;
  isCut = false;
  isFull = false;
  onDrain = () => undefined;
  onGone = () => undefined;
  start(status: number, headers: Readonly<Record<string, string>>): void {
    this.status = status;
    this.headers = headers;
  }
  write(bytes: Buffer): boolean {
    this.text += bytes.toString();
    return !this.isFull;
  }
  end(): void {
    this.isEnded = true;
  }
  cut(): void {
    this.isCut = true;
  }
  get events(): Event[] {
    const texts = this.text.split('\n\n').filter((text) => text.startsWith('event: '));
    return texts.map((text) => {
      const [name, data] = text.split('\ndata: ') as [string, string];
      const event = JSON.parse(data) as Event;
      expect(name).toBe(`event: ${event.type}`);
      return event;
    });
  }
  get last(): Event & { response: Record<string, unknown> } {
    return this.events.at(-1)! as Event & { response: Record<string, unknown> };
  }
}

function begin(headers: Record<string, string> = STREAM, asked: object = {}) {
  const inner = new MemorySink();
  const draft = new ResponseDraft(echoOf(asked as Record<string, unknown>), 'k');
  const sink = new ResponsesSink(inner, draft);
  sink.start(200, headers);
  return { inner, sink };
}

function translate(text: string, cuts: readonly number[] = []): MemorySink {
  const { inner, sink } = begin();
  const bytes = Buffer.from(text);
  const places = [...new Set([0, ...cuts.map((cut) => cut % bytes.length), bytes.length])];
  places.sort((a, b) => a - b);
  for (const [index, place] of places.entries()) {
    if (index > 0) sink.write(bytes.subarray(places[index - 1], place));
  }
  sink.end();
  return inner;
}

const whole = (message: object, finish_reason = 'stop', rest: object = {}) =>
  JSON.stringify({
    id: 'c',
    created: 5,
    model: 'up',
    choices: [{ message, finish_reason }],
    ...rest,
  });

function translateWhole(text: string): MemorySink {
  const { inner, sink } = begin(JSON_TYPE);
  sink.write(Buffer.from(text));
  sink.end();
  return inner;
}

const message = (id: string, text: string, status = 'completed') => ({
  id,
  type: 'message',
  status,
  role: 'assistant',
  content: [{ type: 'output_text', text, annotations: [], logprobs: [] }],
});
const thought = (id: string, text: string) => ({
  id,
  type: 'reasoning',
  status: 'completed',
  summary: [],
  content: [{ type: 'reasoning_text', text }],
});
const functionCall = (id: string, call_id: string, name: string, args: string) => ({
  id,
  type: 'function_call',
  status: 'completed',
  call_id,
  name,
  arguments: args,
});

const EVERYTHING =
  ': ping\n\n' +
  chunk({ role: 'assistant', content: '' }) +
  chunk({ reasoning_content: 'hm ü', reasoning: 'hm ü' }) +
  chunk({ content: 'Grüß ' }) +
  chunk({ content: '😀' }) +
  chunk(call(0, 'call_1', 'add', '')) +
  chunk(call(0, undefined, '', '{"a"')) +
  chunk(call(1, 'call_2', 'sub', '{}')) +
  chunk(call(0, undefined, '', ':1}')) +
  chunk({}, 'tool_calls') +
  USAGE_CHUNK +
  DONE;

describe('a stream', () => {
  it('becomes the events of a response, numbered and in order', () => {
    const { events, text, isEnded, status, headers } = translate(EVERYTHING);
    expect(text.startsWith(': ping\n\n')).toBe(true);
    expect(events.map(({ type }) => type.replace('response.', ''))).toEqual([
      'created',
      'in_progress',
      'output_item.added',
      'content_part.added',
      'reasoning_text.delta',
      'reasoning_text.done',
      'content_part.done',
      'output_item.done',
      'output_item.added',
      'content_part.added',
      'output_text.delta',
      'output_text.delta',
      'output_text.done',
      'content_part.done',
      'output_item.done',
      'output_item.added',
      'function_call_arguments.delta',
      'output_item.added',
      'function_call_arguments.delta',
      'function_call_arguments.delta',
      'function_call_arguments.done',
      'output_item.done',
      'function_call_arguments.done',
      'output_item.done',
      'completed',
    ]);
    expect(events.map(({ sequence_number }) => sequence_number)).toEqual([...events.keys()]);
    expect({ isEnded, status, headers }).toEqual({ isEnded: true, status: 200, headers: STREAM });
  });

  it('ends with all that there was', () => {
    expect(translate(EVERYTHING).last).toMatchObject({
      type: 'response.completed',
      response: {
        id: 'resp_k',
        object: 'response',
        created_at: 5,
        model: 'up',
        status: 'completed',
        error: null,
        incomplete_details: null,
        store: false,
        output: [
          thought('rs_k0', 'hm ü'),
          message('msg_k1', 'Grüß 😀'),
          functionCall('fc_k2', 'call_1', 'add', '{"a":1}'),
          functionCall('fc_k3', 'call_2', 'sub', '{}'),
        ],
        usage: {
          input_tokens: 5,
          input_tokens_details: { cached_tokens: 2, cache_write_tokens: 0 },
          output_tokens: 7,
          output_tokens_details: { reasoning_tokens: 3 },
          total_tokens: 12,
        },
      },
    });
  });

  it('is the same wherever it is cut', () => {
    const expected = translate(EVERYTHING).text;
    const bytes = Buffer.byteLength(EVERYTHING);
    expect(translate(EVERYTHING, [...Array(bytes).keys()]).text).toBe(expected);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes - 1), { maxLength: 20 }), (cuts) => {
        expect(translate(EVERYTHING, cuts).text).toBe(expected);
      }),
    );
  });

  it('has whatever the model wrote, in one text', () => {
    const pieces = fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 12 });
    fc.assert(
      fc.property(pieces, fc.array(fc.nat(), { maxLength: 6 }), (written, cuts) => {
        const text = written.map((content) => chunk({ content })).join('');
        const { events, last } = translate(text + chunk({}, 'stop') + DONE, cuts);
        const deltas = events.filter(({ type }) => type === 'response.output_text.delta');
        const all = written.join('');
        expect(deltas.map(({ delta }) => delta).join('')).toBe(all);
        const expected = all === '' ? [] : [message('msg_k0', all)];
        expect(last.response['output']).toEqual(expected);
      }),
    );
  });

  it.each([
    ['length', 'max_output_tokens'],
    ['content_filter', 'content_filter'],
  ])('that ended by %s is incomplete', (finish, reason) => {
    const { last } = translate(chunk({ content: 'a' }) + chunk({}, finish) + DONE);
    expect(last).toMatchObject({
      type: 'response.incomplete',
      response: {
        status: 'incomplete',
        incomplete_details: { reason },
        output: [message('msg_k0', 'a', 'incomplete')],
      },
    });
  });

  it('that Lumen ended is incomplete', () => {
    const usage = { promptTokens: 3, completionTokens: 1, cachedTokens: 0, reasoningTokens: null };
    const next = Buffer.from(chunk({ content: 'never shown' }));
    const ending = CHAT_DIALECT.lengthEnding(next, 1, usage).toString();
    const { last, text } = translate(chunk({ content: 'a' }) + ending);
    expect(last).toMatchObject({
      type: 'response.incomplete',
      response: { usage: { input_tokens: 3, output_tokens: 1 } },
    });
    expect(text).not.toContain('never shown');
  });

  it.each([
    ['in the books', true, 'response.failed'],
    ['that nobody knows the cost of', false, 'error'],
  ])('that failed, %s, says so', (_what, isSettled, type) => {
    const error = new AppError('upstream_error', 'It broke “off”.');
    const ending = CHAT_DIALECT.failure(error, isSettled);
    const { last, isEnded } = translate(chunk({ content: 'a' }) + ending);
    expect(isEnded).toBe(true);
    expect(last).toMatchObject(
      isSettled
        ? {
            type,
            response: {
              status: 'failed',
              error: { code: 'server_error', message: 'It broke “off”.' },
              output: [message('msg_k0', 'a', 'incomplete')],
            },
          }
        : { type, code: 'upstream_error', message: 'It broke “off”.', param: null },
    );
  });

  it('that ends without a word has failed', () => {
    expect(translate(chunk({ content: 'a' })).last).toMatchObject({
      type: 'response.failed',
      response: { error: { message: expect.stringContaining('ended before it was complete') } },
    });
    expect(translate(chunk({ content: 'a' }, 'stop')).last.type).toBe('response.completed');
  });

  it('is not read where an event is too long', () => {
    const long = chunk({ content: 'x'.repeat(2 ** 20) });
    const all = chunk({ content: 'a' }) + long + chunk({}, 'stop') + DONE;
    const { last, text } = translate(all, [200, 2 ** 20 + 180]);
    expect(last.type).toBe('response.failed');
    expect(text.length).toBeLessThan(20_000);
  });

  it.each([
    ['a refusal', chunk({ refusal: 'no' }), [{ content: [{ type: 'refusal', refusal: 'no' }] }]],
    ['nothing', '', []],
    ['what is not JSON', 'data: {"choices"\n\nevent: x\n\n', []],
    ['choices that are none', eventText({ choices: [null] }) + eventText({ choices: 3 }), []],
    [
      'calls without numbers',
      chunk(call(undefined, 'a', 'f', '{}')) + chunk(call(undefined, 'b', 'f', '{}')),
      [{ call_id: 'a' }, { call_id: 'b' }],
    ],
    [
      'calls with one number',
      chunk(call(0, 'a', 'f', '{}')) + chunk(call(0, 'b', 'f', '{}')),
      [{ call_id: 'a' }, { call_id: 'b' }],
    ],
    [
      'a call that is named in each piece',
      chunk(call(0, 'a', 'f', '{')) + chunk(call(0, 'a', 'f', '}')),
      [{ call_id: 'a', arguments: '{}' }],
    ],
    [
      'a call that is named late',
      chunk(call(0, 'a', '', '{')) + chunk(call(0, 'a', 'f', '}')),
      [{ call_id: 'a', name: 'f', arguments: '{}' }],
    ],
    [
      'calls without an id, with objects',
      chunk(call(undefined, undefined, 'f', {})) + chunk(call(undefined, undefined, 'g', { a: 1 })),
      [
        { call_id: 'call_k0', name: 'f', arguments: '{}' },
        { call_id: 'call_k1', name: 'g', arguments: '{"a":1}' },
      ],
    ],
  ])('copes with %s', (_what, text, output) => {
    const { last } = translate(text + DONE);
    expect(last.type).toBe('response.completed');
    expect(last.response['output']).toMatchObject(output);
  });

  it('comes to its end whatever a backend sends', () => {
    const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
    const nested = `data: {"choices":[{"delta":{"tool_calls":[{"function":{"arguments":${deep}}}]}}]}\n\n`;
    expect(translate(chunk({ content: 'a' }) + nested + DONE).last).toMatchObject({
      type: 'response.failed',
      response: { error: { message: expect.stringContaining('It makes no sense') } },
    });
  });

  it('has so many parts and no more', () => {
    const calls = Array.from({ length: 5_000 }, (_, index) => chunk(call(index, '', 'f', '{}')));
    expect(translate(calls.join('') + DONE).last).toMatchObject({
      type: 'response.failed',
      response: { error: { message: expect.stringContaining('longer than Lumen can translate') } },
    });
  });

  it('is put together by the SDK as it ends', async () => {
    const id = fc.constantFrom(undefined, null, '', 'call_1', 'call_2');
    const toolCall = fc.record({
      index: fc.constantFrom(undefined, 0, 1),
      id,
      function: fc.record({ name: fc.constantFrom(undefined, '', 'f'), arguments: fc.string() }),
    });
    const delta = fc.record(
      {
        content: fc.oneof(fc.string(), fc.constant(null), fc.jsonValue()),
        reasoning: fc.string(),
        refusal: fc.string(),
        tool_calls: fc.array(toolCall, { maxLength: 2 }),
      },
      { requiredKeys: [] },
    );
    const finish = fc.constantFrom('stop', 'length', 'tool_calls', 'content_filter');
    const property = fc.asyncProperty(fc.array(delta), finish, async (deltas, reason) => {
      const chunks = deltas.map((each) => chunk(each));
      const { events, last } = translate(chunks.join('') + chunk({}, reason) + DONE);
      const { output: _, ...unfinished } = last.response;
      const lines = [...events.slice(0, -1), { ...last, response: unfinished }];
      const bytes = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      const put = ResponseStream.fromReadableStream(new Blob([bytes]).stream());
      const { output } = await put.finalResponse();
      expect(JSON.parse(JSON.stringify(output))).toMatchObject(last.response['output'] as object[]);
    });
    await fc.assert(property);
  });

  it('goes no faster than it is read', () => {
    const { inner, sink } = begin();
    inner.isFull = true;
    expect(sink.write(Buffer.from(chunk({ content: 'a' })))).toBe(false);
    expect(sink.write(Buffer.from('data: {'))).toBe(true);
    sink.cut();
    expect(inner.isCut).toBe(true);
  });
});

describe('an answer in one piece', () => {
  it('becomes a response', () => {
    const text = whole(
      {
        role: 'assistant',
        content: 'Hello',
        reasoning_content: 'hm',
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } },
          { id: 'b', type: 'function', function: { name: 'f', arguments: '{"x":1}' } },
        ],
      },
      'tool_calls',
      { usage: USAGE },
    );
    const { status, headers, text: sent, isEnded } = translateWhole(text);
    expect({ status, isEnded }).toEqual({ status: 200, isEnded: true });
    expect(headers).toEqual({ ...JSON_TYPE, 'content-length': String(Buffer.byteLength(sent)) });
    expect(JSON.parse(sent)).toMatchObject({
      id: 'resp_k',
      status: 'completed',
      created_at: 5,
      output: [
        thought('rs_k0', 'hm'),
        message('msg_k1', 'Hello'),
        functionCall('fc_k2', 'a', 'f', '{}'),
        functionCall('fc_k3', 'b', 'f', '{"x":1}'),
      ],
      usage: { input_tokens: 5, output_tokens: 7, total_tokens: 12 },
    });
  });

  it('says again what was asked for', () => {
    const asked = { instructions: 'be', temperature: 0.5, metadata: { a: 'b' }, store: true };
    const { inner, sink } = begin(JSON_TYPE, asked);
    sink.write(Buffer.from(whole({ content: 'a' }, 'length')));
    sink.end();
    expect(JSON.parse(inner.text)).toMatchObject({
      ...asked,
      store: false,
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      previous_response_id: null,
      text: { format: { type: 'text' } },
      tool_choice: 'auto',
      tools: [],
      usage: null,
    });
  });

  it.each(['', 'null', '[]', '{}', '{"choices":[]}', '{"choices":[{}]}', '<html>'])(
    'that is none is an error: %s',
    (text) => {
      expect(() => translateWhole(text)).toThrow('It is not a chat completion');
    },
  );

  it.each([
    ['an answer in one piece', JSON_TYPE],
    ['a stream', STREAM],
  ])('that is compressed is an error: %s', (_what, headers) => {
    const { inner, sink } = begin({ ...headers, 'content-encoding': 'gzip' });
    expect(sink.write(Buffer.from('garbage'))).toBe(true);
    expect(() => sink.end()).toThrow('It is compressed');
    expect(inner.status).toBeNull();
    sink.cut();
    expect(inner.status).toBe(502);
    expect(inner.text).toContain('It is compressed');
    expect(inner.headers).toMatchObject({ 'content-type': 'application/json' });
    expect(inner.headers).not.toHaveProperty('content-encoding');
  });

  it('that breaks off is an error that the caller can read', () => {
    const { inner, sink } = begin(JSON_TYPE);
    sink.write(Buffer.from('{"choices":'));
    sink.cut();
    expect(inner.status).toBe(502);
    expect(JSON.parse(inner.text)).toMatchObject({ error: { code: 'upstream_error' } });
    expect(inner.headers['content-length']).toBe(String(Buffer.byteLength(inner.text)));
  });
});
