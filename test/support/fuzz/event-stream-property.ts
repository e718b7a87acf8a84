import { expect } from '@jest/globals';
import fc from 'fast-check';
import { ERROR_CODES } from '../../../server/src/infrastructure/errors/error-codes.js';
import { StreamFrames } from '../../../server/src/proxy/answers/stream-frames.js';
import { DeltaSink } from '../../../server/src/proxy/asking/delta-sink.js';
import { type ResponseSink } from '../../../server/src/proxy/answers/response-sink.js';
import { MessageSink } from '../../../server/src/proxy/messages/message-sink.js';
import { hostileJson, hostileText, spoilt } from './hostile-values.js';
import { pieces } from './pieces.js';
import { type FuzzRuns } from './seed.js';

const MOST_KEPT_BYTES = 4_096;
const MARK = '\uFEFF';
const CHUNK = {
  id: 'c',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
  choices: [{ index: 0, delta: { role: 'assistant', content: 'hi' }, finish_reason: null }],
  usage: { prompt_tokens: 1, completion_tokens: 2 },
};
const NAMES = ['error', 'code', 'message', 'choices', 'delta', 'content', 'tool_calls', 'usage'];

const event = spoilt(fc.constant<unknown>(CHUNK), NAMES).map(
  (value) => `data: ${JSON.stringify(value) ?? ''}\n\n`,
);
const failure = fc
  .oneof(hostileJson, fc.record({ code: hostileText, message: hostileText }))
  .map((error) => `data: ${JSON.stringify({ error })}\n\n`);
const noise = fc.oneof(
  fc.constantFrom('\n', '\r', '\r\n', '\n\n', '\r\n\r\n', ':', ': ping', 'data', 'data:', MARK),
  fc.constantFrom('event: x\n', 'id: \u0000\n', 'retry: 1e9\n', 'data: [DONE]\n\n', 'data: {'),
  fc.constantFrom('x'.repeat(10_000), `data: ${'y'.repeat(9_000)}\n\n`, `: ${'z'.repeat(9_000)}`),
  hostileText,
);
/** Streams as backends send them, broken at any place. */
const stream = fc
  .array(
    fc.oneof(
      fc.oneof(event, failure, noise).map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => Buffer.concat(parts));
const cuts = fc.array(fc.nat(), { maxLength: 12 });

/** No byte is lost or kept beyond the limit, and what is cut is cut between events. */
export function framesKeepEveryByte({ seed, runs }: FuzzRuns): void {
  fc.assert(
    fc.property(stream, cuts, (bytes, places) => {
      const frames = new StreamFrames(false, MOST_KEPT_BYTES);
      const passed: Buffer[] = [];
      let pushed = 0;
      for (const piece of pieces(bytes, places)) {
        const whole = frames.push(piece);
        pushed += piece.length;
        if (whole) passed.push(Buffer.from(whole));
        const isWhole = whole !== null && whole.length > 0 && !frames.isFragment;
        if (isWhole) expect(whole.toString('latin1')).toMatch(/\n$/);
        const held = pushed - passed.reduce((sum, { length }) => sum + length, 0);
        expect(held).toBeLessThanOrEqual(MOST_KEPT_BYTES + MARK.length * 3 + piece.length);
      }
      const all = Buffer.concat([...passed, frames.rest()]).toString('latin1');
      const sent = bytes.toString('latin1');
      expect([sent, sent.slice(3)]).toContain(all);
      if (all !== sent) expect(bytes.subarray(0, 3).toString()).toBe(MARK);
    }),
    { seed, numRuns: runs },
  );
}

/** What reads answers in the server's own process neither throws nor invents an error code. */
export function deltasAreRead({ seed, runs }: FuzzRuns): { told: number; failed: number } {
  let [told, failed] = [0, 0];
  fc.assert(
    fc.property(stream, cuts, (bytes, places) => {
      const sink = new DeltaSink(({ content, reasoning, finishReason }) => {
        told += 1;
        expect([typeof content, typeof reasoning]).toEqual(['string', 'string']);
        expect(finishReason === null || typeof finishReason === 'string').toBe(true);
      }, new AbortController().signal);
      sink.start(200, { 'content-type': 'text/event-stream' });
      for (const piece of pieces(bytes, places)) sink.write(piece);
      sink.end();
      if (!sink.failure) return;
      failed += 1;
      expect(Object.keys(ERROR_CODES)).toContain(sink.failure.code);
      expect(typeof sink.failure.message).toBe('string');
    }),
    { seed, numRuns: runs },
  );
  return { told, failed };
}

/** Rewritten for Anthropic's tools, any stream is still one of whole events of JSON. */
export function messagesAreWritten({ seed, runs }: FuzzRuns): void {
  fc.assert(
    fc.property(stream, cuts, (bytes, places) => {
      const written: Buffer[] = [];
      const out: ResponseSink = {
        start: () => undefined,
        write: (chunk) => written.push(Buffer.from(chunk)) > 0,
        end: () => undefined,
        cut: () => undefined,
        onDrain: () => undefined,
        onGone: () => undefined,
      };
      const terms = { model: 'm', promptTokens: 1, isThinkingShown: true, stopSequences: [] };
      const sink = new MessageSink(out, terms);
      sink.start(200, { 'content-type': 'text/event-stream' });
      for (const piece of pieces(bytes, places)) sink.write(piece);
      sink.end();
      const events = Buffer.concat(written).toString().split('\n\n').filter(Boolean);
      for (const each of events) {
        const [name, said = ''] = each.split('\n');
        const { type } = JSON.parse(said.slice('data: '.length)) as { type: string };
        expect(name).toBe(`event: ${type}`);
      }
    }),
    { seed, numRuns: runs },
  );
}
