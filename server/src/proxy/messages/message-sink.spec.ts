import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ResponseSink } from '../answers/response-sink.js';
import { MessageSink } from './message-sink.js';
import { type MessageTerms } from './whole-message.js';

type Event = { type: string } & Record<string, unknown>;

const MEGABYTE = 1024 * 1024;
const STREAM = { 'content-type': 'text/event-stream; charset=utf-8', 'x-lumen-balance': '9 coins' };
const JSON_HEADERS = { 'content-type': 'application/json', 'content-length': '7' };
const TERMS: MessageTerms = {
  model: 'm',
  promptTokens: 11,
  isThinkingShown: true,
  stopSequences: [],
};

const data = (fields: object | string) =>
  `data: ${typeof fields === 'string' ? fields : JSON.stringify(fields)}\n\n`;
const chunk = (delta: object, finish: string | null = null) =>
  data({ id: 'c', model: 'up', choices: [{ index: 0, delta, finish_reason: finish }] });
const usage = data({
  choices: [],
  usage: { prompt_tokens: 9, completion_tokens: 7, prompt_tokens_details: { cached_tokens: 4 } },
});
const DONE = data('[DONE]');
const tool = (index: number, fields: object, rest: object = {}) =>
  chunk({ tool_calls: [{ index, ...rest, function: fields }] });

function setUp(terms: Partial<MessageTerms> = {}, hasRoom = true) {
  const written: Buffer[] = [];
  const started: unknown[] = [];
  const seen = { ends: 0, cuts: 0, drained: 0 };
  const out: ResponseSink = {
    start: (status, headers) => void started.push([status, headers]),
    write: (bytes) => {
      written.push(bytes);
      return hasRoom;
    },
    end: () => void (seen.ends += 1),
    cut: () => void (seen.cuts += 1),
    onDrain: (listener) => listener(),
    onGone: (listener) => listener(),
  };
  const sink = new MessageSink(out, { ...TERMS, ...terms });
  const text = () => Buffer.concat(written).toString();
  return { sink, written, started, seen, text };
}

/** The events of a stream; each says its name twice. */
function eventsOf(text: string): Event[] {
  return text
    .split('\n\n')
    .filter((event) => event !== '')
    .map((event) => {
      const [name, said] = event.split('\n');
      const fields = JSON.parse(said!.slice('data: '.length)) as Event;
      expect(name).toBe(`event: ${fields.type}`);
      return fields;
    });
}

/** What a stream becomes, its start and end looked at elsewhere. */
function streamed(text: string, terms: Partial<MessageTerms> = {}): Event[] {
  const { sink, text: result } = setUp(terms);
  sink.start(200, STREAM);
  sink.write(Buffer.from(text));
  sink.end();
  return eventsOf(result());
}

interface Said {
  kind: string;
  text: string;
}

/** What a reader puts together. Fails where blocks are not in order, each begun and ended once. */
function blocksOf(events: readonly Event[]): Said[] {
  const blocks: Said[] = [];
  let isOpen = false;
  for (const event of events) {
    if (!event.type.startsWith('content_block')) continue;
    const isStart = event.type === 'content_block_start';
    expect(isOpen).toBe(!isStart);
    if (isStart) blocks.push({ kind: (event['content_block'] as Event).type, text: '' });
    expect(event['index']).toBe(blocks.length - 1);
    isOpen = event.type !== 'content_block_stop';
    if (event.type !== 'content_block_delta') continue;
    const { text: a, thinking: b, partial_json: c } = event['delta'] as Record<string, string>;
    blocks.at(-1)!.text += a ?? b ?? c ?? '';
  }
  expect(isOpen).toBe(false);
  return blocks;
}

/** Neighbours of a kind are one, but for calls. */
function merged(parts: readonly Said[]): Said[] {
  const blocks: Said[] = [];
  for (const part of parts) {
    const last = blocks.at(-1);
    if (last && last.kind === part.kind && part.kind !== 'tool_use') last.text += part.text;
    else blocks.push({ ...part });
  }
  return blocks;
}

