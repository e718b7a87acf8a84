import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { type Dispatcher } from 'undici';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { CHAT_DIALECT } from '../answers/chat-dialect.js';
import { AnswerWatch } from './answer-watch.js';
import { LingeringAnswers } from './lingering-answers.js';
import { Relay } from './relay.js';

const LIMITS = { connectS: 1, firstTokenS: 2, idleS: 1, totalS: 10 };
const EVENT = Buffer.from('data: {"choices":[{"index":0,"delta":{"content":"a"}}]}\n\n');
const COMMENT = Buffer.from(': keep-alive\n\n');
const STREAM = { 'content-type': 'text/event-stream' };

function setUp() {
  const happened: string[] = [];
  const sink = {
    start: () => void happened.push('start'),
    write: (bytes: Buffer) => happened.push(bytes.toString()) > 0,
    end: () => void happened.push('end'),
    cut: () => void happened.push('cut'),
    onDrain: () => undefined,
    onGone: () => undefined,
  };
  const terms = {
    allowance: { tokens: Infinity, more: () => null },
    bounds: { promptTokens: 100, completionTokens: 100 },
    isUsageHidden: true,
    choices: 1,
    isStream: true,
    headers: { 'x-lumen-model': 'm' },
  };
  const body = Readable.from(['part']);
  const relay = new Relay({
    sink,
    terms,
    dialect: CHAT_DIALECT,
    turn: { answered: () => void happened.push('answered') },
    watch: new AnswerWatch(LIMITS, 10_000),
    clock: new ClockService(),
    mostBytes: 1_000_000,
    lingering: new LingeringAnswers(() => 0),
    body,
  });
  const aborts: string[] = [];
  const controller = {
    paused: false,
    abort: (reason: Error) => void aborts.push(reason.constructor.name),
    resume: () => undefined,
    pause: () => undefined,
  } as unknown as Dispatcher.DispatchController;
  return { relay, controller, happened, aborts, body };
}

describe('a relay', () => {
  it('begins the caller’s answer with the first event, not with the headers', () => {
    const { relay, controller, happened } = setUp();
    relay.onRequestStart(controller);
    relay.onResponseStart(controller, 200, STREAM);
    relay.onResponseData(controller, EVENT.subarray(0, 10));
    expect([happened, relay.answer?.isStarted, relay.firstByteAtMs]).toEqual([[], false, null]);
    relay.onResponseData(controller, EVENT.subarray(10));
    expect(happened).toEqual(['start', EVENT.toString(), 'answered']);
    expect(relay.firstByteAtMs).not.toBeNull();
    expect(relay.isBetweenEvents).toBe(true);
  });

  it('is over at once when the caller leaves, though the backend was not reached yet', async () => {
    const { relay, controller, aborts, body } = setUp();
    relay.leave();
    expect(await relay.outcome).toEqual({ kind: 'cancelled', answer: null });
    expect(body.destroyed).toBe(true);
    relay.onRequestStart(controller);
    expect(aborts).toEqual(['CallerGone']);
  });

  it('lets go of the body of an attempt that failed', async () => {
    const { relay, controller, body } = setUp();
    relay.onResponseError(controller, new Error('refused'));
    expect(await relay.outcome).toMatchObject({ kind: 'failed', answer: null });
    expect(body.destroyed).toBe(true);
  });

  it('stops a backend that does not begin in time', async () => {
    const { relay, controller, aborts } = setUp();
    relay.onRequestStart(controller);
    relay.onResponseStart(controller, 200, STREAM);
    for (const ms of [0, 1_999, 2_000]) relay.look(ms);
    expect(await relay.outcome).toMatchObject({
      kind: 'failed',
      error: { limit: 'first_token', seconds: 2 },
    });
    expect(aborts).toEqual(['TimeLimitError']);
  });

  it('stops a backend that only shows that it lives', async () => {
    const { relay, controller, happened } = setUp();
    relay.onRequestStart(controller);
    relay.onResponseStart(controller, 200, STREAM);
    for (const ms of [0, 500, 1_000, 1_500, 2_000]) {
      relay.onResponseData(controller, COMMENT);
      relay.look(ms);
    }
    expect(await relay.outcome).toMatchObject({
      kind: 'failed',
      error: { limit: 'first_token', hasAnswered: false },
      answer: { isStarted: false },
    });
    expect([happened, relay.firstByteAtMs]).toEqual([[], null]);
  });

  it('lets it live on when the answer has begun', () => {
    const { relay, controller, happened } = setUp();
    relay.onRequestStart(controller);
    relay.onResponseStart(controller, 200, STREAM);
    relay.onResponseData(controller, EVENT);
    for (let ms = 0; ms < 9_000; ms += 500) {
      relay.onResponseData(controller, COMMENT);
      relay.look(ms);
    }
    expect(relay.isOver).toBe(false);
    expect(happened.filter((text) => text === COMMENT.toString())).toHaveLength(18);
  });

  it('has nothing to say any more when something comes after its end', async () => {
    const { relay, controller, happened } = setUp();
    relay.onRequestStart(controller);
    relay.onResponseStart(controller, 200, STREAM);
    relay.fail(new Error('over'));
    relay.onResponseData(controller, EVENT);
    relay.onResponseEnd();
    expect(happened).toEqual([]);
    expect(await relay.outcome).toMatchObject({ kind: 'failed' });
  });

  it.each<[string, (relay: Relay, controller: Dispatcher.DispatchController) => void]>([
    ['ends', (relay) => relay.onResponseEnd()],
    ['hangs', (relay) => [0, 1_000].forEach((ms) => relay.look(ms))],
    ['goes on', (relay, controller) => relay.onResponseData(controller, Buffer.alloc(70_000))],
  ])('takes a refusal whose body %s for what it is', async (_how, then) => {
    const { relay, controller } = setUp();
    relay.onRequestStart(controller);
    relay.onResponseStart(controller, 429, { 'retry-after': '1' });
    relay.onResponseData(controller, Buffer.from('no'));
    relay.look(0);
    then(relay, controller);
    const outcome = await relay.outcome;
    expect(outcome).toMatchObject({ kind: 'refused', status: 429 });
    if (outcome.kind === 'refused') expect(outcome.body.length).toBeLessThanOrEqual(65_536);
  });
});
