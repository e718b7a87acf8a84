import { describe, expect, it } from '@jest/globals';
import { CHAT_DIALECT } from './chat-dialect.js';
import { NO_USAGE } from './reported-usage.js';
import { type ResponseSink } from './response-sink.js';
import { WholeAnswer } from './whole-answer.js';

const MEGABYTE = 1024 * 1024;
const USAGE =
  '{"prompt_tokens":3,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":2}}';
const REPORTED = { promptTokens: 3, completionTokens: 5, cachedTokens: 2, reasoningTokens: null };

function setUp(headers: Record<string, string> = { 'content-type': 'application/json' }) {
  const written: Buffer[] = [];
  const started: Readonly<Record<string, string>>[] = [];
  const sink: ResponseSink = {
    start: (_status, shown) => void started.push(shown),
    write: (bytes) => written.push(bytes) > 0,
    end: () => void written.push(Buffer.from('|')),
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
  const bounds = { promptTokens: 1_000, completionTokens: 1_000 };
  const mostBytes = 100 * MEGABYTE;
  const dialect = CHAT_DIALECT;
  const answer = new WholeAnswer({ sink, headers, bounds, control, dialect, mostBytes });
  const release = () => {
    answer.release(sink, { headers: { 'x-lumen-cost': '1' }, usage: NO_USAGE });
    return Buffer.concat(written).toString();
  };
  return { answer, started, written, release };
}

describe('an answer in one piece', () => {
  it('is kept until it is settled, and then says what it cost', () => {
    const { answer, started, written, release } = setUp();
    const text = `{"choices":[{"message":{"content":"\\"usage\\":{}"}}],"usage":${USAGE}}`;
    answer.take(Buffer.from(text.slice(0, 20)));
    answer.take(Buffer.from(text.slice(20)));
    expect([answer.isStarted, written.length]).toEqual([false, 0]);
    expect(answer.usage).toMatchObject({ reported: REPORTED, isReportFinal: true });
    expect(release()).toBe(`${text}|`);
    expect(started).toEqual([
      {
        'content-type': 'application/json',
        'content-length': String(text.length),
        'x-lumen-cost': '1',
      },
    ]);
  });

  it('over 4 MiB is passed on but for its end, where the usage is', () => {
    const { answer, started, written, release } = setUp();
    const [head, tail] = ['{"choices":["', `"],"usage": ${USAGE},"service_tier":"default"}`];
    answer.take(Buffer.from(head));
    for (let sent = 0; sent < 6; sent += 1) answer.take(Buffer.alloc(MEGABYTE, 'x'));
    answer.take(Buffer.from(tail));
    expect(answer.isStarted).toBe(true);
    const passed = written.reduce((sum, { length }) => sum + length, 0);
    expect(passed).toBeGreaterThan(5 * MEGABYTE);
    expect(answer.usage).toMatchObject({ reported: REPORTED, isReportFinal: true });
    expect(release().length).toBe(head.length + 6 * MEGABYTE + tail.length + 1);
    expect(started).toEqual([{ 'content-type': 'application/json' }]);
  });

  it.each(['', '[]', 'null', '{}', '{"usage":7}', '{"usage"'])('reports nothing in %j', (text) => {
    const { answer } = setUp();
    answer.take(Buffer.from(text));
    expect(answer.usage).toEqual({ reported: null, isReportFinal: false, producedTokens: 0 });
  });

  it('is counted where nothing is reported, compressed ones by their size', () => {
    const text = JSON.stringify({ choices: [{ message: { content: 'x'.repeat(400) } }] });
    const { answer } = setUp();
    answer.take(Buffer.from(text));
    expect(answer.usage.producedTokens).toBe(100);
    const compressed = setUp({ 'content-encoding': 'gzip' }).answer;
    compressed.take(Buffer.alloc(400, 7));
    expect(compressed.usage.producedTokens).toBe(100);
  });
});
