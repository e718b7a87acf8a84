import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type OpenAI from 'openai';
import { NANO } from '../support/lumen/metered.js';
import { requestLogOf } from '../support/lumen/request-log.js';
import { Responding } from '../support/lumen/responding.js';
import {
  ADDED,
  COMPLETED,
  CREATED,
  NATIVE_OUTPUT,
  NATIVE_USAGE,
  nativeDelta,
  nativeEvent,
  nativeResponse,
} from '../support/native-responses.js';
import { cutAfter, type ScriptedUpstream, status, stream } from '../support/scripted-upstream.js';

const SLOW = 60_000;
const forEver = new Promise(() => undefined);

describe('responses that are passed through', () => {
  const running = new AsyncDisposableStack();
  let lumen: Responding;
  let upstream: ScriptedUpstream;
  let client: OpenAI;

  beforeAll(async () => {
    lumen = running.use(await Responding.start({ purses: { walled: 25 } }));
    ({ upstream, client } = lumen);
  }, SLOW);

  afterAll(() => running.disposeAsync());

  const whole = JSON.stringify(
    nativeResponse({ status: 'completed', output: NATIVE_OUTPUT, usage: NATIVE_USAGE }),
  );

  it('sends every byte but the model’s name, and lets nothing be stored', async () => {
    upstream.next(status(200, whole));
    const body =
      '{ "model" : "n","x_unknown":[1.0,1e5],"store" : true,\n "tools":[{"type":"web_search"}],' +
      ' "input":[{"type":"web_search_call","id":"x"},{"role":"user","content":"\\u00fc ü"}] }';
    const row = await lumen.rowOf(async () => {
      const answer = await lumen.post(body);
      expect(await answer.text()).toBe(whole);
      expect(answer.headers.get('x-lumen-cost')).toBe('3');
    });
    expect(upstream.lastRequest.path).toBe('/v1/responses');
    expect(upstream.lastRequest.bytes.toString()).toBe(
      body.replace('"n"', '"upstream-name"').replace(': true', ': false'),
    );
    expect(row).toMatchObject({
      operation: 'responses',
      promptTokens: 5,
      completionTokens: 3,
      cachedTokens: 2,
      reasoningTokens: 1,
      accuracy: 'exact',
    });
  });

  it('streams every byte, however it is cut, the last event when it is in the books', async () => {
    const text = CREATED + ADDED + nativeDelta('Grü', 3) + nativeDelta('ße', 4) + COMPLETED;
    const bytes = Buffer.from(`${text}data: [DONE]\n\n`);
    upstream.next(stream(...Array.from(bytes, (byte) => Buffer.from([byte]))));
    const before = (await requestLogOf(lumen.server)).length;
    const answer = await lumen.post({ model: 'n', input: 'hi', stream: true });
    expect(await answer.text()).toBe(text);
    expect((await requestLogOf(lumen.server)).slice(before)).toMatchObject([
      { completionTokens: 3, cost: 3n * NANO, accuracy: 'exact' },
    ]);
    expect(lumen.sent).toEqual({ model: 'upstream-name', input: 'hi', stream: true, store: false });
  });

  it('is what the SDK understands', async () => {
    upstream.next(stream(CREATED, ADDED, nativeDelta('Grüße', 3), COMPLETED));
    const answer = await client.responses.stream({ model: 'n', input: 'hi' }).finalResponse();
    expect(answer).toMatchObject({ id: 'resp_up', output_text: 'Grüße', usage: NATIVE_USAGE });
  });

  it.each([
    ['breaks off', cutAfter(CREATED, ADDED, nativeDelta('a', 3))],
    ['says so', stream(CREATED, nativeDelta('a', 3), nativeEvent('error', 4, { message: 'fire' }))],
    [
      'says so in a response',
      stream(
        CREATED,
        nativeDelta('a', 3),
        nativeEvent('response.failed', 4, {
          response: nativeResponse({ status: 'failed', error: { message: 'fire' } }),
        }),
      ),
    ],
  ])('ends with an error where the backend fails: it %s', async (_what, behaviour) => {
    upstream.next(behaviour);
    const row = await lumen.rowOf(async () => {
      const text = await (await lumen.post({ model: 'n', input: 'hi', stream: true })).text();
      const last = text.split('\n\n').at(-2)!;
      expect(last).toMatch(/^event: error\ndata: /);
      expect(JSON.parse(last.slice(last.indexOf('{')))).toMatchObject({
        type: 'error',
        sequence_number: 4,
        code: 'upstream_error',
      });
      expect(text).not.toContain('fire');
    });
    expect(row).toMatchObject({ outcome: 'failed', completionTokens: 1 });
  });

  it(
    'ends a stream that nothing is left for',
    async () => {
      const walled = await lumen.payer('walled');
      const deltas = Array.from({ length: 100 }, (_, i) => nativeDelta(` w${i}`, i + 3));
      upstream.next(stream(CREATED, ADDED, ...deltas, forEver));
      const arrived = upstream.nextRequest();
      const row = await lumen.rowOf(async () => {
        const stream = walled.client.responses.stream({ model: 'n', input: 'hi' });
        const answer = await stream.finalResponse();
        expect(answer).toMatchObject({
          id: 'resp_up',
          status: 'incomplete',
          incomplete_details: { reason: 'max_output_tokens' },
          usage: { output_tokens: 25 },
        });
        expect(answer.output_text).toMatch(/w24$/);
      });
      await (
        await arrived
      ).aborted;
      expect(row).toMatchObject({ completionTokens: 25, cost: 25n * NANO });
    },
    SLOW,
  );

  it('is measured by what the backend says, however large its pictures are', async () => {
    const picture = 'A'.repeat(2 * 2 ** 20);
    const part = nativeEvent('response.image_generation_call.partial_image', 3, {
      partial_image_b64: picture,
    });
    const output = [{ id: 'ig_1', type: 'image_generation_call', result: picture }];
    const completed = nativeEvent('response.completed', 4, {
      response: nativeResponse({ status: 'completed', output, usage: NATIVE_USAGE }),
    });
    upstream.next(stream(CREATED, part, completed));
    const row = await lumen.rowOf(async () => {
      const answer = await lumen.post({ model: 'n', input: 'draw', stream: true });
      expect(await answer.text()).toBe(CREATED + part + completed);
    });
    expect(row).toMatchObject({ completionTokens: 3, cost: 3n * NANO, accuracy: 'exact' });
  });
});