const started = (index: number, block: object) => ({
  type: 'content_block_start',
  index,
  content_block: block,
});
const text = (index: number, words: string) => ({
  type: 'content_block_delta',
  index,
  delta: { type: 'text_delta', text: words },
});
const json = (index: number, piece: string) => ({
  type: 'content_block_delta',
  index,
  delta: { type: 'input_json_delta', partial_json: piece },
});
const stopped = (index: number) => ({ type: 'content_block_stop', index });
const TEXT_BLOCK = { type: 'text', text: '' };
const toolBlock = (id: unknown, name: string) => ({ type: 'tool_use', id, name, input: {} });

describe('a streamed chat completion as a message', () => {
  it('begins, says what came and ends', () => {
    const all = streamed(
      chunk({ role: 'assistant', content: '' }) +
        chunk({ content: 'Hel' }) +
        chunk({ content: 'lö' }) +
        chunk({}, 'stop') +
        usage +
        DONE,
    );
    expect(all).toEqual([
      {
        type: 'message_start',
        message: {
          id: expect.stringMatching(/^msg_/),
          type: 'message',
          role: 'assistant',
          model: 'm',
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: {
            input_tokens: 11,
            output_tokens: 0,
            cache_read_input_tokens: 0,
            cache_creation_input_tokens: 0,
          },
        },
      },
      started(0, TEXT_BLOCK),
      text(0, 'Hel'),
      text(0, 'lö'),
      stopped(0),
      {
        type: 'message_delta',
        delta: { stop_reason: 'end_turn', stop_sequence: null },
        usage: {
          input_tokens: 5,
          output_tokens: 7,
          cache_read_input_tokens: 4,
          cache_creation_input_tokens: 0,
        },
      },
      { type: 'message_stop' },
    ]);
  });

  it.each<[string, string, object[]]>([
    [
      'a thought and a text',
      chunk({ reasoning_content: 'h' }) + chunk({ reasoning: 'm' }) + chunk({ content: 'a' }),
      [
        started(0, { type: 'thinking', thinking: '', signature: '' }),
        { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'h' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'm' } },
        {
          type: 'content_block_delta',
          index: 0,
          delta: { type: 'signature_delta', signature: '' },
        },
        stopped(0),
        started(1, TEXT_BLOCK),
        text(1, 'a'),
        stopped(1),
      ],
    ],
    [
      'words and two calls',
      chunk({ content: 'a' }) +
        tool(0, { name: 'add', arguments: '' }, { id: 'c1' }) +
        tool(0, { arguments: '{"a"' }) +
        tool(0, { arguments: ':1}' }) +
        tool(1, { name: 'sub', arguments: '{}' }, { id: 'c2' }),
      [
        started(0, TEXT_BLOCK),
        text(0, 'a'),
        stopped(0),
        started(1, toolBlock('c1', 'add')),
        json(1, '{"a"'),
        json(1, ':1}'),
        stopped(1),
        started(2, toolBlock('c2', 'sub')),
        json(2, '{}'),
        stopped(2),
      ],
    ],
    [
      'calls that are numbered alike, with ids that are repeated',
      tool(0, { name: 'add', arguments: '{' }, { id: 'c1' }) +
        tool(0, { name: 'add', arguments: '}' }, { id: 'c1' }) +
        tool(0, { name: 'sub', arguments: '{}' }, { id: 'c2' }),
      [
        started(0, toolBlock('c1', 'add')),
        json(0, '{'),
        json(0, '}'),
        stopped(0),
        started(1, toolBlock('c2', 'sub')),
        json(1, '{}'),
        stopped(1),
      ],
    ],
    [
      'a call without an id',
      tool(0, { name: 'add' }),
      [started(0, toolBlock(expect.stringMatching(/^toolu_/), 'add')), stopped(0)],
    ],
    ['nothing', chunk({}), []],
    [
      'what is no chunk',
      data('{"x') + data('7') + data({ choices: 7 }) + chunk({ content: 7 }),
      [],
    ],
  ])('with %s', (_what, chunks, expected) => {
    const all = streamed(chunks + chunk({}, 'stop') + DONE);
    expect(all[0]).toMatchObject({ type: 'message_start' });
    expect(all.slice(1, -2)).toEqual(expected);
    expect(all.at(-1)).toEqual({ type: 'message_stop' });
  });

  it.each<[string, string, string]>([
    ['by itself', chunk({ content: 'a' }, 'stop'), 'end_turn'],
    ['for its length', chunk({ content: 'a' }, 'length'), 'max_tokens'],
    ['for a call', tool(0, { name: 'add' }, { id: 'c' }) + chunk({}, 'tool_calls'), 'tool_use'],
    ['for a filter', chunk({ content: 'a' }, 'content_filter'), 'refusal'],
    ['with a refusal', chunk({ refusal: 'No.' }) + chunk({}, 'stop'), 'refusal'],
    ['without saying why', chunk({ content: 'a' }), 'end_turn'],
  ])('ends %s', (_what, chunks, reason) => {
    expect(streamed(chunks + DONE).at(-2)).toMatchObject({
      type: 'message_delta',
      delta: { stop_reason: reason },
    });
  });

  it('counts what came where the backend reports nothing', () => {
    const chunks = chunk({ reasoning: 'hm' }) + chunk({ content: 'x'.repeat(80) }, 'stop');
    expect(streamed(chunks + DONE, { isThinkingShown: false }).at(-2)).toMatchObject({
      usage: { input_tokens: 11, output_tokens: 21 },
    });
  });

  it('keeps thoughts from those who did not ask for them', () => {
    const all = streamed(chunk({ reasoning: 'hm' }) + chunk({ content: 'a' }, 'stop') + DONE, {
      isThinkingShown: false,
    });
    expect(all.map(({ type }) => type)).toEqual([
      'message_start',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
  });

  it('passes signs of life on', () => {
    expect(streamed(`: ping\n\n${chunk({}, 'stop')}${DONE}`)[0]).toEqual({ type: 'ping' });
  });

  it.each<[string, string, string]>([
    [
      'an error of Lumen',
      data({ error: { message: 'Too much.', code: 'upstream_overloaded' } }) + DONE,
      'overloaded_error',
    ],
    ['an unknown error', data({ error: { code: 'toString' } }), 'api_error'],
    ['an end without a reason', '', 'api_error'],
    ['half an event', 'data: {"choices":[{"del', 'api_error'],
    ['a piece of a call that is over', tool(0, { arguments: '{}' }), 'api_error'],
    ['an event that is too long', `data: ${'x'.repeat(MEGABYTE)}`, 'api_error'],
  ])('ends with an error after %s', (_what, rest, type) => {
    const all = streamed(chunk({ content: 'a' }) + rest);
    expect(all.at(-1)).toMatchObject({ type: 'error', error: { type } });
    expect(all.filter((event) => event.type === 'error')).toHaveLength(1);
    expect(all.some((event) => event.type === 'message_stop')).toBe(false);
  });

  it('ends properly after a reason, [DONE] or not', () => {
    expect(streamed(chunk({ content: 'a' }, 'stop')).at(-1)).toEqual({ type: 'message_stop' });
  });

  it('is the same wherever its bytes are cut', () => {
    const bytes = Buffer.from(
      `: ping\n\n${chunk({ content: 'ü' })}${chunk({ content: '中文' })}` +
        `${tool(0, { name: 'add', arguments: '{"ä"' }, { id: 'c1' })}${tool(0, { arguments: ':1}' })}` +
        `${chunk({}, 'tool_calls')}${usage}${DONE}`,
    );
    const idless = (all: string) => all.replaceAll(/msg_[0-9a-f]{32}/g, 'msg');
    const whole = setUp();
    whole.sink.start(200, STREAM);
    whole.sink.write(bytes);
    whole.sink.end();
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 12 }), (places) => {
        const { sink, text: result } = setUp();
        sink.start(200, STREAM);
        const ends = [0, ...places.toSorted((a, b) => a - b), bytes.length];
        for (const [index, end] of ends.slice(1).entries()) {
          sink.write(bytes.subarray(ends[index], end));
        }
        sink.end();
        expect(idless(result())).toBe(idless(whole.text()));
      }),
    );
  });

  it('says all that came, in blocks that never overlap', () => {
    const words = fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' });
    const said = fc.oneof(
      fc.record({
        kind: fc.constantFrom('text', 'thinking'),
        pieces: fc.array(words, { minLength: 1 }),
      }),
      fc.record({ kind: fc.constant('tool_use'), pieces: fc.array(words) }),
    );
    fc.assert(
      fc.property(fc.array(said, { maxLength: 8 }), (parts) => {
        const chunks = parts.flatMap(({ kind, pieces }, place) => {
          if (kind === 'text') return pieces.map((content) => chunk({ content }));
          if (kind === 'thinking') return pieces.map((reasoning) => chunk({ reasoning }));
          const head = tool(place, { name: 'f', arguments: '' }, { id: `c${place}` });
          return [head, ...pieces.map((piece) => tool(place, { arguments: piece }))];
        });
        const joined = parts.map(({ kind, pieces }) => ({ kind, text: pieces.join('') }));
        expect(blocksOf(streamed(chunks.join('') + DONE))).toEqual(merged(joined));
      }),
    );
  });

  it('goes at the speed of its reader', () => {
    const { sink, started: heads, seen } = setUp({}, false);
    sink.start(200, STREAM);
    expect(heads).toEqual([[200, STREAM]]);
    expect(sink.write(Buffer.from(chunk({ content: 'a' })))).toBe(false);
    expect(sink.write(Buffer.from('data: half'))).toBe(true);
    sink.onDrain(() => (seen.drained += 1));
    sink.onGone(() => (seen.drained += 1));
    expect(seen.drained).toBe(2);
    sink.cut();
    expect(seen.cuts).toBe(1);
  });
});

