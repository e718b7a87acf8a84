import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type StreamedAnswer } from './answer-stream.ts';
import { chatCompletion } from './chat.ts';
import { type JsonObject } from './fields.ts';

interface Completion {
  model: string;
  choices: {
    message: { content: string | null; reasoning_content?: string; tool_calls?: object[] };
    finish_reason: string;
  }[];
  usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number };
}

const ask = (content: unknown, more: JsonObject = {}): JsonObject => ({
  model: 'any/name',
  messages: [{ role: 'user', content }],
  ...more,
});
const whole = (body: JsonObject) =>
  (chatCompletion(body) as unknown as { whole: Completion }).whole;
const textOf = (body: JsonObject) => whole(body).choices[0]!.message.content!;
const streamed = (body: JsonObject) => chatCompletion({ ...body, stream: true }) as StreamedAnswer;

describe('an answer', () => {
  it('quotes the message and shows Markdown, formulas and code', () => {
    const text = textOf(ask('Hello\nyou'));
    expect(text).toMatch(/^> Hello\n> you\n\n/);
    expect(text).toMatch(/ \$[^$\n]+\$ /);
    expect(text).toMatch(/\n\n\$\$\n[^$]+\n\$\$\n\n/);
    expect(text).toMatch(/\n```python\nmessage = "Hello"\n[^`]+\n```$/);
    expect(text).toContain('**echo model**');
  });

  it.each<[string, unknown, string]>([
    ['null', null, '> *(no text)*'],
    ['nothing', undefined, '> *(no text)*'],
    ['blanks', ' \n', '> *(no text)*'],
    ['an empty line', 'a\n\nb', '> a\n>\n> b\n\n'],
    ['Windows line ends', 'a\r\nb', '> a\n> b\n\n'],
    ['parts', [{ type: 'text', text: 'a' }, 'b', { type: 'text', text: 'c' }], '> a\n> b\n> c\n\n'],
    ['an empty list', [], '> *(no text)*'],
    ['odd parts', [null, 3, {}, { type: 4 }, { type: 'text', text: 5 }], '> *(no text)*'],
  ])('takes %s as content', (_name, content, start) => {
    expect(textOf(ask(content)).startsWith(start)).toBe(true);
  });

  it.each<[string, string]>([
    ['image_url', 'I can see 2 images.'],
    ['input_audio', 'I can hear 2 recordings.'],
    ['file', 'I was given 2 files.'],
  ])('acknowledges parts of type %s', (type, sentence) => {
    expect(textOf(ask([{ type: 'text', text: 'Look' }, { type }, { type }]))).toContain(sentence);
  });

  it('says one image, not one images', () => {
    expect(textOf(ask([{ type: 'image_url' }]))).toContain('I can see 1 image.');
  });

  it.each<[string, [string, string][], string]>([
    [
      'the last message of the user',
      [
        ['user', 'a'],
        ['assistant', 'b'],
        ['user', 'c'],
      ],
      '> c\n',
    ],
    [
      'the user, though the assistant began',
      [
        ['user', 'a'],
        ['assistant', 'b'],
      ],
      '> a\n',
    ],
    [
      'a tool',
      [
        ['user', 'a'],
        ['assistant', ''],
        ['tool', '42'],
      ],
      'The tool answered:\n\n> 42\n',
    ],
    ['the system, if there is nobody else', [['system', 's']], '> s\n'],
  ])('is to %s', (_name, messages, start) => {
    const body = { messages: messages.map(([role, content]) => ({ role, content })) };
    expect(textOf(body).startsWith(start)).toBe(true);
  });

  it('counts a token for four characters of all messages, and of the answer', () => {
    const messages = [
      { role: 'system', content: '12345' },
      { role: 'user', content: [{ type: 'text', text: '1234567' }, { type: 'image_url' }] },
      { role: 'assistant', content: null },
      { role: 'user', content: '😀😀' },
    ];
    const { usage, choices } = whole({ messages });
    const completion = Math.floor([...choices[0]!.message.content!].length / 4);
    expect(usage).toEqual({
      prompt_tokens: 3,
      completion_tokens: completion,
      total_tokens: 3 + completion,
    });
  });

  it('echoes the model’s name, and manages without one', () => {
    expect(whole(ask('x')).model).toBe('any/name');
    expect(whole({ messages: [{}] }).model).toBe('dummy');
  });

  it('comes n times', () => {
    const { choices, usage } = whole(ask('x', { n: 3 }));
    expect(choices.map(({ finish_reason }) => finish_reason)).toEqual(['stop', 'stop', 'stop']);
    expect(usage.completion_tokens % 3).toBe(0);
  });

  it('is JSON if that is asked for', () => {
    const json = textOf(ask('hi', { response_format: { type: 'json_object' } }));
    expect(JSON.parse(json)).toEqual({ echo: 'hi' });
    const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] };
    const shaped = ask('hi', { response_format: { type: 'json_schema', json_schema: { schema } } });
    expect(JSON.parse(textOf(shaped))).toEqual({ n: 1 });
    expect(textOf(ask('hi', { response_format: { type: 'text' } }))).toMatch(/^> hi/);
  });
});

describe('reasoning', () => {
  it('comes when effort is asked for, the more the more', () => {
    const lengths = ['minimal', 'low', 'medium', 'high'].map((reasoning_effort) => {
      const { message } = whole(ask('x', { reasoning_effort })).choices[0]!;
      return message.reasoning_content!.length;
    });
    expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
    expect(new Set(lengths).size).toBe(4);
  });

  it.each([[undefined], [null], ['none']])('does not come for %j', (reasoning_effort) => {
    expect(whole(ask('x', { reasoning_effort })).choices[0]!.message).not.toHaveProperty(
      'reasoning_content',
    );
  });

  it('is part of the usage', () => {
    const { choices, usage } = whole(ask('x', { reasoning_effort: 'high' }));
    const { reasoning_content, content } = choices[0]!.message;
    const reasoning = Math.floor(reasoning_content!.length / 4);
    expect(usage).toMatchObject({
      completion_tokens: Math.floor((reasoning_content!.length + content!.length) / 4),
      completion_tokens_details: { reasoning_tokens: reasoning },
    });
  });
});

describe('the end of an answer', () => {
  it('is the token limit, under either name', () => {
    for (const limit of ['max_tokens', 'max_completion_tokens']) {
      const { choices, usage } = whole(ask('Hello', { [limit]: 5 }));
      expect(choices[0]).toMatchObject({ finish_reason: 'length' });
      expect(choices[0]!.message.content).toHaveLength(20);
      expect(usage.completion_tokens).toBe(5);
    }
  });

  it('is its own if the limit is as long', () => {
    const { usage } = whole(ask('Hello'));
    const exact = whole(ask('Hello', { max_tokens: usage.completion_tokens }));
    expect(exact.choices[0]!.finish_reason).toBe('stop');
    const less = whole(ask('Hello', { max_tokens: usage.completion_tokens - 1 }));
    expect(less.choices[0]!.finish_reason).toBe('length');
  });

  it('never exceeds the limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 99 }), (text, max) => {
        const body = ask(text, { max_tokens: max, reasoning_effort: 'low' });
        expect(whole(body).usage.completion_tokens).toBe(max);
      }),
    );
  });

  it('is in the middle of the reasoning if the limit is there', () => {
    const { message } = whole(ask('x', { max_tokens: 2, reasoning_effort: 'high' })).choices[0]!;
    expect([message.reasoning_content!.length, message.content]).toEqual([8, '']);
  });

  it.each([
    ['echo', '> Hello\n\nI am the **'],
    [['zzz', 'model', '**'], '> Hello\n\nI am the '],
    [[''], null],
    [null, null],
  ])('is before the stop string %j', (stop, expected) => {
    const { message, finish_reason } = whole(ask('Hello', { stop })).choices[0]!;
    expect(finish_reason).toBe('stop');
    expect(message.content).toBe(expected ?? textOf(ask('Hello')));
  });
});

describe('a stream', () => {
  const piecesOf = (body: JsonObject) =>
    streamed(body).choices[0]! as { delta: JsonObject; finish_reason: string | null }[];
  const joined = (pieces: { delta: JsonObject }[], field: string) =>
    pieces.map(({ delta }) => (delta[field] as string | undefined) ?? '').join('');

  it('has the role first, a word in each piece, and the reason last', () => {
    const pieces = piecesOf(ask('Hello you'));
    expect(pieces[0]).toMatchObject({ delta: { role: 'assistant', content: '' } });
    expect(pieces.slice(1, 4).map(({ delta }) => delta.content)).toEqual(['>', ' Hello', ' you']);
    expect(pieces.at(-1)).toMatchObject({ delta: {}, finish_reason: 'stop' });
    expect(pieces.filter(({ finish_reason }) => finish_reason !== null)).toHaveLength(1);
  });

  it('says what the whole answer would', () => {
    const body = ask('Hello\n\nyou', { reasoning_effort: 'low', max_tokens: 90 });
    const { message } = whole(body).choices[0]!;
    expect(joined(piecesOf(body), 'content')).toBe(message.content);
    expect(joined(piecesOf(body), 'reasoning_content')).toBe(message.reasoning_content);
  });

  it('reasons before it answers', () => {
    const kinds = piecesOf(ask('x', { reasoning_effort: 'low' }))
      .slice(1, -1)
      .map(({ delta }) => Object.keys(delta)[0]);
    expect(kinds.lastIndexOf('reasoning_content')).toBeLessThan(kinds.indexOf('content'));
  });

  it('has the usage in a last chunk without choices', () => {
    const { usageChunk } = streamed(ask('Hello'));
    expect(usageChunk).toMatchObject({
      object: 'chat.completion.chunk',
      choices: [],
      usage: whole(ask('Hello')).usage,
    });
  });

  it('opens each tool call once and sends its arguments in pieces', () => {
    const tools = ['one', 'two'].map((name) => ({
      type: 'function',
      function: { name, parameters: { properties: { text: { type: 'string' } } } },
    }));
    const pieces = piecesOf(ask('call one and two 😀', { tools }));
    const calls = pieces.flatMap(({ delta }) => (delta.tool_calls ?? []) as JsonObject[]);
    expect(calls.filter(({ id }) => id !== undefined).map(({ index }) => index)).toEqual([0, 1]);
    for (const index of [0, 1]) {
      const text = calls
        .filter((call) => call.index === index)
        .map((call) => (call.function as { arguments: string }).arguments)
        .join('');
      expect(JSON.parse(text)).toEqual({ text: 'call one and two 😀' });
    }
    expect(pieces[0]).toMatchObject({ delta: { role: 'assistant', content: null } });
    expect(pieces.at(-1)).toMatchObject({ finish_reason: 'tool_calls' });
  });
});

describe('a bad request', () => {
  it.each<[JsonObject, string]>([
    [{}, 'messages'],
    [{ messages: null }, 'messages'],
    [{ messages: [] }, 'messages'],
    [{ messages: 'hi' }, 'messages'],
    [{ messages: [null] }, 'messages[0]'],
    [{ messages: [{ content: 3 }] }, 'messages[0].content'],
    [ask('x', { n: 0 }), 'n'],
    [ask('x', { n: 9 }), 'n'],
    [ask('x', { max_tokens: 0 }), 'max_tokens'],
    [ask('x', { max_tokens: '5' }), 'max_tokens'],
    [ask('x', { max_completion_tokens: 1.5 }), 'max_completion_tokens'],
    [ask('x', { stop: 3 }), 'stop'],
    [ask('x', { stop: ['a', 'b', 'c', 'd', 'e'] }), 'stop'],
  ])('%j is refused for its %s', (body, param) => {
    expect(() => chatCompletion(body)).toThrow(expect.objectContaining({ status: 400, param }));
  });
});
