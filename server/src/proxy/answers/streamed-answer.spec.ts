import { describe, expect, it } from '@jest/globals';
import { AUDIO_DIALECT } from '../audio/audio-dialect.js';
import { type AnswerDialect } from './answer-dialect.js';
import { CHAT_DIALECT } from './chat-dialect.js';
import { COMPLETION_DIALECT } from './completion-dialect.js';
import { MessagesDialect } from '../messages/messages-dialect.js';
import { NativeDialect } from '../responses/native-dialect.js';
import { NO_USAGE } from './reported-usage.js';
import { type ResponseSink } from './response-sink.js';
import { StreamedAnswer } from './streamed-answer.js';

const eventText = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const chunk = (content: string, rest: object = {}) =>
  eventText({
    id: 'c1',
    created: 1,
    model: 'm',
    choices: [{ index: 0, delta: { content } }],
    ...rest,
  });
const usageChunk = (prompt: number, completion: number) =>
  eventText({ choices: [], usage: { prompt_tokens: prompt, completion_tokens: completion } });
const usageOf = (promptTokens: number, completionTokens: number) => ({
  promptTokens,
  completionTokens,
});
const DONE = 'data: [DONE]\n\n';
const finish = (reason: string | null, index = 0) =>
  eventText({ choices: [{ index, delta: {}, finish_reason: reason }] });
const STOP = finish('stop');

class MemorySink implements ResponseSink {
  text = '';
  isEnded = false;
  isFull = false;
  isStarted = false;
  start = () => void (this.isStarted = true);
  cut = () => undefined;
  onDrain = () => undefined;
  onGone = () => undefined;
  write(bytes: Buffer): boolean {
    this.text += bytes.toString();
    return !this.isFull;
  }
  end(): void {
    this.isEnded = true;
  }
}

/** Grants what it is told to, when it is told to. */
class Allowance {
  asked = 0;
  private grant: ((tokens: number) => void) | null = null;
  private refuse: ((error: Error) => void) | null = null;

  constructor(
    public tokens: number,
    private readonly canGrow = true,
  ) {}

  more(): Promise<number> | null {
    if (!this.canGrow) return null;
    this.asked += 1;
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    this.grant = (tokens) => {
      this.tokens += tokens;
      resolve(tokens);
    };
    this.refuse = reject;
    return promise;
  }

  async answer(tokens: number): Promise<void> {
    this.grant?.(tokens);
    await settled();
  }

