import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type OpenAI from 'openai';
import { APIError, BadRequestError, NotFoundError, RateLimitError } from 'openai';
import { zodTextFormat } from 'openai/helpers/zod';
import { type ResponseInput } from 'openai/resources/responses/responses';
import { z } from 'zod';
import { CountingUpstream } from '../support/counting-upstream.js';
import { NANO } from '../support/lumen/metered.js';
import { Responding } from '../support/lumen/responding.js';
import {
  chunkText,
  completion,
  completionText,
  cutAfter,
  DONE,
  hang,
  reset,
  type ScriptedUpstream,
  status,
  stream,
  USAGE_CHUNK,
} from '../support/scripted-upstream.js';

const SLOW = 60_000;
const forEver = new Promise(() => undefined);
const TOOLS = [
  {
    type: 'function' as const,
    name: 'add',
    parameters: { type: 'object', properties: { a: { type: 'number' } } },
    strict: false,
  },
];
const chunkWith = (delta: object, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({ id: 'c', created: 5, model: 'up', choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
const STOP = chunkWith({}, 'stop');

describe('responses that are translated', () => {
  const running = new AsyncDisposableStack();
  let lumen: Responding;
  let upstream: ScriptedUpstream;
  let counting: CountingUpstream;
  let client: OpenAI;

  beforeAll(async () => {
    counting = running.use(await CountingUpstream.start());
    const purses = { walled: 25, lowered: 5, emptied: 7 };
    lumen = running.use(await Responding.start({ purses, other: counting }));
    ({ upstream, client } = lumen);
  }, SLOW);

  afterAll(() => running.disposeAsync());

  describe('with the openai SDK', () => {
    it('answers', async () => {
      upstream.next(completion('Hello there'));
      const row = await lumen.rowOf(async () => {
        const answer = await client.responses.create({
          model: 'm',
          instructions: 'be kind',
          input: 'hi',
          max_output_tokens: 50,
          metadata: { a: 'b' },
        });
        expect(answer.output_text).toBe('Hello there');
        expect(answer.id).toMatch(/^resp_/);
        expect(answer).toMatchObject({
          object: 'response',
          status: 'completed',
          model: 'upstream-name',
          instructions: 'be kind',
          max_output_tokens: 50,
          metadata: { a: 'b' },
          store: false,
          usage: { input_tokens: 5, output_tokens: 7, total_tokens: 12 },
        });
      });
      expect(upstream.lastRequest.path).toBe('/v1/chat/completions');
      expect(lumen.sent).toEqual({
        model: 'upstream-name',
        messages: [
          { role: 'system', content: 'be kind' },
          { role: 'user', content: 'hi' },
        ],
        max_tokens: 50,
      });
      expect(row).toMatchObject({
        operation: 'responses',
        outcome: 'completed',
        accuracy: 'exact',
        promptTokens: 5,
        completionTokens: 7,
        cost: 7n * NANO,
      });
    });

    it('streams', async () => {
      const thought = chunkWith({ reasoning_content: 'hm' });
      upstream.next(stream(thought, chunkText('Hel'), chunkText('lo'), STOP, USAGE_CHUNK, DONE));
      const answer = client.responses.stream({ model: 'm', input: 'hi' });
      const types: string[] = [];
      let text = '';
      for await (const event of answer) {
        types.push(event.type);
        if (event.type === 'response.output_text.delta') text += event.delta;
      }
      expect(text).toBe('Hello');
      expect([types[0], types.at(-1)]).toEqual(['response.created', 'response.completed']);
      const final = await answer.finalResponse();
      expect(final.output_text).toBe('Hello');
      expect(final.output.map(({ type }) => type)).toEqual(['reasoning', 'message']);
      expect(final.usage).toMatchObject({ input_tokens: 5, output_tokens: 7 });
      expect(lumen.sent).toMatchObject({ stream: true, stream_options: { include_usage: true } });
    });

    it('calls tools, and takes what they answered', async () => {
      const calls = (index: number, id: string | undefined, args: string) =>
        chunkWith({
          tool_calls: [
            { index, id, type: 'function', function: { name: id && 'add', arguments: args } },
          ],
        });
      upstream.next(
        stream(
          calls(0, 'call_1', ''),
          calls(0, undefined, '{"a"'),
          calls(0, undefined, ':1}'),
          calls(1, 'call_2', '{"a":2}'),
          chunkWith({}, 'tool_calls'),
          USAGE_CHUNK,
          DONE,
        ),
      );
      const input: ResponseInput = [{ role: 'user', content: 'add' }];
      const asked = { model: 'm', tools: TOOLS, tool_choice: 'required' as const };
      const first = await client.responses.stream({ ...asked, input }).finalResponse();
      const made = first.output.filter((item) => item.type === 'function_call');
      expect(made).toMatchObject([
        { call_id: 'call_1', name: 'add', arguments: '{"a":1}', status: 'completed' },
        { call_id: 'call_2', name: 'add', arguments: '{"a":2}', status: 'completed' },
      ]);
      expect(lumen.sent).toMatchObject({
        tools: [
          {
            type: 'function',
            function: { name: 'add', parameters: TOOLS[0]!.parameters, strict: false },
          },
        ],
        tool_choice: 'required',
      });
      const outputs = made.map(({ call_id }) => ({
        type: 'function_call_output' as const,
        call_id,
        output: 'ok',
      }));
      const second = await client.responses.create({
        model: 'm',
        tools: TOOLS,
        input: [...input, ...(first.output as ResponseInput), ...outputs],
      });
      expect(second.output_text).toBe('Hello');
      const call = (id: string, args: string) => ({
        id,
        type: 'function',
        function: { name: 'add', arguments: args },
      });
      expect(lumen.sent['messages']).toEqual([
        { role: 'user', content: 'add' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [call('call_1', '{"a":1}'), call('call_2', '{"a":2}')],
        },
        { role: 'tool', tool_call_id: 'call_1', content: 'ok' },
        { role: 'tool', tool_call_id: 'call_2', content: 'ok' },
      ]);
    });

    it('gives structured output', async () => {
      upstream.next(completion('{"city":"Giessen"}'));
      const format = zodTextFormat(z.object({ city: z.string() }), 'place');
      const answer = await client.responses.parse({ model: 'm', input: 'where', text: { format } });
      expect(answer.output_parsed).toEqual({ city: 'Giessen' });
      expect(lumen.sent['response_format']).toMatchObject({
        type: 'json_schema',
        json_schema: { name: 'place', strict: true, schema: { type: 'object' } },
      });
    });

    it('shows images', async () => {
      const url = `data:image/png;base64,${'A'.repeat(300_000)}`;
      upstream.next(status(200, completionText('a cat', undefined)));
      const row = await lumen.rowOf(() =>
        client.responses.create({
          model: 'm',
          input: [
            {
              role: 'user',
              content: [
                { type: 'input_text', text: 'what is it?' },
                { type: 'input_image', image_url: url, detail: 'low' },
              ],
            },
          ],
        }),
      );
      expect(lumen.sent['messages']).toEqual([
        {
          role: 'user',
          content: [
            { type: 'text', text: 'what is it?' },
            { type: 'image_url', image_url: { url, detail: 'low' } },
          ],
        },
      ]);
      // Estimated as an image, not as a text of that length.
      expect(row.promptTokens).toBeLessThan(2_000);
    });

    it('stops the backend when the caller stops', async () => {
      upstream.next(stream(chunkText('first'), forEver));
      const arrived = upstream.nextRequest();
      const row = await lumen.rowOf(async () => {
        const abort = new AbortController();
        const answer = await client.responses.create(
          { model: 'm', input: 'hi', stream: true },
          { signal: abort.signal },
        );
        for await (const event of answer) {
          if (event.type === 'response.output_text.delta') abort.abort();
        }
        await (
          await arrived
        ).aborted;
      });
      expect(row).toMatchObject({ outcome: 'cancelled', completionTokens: 1, cost: NANO });
    });

    it.each([
      [false, 12],
      [true, 12],
      [true, 1],
      [false, 1],
    ])('is charged what the backend counted: stream %s, %d tokens', async (isStream, tokens) => {
      const requestId = `counted-${isStream}-${tokens}`;
      const row = await lumen.rowOf(async () => {
        const body = { model: 'c', input: 'hi', stream: isStream, max_output_tokens: tokens };
        const text = await (await lumen.post(body, { 'x-request-id': requestId })).text();
        expect(text).toContain('"reason":"max_output_tokens"');
      });
      const served = counting.served.get(requestId)!;
      expect(served).toMatchObject({ isComplete: true, completionTokens: tokens });
      expect(row).toMatchObject({
        promptTokens: served.promptTokens,
        completionTokens: tokens,
        cost: BigInt(tokens) * NANO,
        accuracy: 'exact',
      });
    });
  });

  describe('where the backend fails', () => {
    it.each([
      ['refuses', status(400, '{"error":{"message":"context too long"}}'), 400, 'context too long'],
      ['is overloaded', status(429, '{}'), 503, 'overloaded'],
      ['fails', status(500, '{}'), 502, 'failed'],
      ['breaks off', reset, 502, 'broke off'],
      ['hangs', hang, 504, 'did not begin to answer'],
      ['answers no completion', status(200, '{"choices":[]}'), 502, 'sent what Lumen cannot read'],
      [
        'answers no JSON',
        status(200, '<html>', { 'content-type': 'text/html' }),
        502,
        'sent what Lumen cannot read',
      ],
    ])(
      'says so in OpenAI’s envelope: %s',
      async (_what, behaviour, expected, message) => {
        upstream.next(behaviour);
        const answer = await lumen.post({ model: 'm', input: 'hi' });
        expect(answer.status).toBe(expected);
        const { error } = (await answer.json()) as { error: Record<string, unknown> };
        expect(Object.keys(error).sort()).toEqual(['code', 'message', 'param', 'type']);
        expect(error['message']).toContain(message);
      },
      15_000,
    );

    it.each([false, true])('does not pass on what is compressed: stream %s', async (isStream) => {
      const text = isStream ? chunkText('Hello') + DONE : completionText('Hello');
      const type = isStream ? 'text/event-stream' : 'application/json';
      upstream.next((_request, response) => {
        response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' });
        response.end(gzipSync(text));
      });
      const row = await lumen.rowOf(async () => {
        const answer = await lumen.post({ model: 'm', input: 'hi', stream: isStream });
        expect(answer.status).toBe(502);
        expect(await answer.json()).toMatchObject({ error: { code: 'upstream_error' } });
      });
      expect(row).toMatchObject({ outcome: 'failed', status: 502, cost: null });
    });

    it.each([
      ['breaks off', cutAfter(chunkText('first'))],
      [
        'says so in an event',
        stream(chunkText('first'), 'data: {"error":{"message":"gpu on fire"}}\n\n'),
      ],
    ])('in the middle of a stream, the response has failed: it %s', async (_what, behaviour) => {
      upstream.next(behaviour);
      const row = await lumen.rowOf(async () => {
        const answer = await client.responses.create({ model: 'm', input: 'hi', stream: true });
        let last: unknown;
        for await (const event of answer) last = event;
        expect(last).toMatchObject({
          type: 'response.failed',
          response: {
            status: 'failed',
            error: { code: 'server_error' },
            output: [{ status: 'incomplete', content: [{ text: 'first' }] }],
          },
        });
      });
      expect(row).toMatchObject({ outcome: 'failed', completionTokens: 1 });
    });
  });

  describe('with a budget', () => {
    it(
      'ends a translated stream that nothing is left for',
      async () => {
        const walled = await lumen.payer('walled');
        upstream.next(
          stream(...Array.from({ length: 100 }, (_, i) => chunkText(` w${i}`)), forEver),
        );
        const row = await lumen.rowOf(async () => {
          const stream = walled.client.responses.stream({ model: 'm', input: 'hi' });
          const answer = await stream.finalResponse();
          expect(answer).toMatchObject({
            status: 'incomplete',
            incomplete_details: { reason: 'max_output_tokens' },
            usage: { output_tokens: 25 },
          });
          expect(answer.output_text).toMatch(/w24$/);
        });
        expect(row).toMatchObject({ completionTokens: 25, cost: 25n * NANO });
        expect(await walled.pool.pool()).toMatchObject({ balance: 0n, held: 0n });
      },
      SLOW,
    );

    it(
      'lowers the limit that the backend is told, and refuses who has nothing',
      async () => {
        const lowered = await lumen.payer('lowered');
        for (const model of ['m', 'n']) {
          upstream.next(status(500, '{}'));
          const asked = { model, input: 'hi', max_output_tokens: 50 };
          await expect(lowered.client.responses.create(asked)).rejects.toThrow(APIError);
          expect(lumen.sent[model === 'm' ? 'max_tokens' : 'max_output_tokens']).toBe(5);
        }
        const { client: poor } = await lumen.payer('emptied');
        await poor.responses.create({ model: 'm', input: 'hi' });
        const refused = poor.responses.create({ model: 'm', input: 'hi' });
        await expect(refused).rejects.toThrow(RateLimitError);
        await expect(refused).rejects.toMatchObject({ code: 'budget_exceeded' });
      },
      SLOW,
    );
  });

  describe('refuses', () => {
    it.each<[string, string, number, string]>([
      ['malformed JSON', '{"input":', 400, 'invalid_json'],
      ['a list', '[]', 400, 'invalid_request'],
      ['no input', '{"model":"m"}', 400, 'missing_field'],
      ['an unknown model', '{"model":"x","input":"hi"}', 404, 'model_not_found'],
      ['a field twice', '{"model":"m","input":"a","input":"b"}', 400, 'invalid_request'],
      ['an unknown item', '{"model":"m","input":[{"type":"x"}]}', 400, 'invalid_request'],
      ['a wrong type', '{"model":"m","input":"a","temperature":"x"}', 400, 'invalid_request'],
      [
        'deep nonsense',
        `{"model":"m","input":[{"role":"user","content":${'['.repeat(5_000)}${']'.repeat(5_000)}}]}`,
        400,
        'invalid_json',
      ],
      [
        'a reference',
        '{"model":"n","input":[{"type":"item_reference","id":"m"}]}',
        400,
        'invalid_request',
      ],
    ])('%s', async (_what, body, expected, code) => {
      const answer = await lumen.post(body);
      expect(answer.status).toBe(expected);
      expect(await answer.json()).toMatchObject({ error: { code } });
    });

    it('tools that only a backend with this API has, by their names', async () => {
      const asked = { model: 'm', input: 'hi', tools: [{ type: 'web_search' as const }] };
      const refused = client.responses.create(asked);
      await expect(refused).rejects.toThrow(BadRequestError);
      await expect(refused).rejects.toThrow('The tool "web_search" is not available');
    });

    it.each(['m', 'n'])('what needs a memory: %s', async (model) => {
      const seen = upstream.requests.length;
      for (const field of [
        { previous_response_id: 'resp_1' },
        { conversation: 'conv_1' },
        { background: true },
      ]) {
        const refused = client.responses.create({ model, input: 'hi', ...field });
        await expect(refused).rejects.toThrow(BadRequestError);
        await expect(refused).rejects.toMatchObject({ param: Object.keys(field)[0] });
      }
      expect(upstream.requests).toHaveLength(seen);
    });

    it('to find what it does not keep', async () => {
      await expect(client.responses.retrieve('resp_1')).rejects.toThrow(NotFoundError);
      await expect(client.responses.delete('resp_1')).rejects.toThrow('Lumen keeps none');
    });

    it('who has no key', async () => {
      expect((await lumen.post('{}', { authorization: '' })).status).toBe(401);
    });

    it('and calls none of it a crash', () => {
      expect(lumen.server.log.filter((line) => line['level'] === 'error')).toEqual([]);
      expect(lumen.server.errors).toEqual([]);
    });
  });

  it("fit OpenAI's shapes, each answer and each event", () => {
    const { violations, seen } = lumen.conforming;
    expect(violations).toEqual([]);
    expect(seen.get('responses whole')).toBeGreaterThan(3);
    expect(seen.get('responses chunk')).toBeGreaterThan(20);
  });
});