describe('a chat completion in one piece as a message', () => {
  const completion = JSON.stringify({
    choices: [{ message: { content: 'Hellö' }, finish_reason: 'stop' }],
  });

  it('goes out when it is whole, with its own length', () => {
    const { sink, started: heads, written, seen, text: result } = setUp();
    sink.start(200, { ...JSON_HEADERS, 'x-lumen-cost': '7' });
    const bytes = Buffer.from(completion);
    expect(sink.write(bytes.subarray(0, 40))).toBe(true);
    expect(sink.write(bytes.subarray(40))).toBe(true);
    expect([heads.length, written.length]).toEqual([0, 0]);
    sink.end();
    expect(JSON.parse(result())).toMatchObject({ content: [{ type: 'text', text: 'Hellö' }] });
    const length = String(Buffer.byteLength(result()));
    const headers = { 'content-type': 'application/json', 'content-length': length };
    expect(heads).toEqual([[200, { ...headers, 'x-lumen-cost': '7' }]]);
    expect(seen.ends).toBe(1);
  });

  it.each<[string, (sink: ResponseSink) => void]>([
    ['what is none', (sink) => void sink.write(Buffer.from('{}'))],
    [
      'more than can be kept',
      (sink) => {
        for (let sent = 0; sent <= 16; sent += 1) sink.write(Buffer.alloc(MEGABYTE, ' '));
        sink.write(Buffer.from(completion));
      },
    ],
  ])('is not made of %s', (_what, write) => {
    const { sink, started: heads } = setUp();
    sink.start(200, JSON_HEADERS);
    write(sink);
    expect(() => sink.end()).toThrow('cannot be translated');
    expect(heads).toEqual([]);
  });

  it.each([STREAM, JSON_HEADERS])('is not made of what is compressed', (headers) => {
    const { sink } = setUp();
    expect(() => sink.start(200, { ...headers, 'content-encoding': 'gzip' })).toThrow('compressed');
  });
});