  async fail(): Promise<void> {
    this.refuse?.(new Error('away'));
    await settled();
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

interface Options {
  allowance?: Allowance;
  wantsUsage?: boolean;
  choices?: number;
  mostBytes?: number;
  dialect?: AnswerDialect;
}

function setUp(options: Options = {}) {
  const sink = new MemorySink();
  const happened: string[] = [];
  const control = {
    isOver: false,
    resume: () => void happened.push('resume'),
    complete: () => void happened.push('complete'),
    fail: (error: Error) => void happened.push(error.message),
  };
  const allowance = options.allowance ?? new Allowance(Infinity);
  const terms = {
    allowance,
    bounds: { promptTokens: 1_000, completionTokens: 1_000 },
    isUsageHidden: !options.wantsUsage,
    choices: options.choices ?? 1,
  };
  const headers = { 'content-type': 'text/event-stream' };
  const dialect = options.dialect ?? CHAT_DIALECT;
  const mostBytes = options.mostBytes ?? 64 * 1024 * 1024;
  const parts = { sink, headers, terms, control, dialect, isOpaque: false };
  const answer = new StreamedAnswer({ ...parts, mostBytes });
  const take = (text: string) => answer.take(Buffer.from(text));
  const release = (usage = NO_USAGE) => {
    answer.release(sink, { headers: {}, usage });
    return sink.text;
  };
  return { sink, happened, allowance, answer, take, release };
}

describe('a streamed answer', () => {
  it('keeps [DONE] back until it is released, and drops what follows', () => {
    const { take, sink, happened, release } = setUp();
    expect(take(chunk('a') + DONE + chunk('late'))).toBe(true);
    take('garbage');
    expect(sink.text).toBe(chunk('a'));
    expect(happened).toEqual(['complete']);
    expect(release()).toBe(chunk('a') + DONE);
    expect(sink.isEnded).toBe(true);
  });

  it('hides the usage chunk from those who did not ask, and reads it', () => {
    const { take, answer, release } = setUp();
    take(chunk('a') + usageChunk(5, 7) + DONE);
    expect(release()).toBe(chunk('a') + DONE);
    expect(answer.usage).toMatchObject({ isReportFinal: true, producedTokens: 1 });
    expect(answer.usage.reported).toMatchObject({ promptTokens: 5, completionTokens: 7 });
  });

  it.each([
    ['no choices', {}],
    ['choices that are null', { choices: null }],
  ])('hides one with %s as well, unless it says that the backend failed', (_what, fields) => {
    const usage = { prompt_tokens: 5, completion_tokens: 7 };
    for (const dialect of [CHAT_DIALECT, COMPLETION_DIALECT]) {
      const { take, answer, release } = setUp({ dialect });
      take(chunk('a') + eventText({ ...fields, usage }) + DONE);
      expect(release()).toBe(chunk('a') + DONE);
      expect(answer.usage).toMatchObject({ isReportFinal: true, reported: usageOf(5, 7) });
      const { take: takeBroken, happened } = setUp({ dialect });
      takeBroken(chunk('a') + eventText({ ...fields, usage, error: { message: 'no GPU' } }));
      expect(happened).toEqual(['an error event in the stream']);
    }
  });

  it('passes it to those who asked', () => {
    const { take, answer, release } = setUp({ wantsUsage: true });
    const text = chunk('a') + usageChunk(5, 7) + DONE;
    take(text);
    expect(release()).toBe(text);
    expect(answer.usage.isReportFinal).toBe(true);
  });

  it('leaves usage that is part of another chunk where it is', () => {
    const { take, answer, release } = setUp();
    const interim = { usage: { prompt_tokens: 5, completion_tokens: 2 } };
    const text = chunk('a', { usage: null }) + chunk('b', interim) + DONE;
    take(text);
    expect(release()).toBe(text);
    expect(answer.usage).toMatchObject({ isReportFinal: false, producedTokens: 2 });
    expect(answer.usage.reported).toMatchObject({ promptTokens: 5, completionTokens: 2 });
  });

  it.each([
    ['without [DONE]', chunk('a') + STOP],
    ['with comments', `: x\n\n${chunk('a')}${STOP}: y\n\n`],
    ['with an event of nothing', `${chunk('a')}${STOP}\n\n\n`],
    ['without its last empty line', `${chunk('a')}${STOP.trimEnd()}`],
    ['with one choice of two', `${chunk('a')}${finish('length', 1)}${chunk('b')}`],
  ])('passes one that ends %s as it came', (_what, text) => {
    const { take, answer, happened, release } = setUp();
    take(text);
    answer.end();
    expect(happened).toEqual(['complete']);
    expect(release()).toBe(text);
  });

  it.each([
    ['nothing', ''],
    ['a reason that is null', finish(null)],
    ['an empty reason', finish('')],
    ['the key in what a model writes', chunk('"finish_reason":"stop"')],
    ['interim usage', chunk('b', { usage: { prompt_tokens: 5, completion_tokens: 2 } })],
    ['a comment', ': gone\n\n'],
  ])('takes one for cut that ends, in good order, behind a word and %s', (_what, rest) => {
    const { take, answer, happened, sink } = setUp();
    take(chunk('a'));
    take(rest);
    answer.end();
    expect(happened).toEqual(['the stream ended in the middle of the answer']);
    expect(sink.text).toBe(chunk('a') + rest);
  });

  it.each<[string, AnswerDialect, object, object, string]>([
    [
      'response',
      new NativeDialect(),
      { type: 'response.created', response: {} },
      { type: 'response.output_text.delta', delta: 'a' },
      eventText({ type: 'response.completed', response: {} }),
    ],
    [
      'message',
      new MessagesDialect(),
      { type: 'message_start', message: { stop_reason: null } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'a' } },
      eventText({ type: 'message_delta', delta: { stop_reason: 'end_turn' } }),
    ],
  ])(
    'takes a %s of a backend’s own for cut without its end',
    (_what, dialect, first, word, end) => {
      for (const isWhole of [true, false]) {
        const { take, answer, happened } = setUp({ dialect });
        take(eventText(first) + eventText(word));
        if (isWhole) take(end);
        answer.end();
        const told = isWhole ? 'complete' : 'the stream ended in the middle of the answer';
        expect([...new Set(happened)]).toEqual([told]);
      }
    },
  );

  it.each([false, true])('takes the usage of all for an end (asked for: %s)', (wantsUsage) => {
    const { take, answer, happened } = setUp({ wantsUsage });
    take(chunk('a') + usageChunk(5, 1));
    answer.end();
    expect(happened).toEqual(['complete']);
  });

  it('gives what is too long to be read the benefit of the doubt', () => {
    const { take, answer, happened } = setUp();
    for (const text of [`data: {"x":"${'x'.repeat(2 ** 21)}`, '"}\n\n', chunk('a')]) take(text);
    answer.end();
    expect(happened).toEqual(['complete']);
  });

  it('may end without a reason where the dialect knows of none', () => {
    const { take, answer, happened } = setUp({ dialect: AUDIO_DIALECT });
    take(eventText({ type: 'transcript.text.delta', delta: 'a' }));
    answer.end();
    expect(happened).toEqual(['complete']);
  });

  it.each([
    ['half an event', `${chunk('a')}data: {"cho`, 'the stream ended in the middle of an event'],
    ['half a line', `${chunk('a')}dat`, 'the stream ended in the middle of an event'],
    ['half an event, and no other', 'data: {"cho', 'the stream ended in the middle of an event'],
    ['no event at all', '<html></html>', 'no event stream'],
    ['JSON', '{"choices":[]}', 'no event stream'],
    ['an error', '{"error":{"message":"no GPU"}}', 'an error event in the stream'],
  ])('does not pass %s at its end', (_what, text, reason) => {
    const { take, answer, happened, sink } = setUp();
    take(text);
    answer.end();
    expect(happened).toEqual([reason]);
    expect(sink.text).toBe(text.startsWith(chunk('a')) ? chunk('a') : '');
  });

  it.each([
    ['event: error\ndata: {"message":"no GPU"}\n\n', 'no GPU'],
    ['event:error\r\ndata: down\r\n\r\n', 'down'],
    ['error: {"code":500,"message":"no slot"}\n\n', 'no slot'],
  ])('does not pass what is called an error: %j', (event, said) => {
    const { take, happened, sink } = setUp();
    take(`${chunk('an error: none')}${event}${chunk('late')}`);
    expect(happened).toEqual(['an error event in the stream']);
    expect(sink.text).toBe(chunk('an error: none'));
    expect(CHAT_DIALECT.read(event)).toEqual({
      kind: 'failure',
      body: expect.stringContaining(said),
    });
  });

  it('gives up on an event that is longer than is allowed, however it comes', () => {
    for (const size of [1, 64, 1024]) {
      const { take, happened } = setUp({ mostBytes: 10_000 });
      take('data: ');
      for (let sent = 0; sent < 12_000; sent += size) take('x'.repeat(size));
      expect(happened).toEqual(['more than 10000 bytes']);
    }
  });

  it('charges nothing for a comment, however long', () => {
    const { take, answer, happened } = setUp();
    take(`${chunk('a')}: `);
    for (let sent = 0; sent < 40; sent += 1) take('x'.repeat(65_536));
    take(`\n\n${chunk('b')}${STOP}`);
    answer.end();
    expect(happened).toEqual(['complete']);
    expect(answer.usage.producedTokens).toBe(2);
  });

  it('knows [DONE] and usage whose event does not end', () => {
    const { take, answer, happened, release } = setUp();
    take(`${chunk('a')}${usageChunk(5, 7).trimEnd()}`);
    answer.end();
    expect(happened).toEqual(['complete']);
    expect(release()).toBe(chunk('a'));
    expect(answer.usage.reported).toMatchObject({ completionTokens: 7 });
  });
});

describe('a streamed answer behind signs of life', () => {
  const WAIT = ': OPENROUTER PROCESSING\n\n';

  it.each([
    ['comments', WAIT + WAIT],
    ['fields of which no event comes', 'retry: 3000\n\nid: 1\r\nevent: wait\r\n\r\n'],
    ['empty lines', '\n\r\n'],
  ])('begins with its first event, and then has %s in front', (_what, signs) => {
    const { take, answer, sink, release } = setUp();
    expect(take(signs)).toBe(true);
    expect([sink.isStarted, answer.isStarted, answer.hasBegun]).toEqual([false, false, false]);
    expect(answer.isBetweenEvents).toBe(false);
    take(WAIT + chunk('a'));
    expect([answer.isStarted, answer.hasBegun]).toEqual([true, true]);
    take(WAIT + chunk('b') + DONE);
    expect(release()).toBe(signs + WAIT + chunk('a') + WAIT + chunk('b') + DONE);
  });

  it('is empty if nothing else comes', () => {
    const { take, answer, sink, happened } = setUp();
    take(`${WAIT}: and no end`);
    answer.end();
    expect(happened).toEqual(['the stream ended before its first event']);
    expect([sink.isStarted, answer.hasBegun]).toEqual([false, false]);
  });

  it.each([
    ['one by one', [WAIT, eventText({ error: 'x' })]],
    ['together', [WAIT + eventText({ error: 'x' })]],
    ['without data', [WAIT, 'event: error\n\n']],
  ])('has not begun where they are followed by a failure: %s', (_how, texts) => {
    const { take, answer, sink, happened } = setUp();
    for (const text of texts) take(text);
    expect(happened).toEqual(['an error event in the stream']);
    expect([sink.isStarted, answer.isStarted]).toEqual([false, false]);
  });

  it('shows them where only its end follows', () => {
    const { take, release } = setUp();
    take(WAIT);
    take(usageChunk(5, 0) + DONE);
    expect(release()).toBe(WAIT + DONE);
  });

  it('keeps no more of them than is worth it, and whole ones only', () => {
    const { take, sink } = setUp();
    const sign = `: ${'x'.repeat(1021)}\n\n`;
    for (let sent = 0; sent < 100; sent += 1) take(sign);
    take(chunk('a'));
    expect(sink.text).toBe(sign.repeat(63) + chunk('a'));
  });
});

describe('a streamed answer that is paid for', () => {
  it('asks for more at three quarters, once', async () => {
    const { take, allowance } = setUp({ allowance: new Allowance(4) });
    take(chunk('a') + chunk('b') + chunk('c'));
    expect(allowance.asked).toBe(0);
    take(chunk('d'));
    take(': ping\n\n');
    expect(allowance.asked).toBe(1);
    await allowance.answer(4);
    take(chunk('e'));
    expect(allowance.asked).toBe(1);
  });

  it('stops the backend until more is held, and loses nothing', async () => {
    const { take, sink, allowance, happened } = setUp({ allowance: new Allowance(2) });
    const text = chunk('a') + chunk('b') + chunk('c') + chunk('d');
    expect(take(text)).toBe(false);
    expect(take(chunk('e'))).toBe(false);
    expect(sink.text).toBe(chunk('a') + chunk('b'));
    await allowance.answer(10);
    expect(sink.text).toBe(text + chunk('e'));
    expect(happened).toEqual(['resume']);
  });

  it('ends with the wall: finish_reason length, nothing beyond, and no more than was held', async () => {
    const { take, answer, allowance, happened, release } = setUp({ allowance: new Allowance(2) });
    take(chunk('a') + chunk('b') + chunk('c'));
    await allowance.answer(0);
    expect(happened).toEqual(['complete']);
    expect([answer.isCutShort, answer.usage.producedTokens]).toEqual([true, 2]);
    take(chunk('d') + DONE);
    const rest = release().slice((chunk('a') + chunk('b')).length);
    const [last, done] = rest.split('\n\n');
    expect(JSON.parse(last!.slice(6))).toEqual({
      id: 'c1',
      object: 'chat.completion.chunk',
      created: 1,
      model: 'm',
      choices: [{ index: 0, delta: {}, finish_reason: 'length' }],
    });
    expect(done).toBe('data: [DONE]');
  });

  it('ends each choice, and tells the usage to who asked', () => {
    const allowance = new Allowance(1, false);
    const { take, release } = setUp({ allowance, wantsUsage: true, choices: 2 });
    take(chunk('a') + chunk('b'));
    const usage = { ...NO_USAGE, promptTokens: 3, completionTokens: 1 };
    const events = release(usage).split('\n\n').slice(1, 4);
    const [one, two, last] = events.map((event) => JSON.parse(event.slice(6)) as object);
    expect(one).toMatchObject({ choices: [{ index: 0, finish_reason: 'length' }] });
    expect(two).toMatchObject({ choices: [{ index: 1, finish_reason: 'length' }] });
    expect(last).toMatchObject({
      choices: [],
      usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
    });
  });

  it('lets an answer end that fits exactly', () => {
    const { take, release } = setUp({ allowance: new Allowance(2, false) });
    const end = eventText({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
    const text = chunk('a') + chunk('b') + end;
    take(text + usageChunk(1, 2) + DONE);
    expect(release()).toBe(text + DONE);
  });

  it('waits with the end until what came before it is paid for', async () => {
    const { take, answer, allowance, happened, release } = setUp({ allowance: new Allowance(1) });
    take(chunk('a') + chunk('b') + DONE);
    answer.end();
    expect(happened).toEqual([]);
    await allowance.answer(5);
    expect(happened).toContain('complete');
    expect(release()).toBe(chunk('a') + chunk('b') + DONE);
  });

  it('fails if more can neither be held nor refused', async () => {
    const { take, allowance, happened } = setUp({ allowance: new Allowance(2) });
    take(chunk('a') + chunk('b'));
    await allowance.fail();
    expect(happened).toEqual([]);
    take(chunk('c'));
    await allowance.fail();
    expect(happened).toEqual(['away']);
  });

  it.each([
    ['an object', { error: { message: 'ü broke', code: 500 } }],
    ['a text', { error: 'ü broke' }],
    ['an object of the kind "error"', { object: 'error', message: 'ü broke', code: 400 }],
    ['a field of a chunk', { choices: [{ index: 0, delta: {} }], error: { message: 'ü broke' } }],
  ])('ends where the backend says that it failed, in %s', (_how, event) => {
    const { take, sink, happened, answer } = setUp();
    expect(take(chunk('a') + eventText(event) + chunk('late') + DONE)).toBe(true);
    take(DONE);
    answer.end();
    expect(sink.text).toBe(chunk('a'));
    expect(happened).toEqual(['an error event in the stream']);
    expect(answer.usage).toMatchObject({ producedTokens: 1, isReportFinal: false });
  });

  it.each([
    ['what a model writes', chunk('{"error":{"message":"x"}}')],
    ['a field that is null', chunk('a', { error: null })],
    ['a word', chunk('a', { kind: 'error' })],
  ])('takes %s for no failure', (_what, text) => {
    const { take, happened, release } = setUp();
    take(text + DONE);
    expect(happened).toEqual(['complete']);
    expect(release()).toBe(text + DONE);
  });

  it('hears of a failure that waited for more to be held', async () => {
    const { take, answer, allowance, happened, sink } = setUp({ allowance: new Allowance(1) });
    take(chunk('a'));
    take(chunk('b') + eventText({ error: { message: 'x' } }));
    answer.end();
    await allowance.answer(5);
    expect(sink.text).toBe(chunk('a') + chunk('b'));
    expect(happened).toEqual(['an error event in the stream']);
  });
});
