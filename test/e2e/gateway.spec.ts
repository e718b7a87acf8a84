import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import OpenAI, { APIError, AuthenticationError, BadRequestError, NotFoundError } from 'openai';
import { type Dialect, DIALECTS, LumenServer } from '../support/lumen/lumen-server.js';
import { modelWith } from '../support/lumen/models.js';
import { requestLogOf } from '../support/lumen/request-log.js';
import {
  chunkText,
  completion,
  completionText,
  DONE,
  hang,
  reset,
  ScriptedUpstream,
  status,
  stream,
  USAGE_CHUNK,
} from '../support/scripted-upstream.js';

const MESSAGES = [{ role: 'user' as const, content: 'hi' }];

interface Fixture {
  server: LumenServer;
  upstream: ScriptedUpstream;
  key: string;
  client: OpenAI;
}

async function setUp(dialect: Dialect, running: AsyncDisposableStack): Promise<Fixture> {
  const upstream = running.use(await ScriptedUpstream.start());
  const started = LumenServer.start({
    dialect,
    models: modelWith('house/model', { url: upstream.url, model: 'upstream-name' }),
    // Failures are shown as they are, however many come in a row.
    extra:
      'upstream: { timeouts: { first_token_s: 2, idle_s: 2 }, retries: { attempts: 0 }, ejection: { failures: 1000 } }',
  });
  const server = running.use(await started);
  const key = await server.createKey();
  const client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: key, maxRetries: 0 });
  return { server, upstream, key, client };
}

describe.each(DIALECTS)('the gateway on %s', (dialect) => {
  const running = new AsyncDisposableStack();
  let fixture: Fixture;
  const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
    fetch(`${fixture.server.url}/v1/chat/completions`, {
      method: 'POST',
      body: body as BodyInit,
      headers: {
        authorization: `Bearer ${fixture.key}`,
        'content-type': 'application/json',
        ...headers,
      },
    });

  beforeAll(async () => {
    fixture = await setUp(dialect, running);
  });

  afterAll(() => running.disposeAsync());

  describe('with the openai SDK', () => {
    it('lists models and finds one whose id has a slash', async () => {
      const { client } = fixture;
      const { data } = await client.models.list();
      expect(data.map(({ id }) => id)).toEqual(['house/model']);
      expect(await client.models.retrieve('house/model')).toMatchObject({
        id: 'house/model',
        object: 'model',
      });
    });

    it('chats', async () => {
      const { client, upstream } = fixture;
      upstream.next(completion('Hello there'));
      const answer = await client.chat.completions.create({
        model: 'house/model',
        messages: MESSAGES,
      });
      expect(answer.choices[0]?.message.content).toBe('Hello there');
      expect(answer.usage).toMatchObject({ prompt_tokens: 5, completion_tokens: 7 });
    });

    it('streams', async () => {
      const { client, upstream } = fixture;
      upstream.next(stream(chunkText('Hel'), chunkText('lo'), USAGE_CHUNK, DONE));
      const answer = await client.chat.completions.create({
        model: 'house/model',
        messages: MESSAGES,
        stream: true,
        stream_options: { include_usage: true },
      });
      let text = '';
      let total = 0;
      for await (const chunk of answer) {
        text += chunk.choices[0]?.delta.content ?? '';
        total = chunk.usage?.total_tokens ?? total;
      }
      expect([text, total]).toEqual(['Hello', 12]);
    });

    it('passes tools through, both ways', async () => {
      const { client, upstream } = fixture;
      const call = {
        id: 'call_1',
        type: 'function',
        function: { name: 'add', arguments: '{"a":1}' },
      };
      const message = { role: 'assistant', content: null, tool_calls: [call] };
      const choices = [{ index: 0, message, finish_reason: 'tool_calls' }];
      upstream.next(status(200, JSON.stringify({ id: 'x', object: 'chat.completion', choices })));
      const tools = [
        { type: 'function' as const, function: { name: 'add', parameters: { type: 'object' } } },
      ];
      const answer = await client.chat.completions.create({
        model: 'house/model',
        messages: MESSAGES,
        tools,
        tool_choice: 'required',
      });
      expect(answer.choices[0]?.message.tool_calls).toEqual([call]);
      const sent = JSON.parse(upstream.lastRequest.bytes.toString()) as Record<string, unknown>;
      expect(sent).toMatchObject({ tools, tool_choice: 'required' });
    });

    it('gets typed errors for a bad key and a bad model', async () => {
      const { server, client } = fixture;
      const stranger = new OpenAI({
        baseURL: `${server.url}/v1`,
        apiKey: `sk_${'a'.repeat(43)}`,
        maxRetries: 0,
      });
      await expect(stranger.models.list()).rejects.toThrow(AuthenticationError);
      const unknown = client.chat.completions.create({ model: 'nope', messages: MESSAGES });
      await expect(unknown).rejects.toThrow(NotFoundError);
      await expect(unknown).rejects.toMatchObject({ code: 'model_not_found', param: 'model' });
      await expect(client.models.retrieve('no/such')).rejects.toThrow(NotFoundError);
    });

    it('hears of the backend’s refusal in the backend’s words', async () => {
      const { client, upstream } = fixture;
      upstream.next(status(400, '{"error":{"message":"context too long","type":"x"}}'));
      const refused = client.chat.completions.create({ model: 'house/model', messages: MESSAGES });
      await expect(refused).rejects.toThrow(BadRequestError);
      await expect(refused).rejects.toThrow('context too long');
    });

    it('stops the backend when the caller stops', async () => {
      const { client, upstream } = fixture;
      const never = new Promise(() => undefined);
      upstream.next(stream(chunkText('first'), never));
      const arrived = upstream.nextRequest();
      const abort = new AbortController();
      const answer = await client.chat.completions.create(
        { model: 'house/model', messages: MESSAGES, stream: true },
        { signal: abort.signal },
      );
      for await (const chunk of answer) {
        expect(chunk.choices[0]?.delta.content).toBe('first');
        abort.abort();
      }
      await (
        await arrived
      ).aborted;
    });

    it('stops the backend when the caller leaves before the answer begins', async () => {
      const { client, upstream } = fixture;
      upstream.next(hang);
      const arrived = upstream.nextRequest();
      const abort = new AbortController();
      const answer = client.chat.completions.create(
        { model: 'house/model', messages: MESSAGES },
        { signal: abort.signal },
      );
      const seen = await arrived;
      abort.abort();
      await expect(answer).rejects.toThrow(APIError);
      await seen.aborted;
    });
  });

  describe('passes through', () => {
    it('every byte of the request but the model’s name', async () => {
      const { upstream } = fixture;
      const body =
        '{ "model" : "house/model", "seed": 9007199254740993, "x_unknown": {"deep":[1.0,1e5,null]},\n' +
        '  "messages":[{"role":"user","content":"\\u00fc ü \\ud83d\\ude00"}] , "temperature":0.10}';
      expect((await post(body)).status).toBe(200);
      expect(upstream.lastRequest.bytes.toString()).toBe(
        body.replace('house/model', 'upstream-name'),
      );
      expect(upstream.lastRequest.path).toBe('/v1/chat/completions');
    });

    it('its own key and the request id, and nothing else of the caller', async () => {
      const { upstream, key } = fixture;
      const body = JSON.stringify({ model: 'house/model', messages: MESSAGES });
      await post(body, {
        'x-request-id': 'my-id',
        cookie: 'a=b',
        'x-api-key': 'mine',
        'user-agent': 'me',
      });
      const { headers } = upstream.lastRequest;
      expect(headers).toMatchObject({
        authorization: 'Bearer upstream-secret',
        'x-request-id': 'my-id',
      });
      expect(JSON.stringify(headers)).not.toContain(key);
      expect(Object.keys(headers).sort()).toEqual(
        [
          'authorization',
          'connection',
          'content-length',
          'content-type',
          'host',
          'x-request-id',
        ].sort(),
      );
    });

    it.each([
      ['all that the caller asked for', { include_usage: true }, USAGE_CHUNK],
      ['all but the usage that only Lumen asked for', undefined, ''],
    ])('every byte of a stream, however it is cut: %s', async (_what, streamOptions, usage) => {
      const { upstream } = fixture;
      const start = `: keep-alive\n\n${chunkText('ü')}\r\nevent: odd\n${chunkText('b')}`;
      const bytes = Buffer.from(`${start}${USAGE_CHUNK}${DONE}trailing`);
      upstream.next(
        stream(...Array.from({ length: bytes.length }, (_, at) => bytes.subarray(at, at + 1))),
      );
      const body = { model: 'house/model', stream: true, messages: MESSAGES };
      const answer = await post(JSON.stringify({ ...body, stream_options: streamOptions }));
      expect(answer.headers.get('content-type')).toBe('text/event-stream');
      expect(await answer.text()).toBe(`${start}${usage}${DONE}`);
      const sent = JSON.parse(upstream.lastRequest.bytes.toString()) as object;
      expect(sent).toMatchObject({ stream_options: { include_usage: true } });
    });

    it('the first words before the answer is complete', async () => {
      const { upstream } = fixture;
      const gate = Promise.withResolvers<void>();
      upstream.next(stream(chunkText('first'), gate.promise, chunkText('last'), DONE));
      const answer = await post(
        JSON.stringify({ model: 'house/model', stream: true, messages: MESSAGES }),
      );
      const reader = answer.body!.getReader();
      const first = await reader.read();
      expect(Buffer.from(first.value!).toString()).toBe(chunkText('first'));
      gate.resolve();
      let rest = '';
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        rest += Buffer.from(next.value).toString();
      }
      expect(rest).toBe(chunkText('last') + DONE);
    });

    it('an answer that is not streamed, to the byte', async () => {
      const { upstream } = fixture;
      const text = completionText('x'.repeat(300_000));
      upstream.next(status(200, text));
      const answer = await post(JSON.stringify({ model: 'house/model', messages: MESSAGES }));
      expect(await answer.text()).toBe(text);
    });
  });

  describe('refuses in OpenAI’s envelope', () => {
    const good = JSON.stringify({ model: 'house/model', messages: MESSAGES });

    it.each<[string, string | Buffer, Record<string, string>, number, string]>([
      ['malformed JSON', '{"model":', {}, 400, 'invalid_json'],
      ['an empty body', '', {}, 400, 'invalid_json'],
      ['invalid UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), {}, 400, 'invalid_json'],
      [
        'a wrong content type',
        good,
        { 'content-type': 'text/plain' },
        415,
        'unsupported_media_type',
      ],
      [
        'a form',
        'a=b',
        { 'content-type': 'application/x-www-form-urlencoded' },
        415,
        'unsupported_media_type',
      ],
      ['a list', '[]', {}, 400, 'invalid_request'],
      ['missing messages', '{"model":"house/model"}', {}, 400, 'missing_field'],
      ['a missing model and no messages', '{"messages":[]}', {}, 400, 'invalid_request'],
      ['a missing model without a default', '{"messages":[{}]}', {}, 503, 'LLM_API_ERROR'],
      ['an unknown model', '{"model":"x","messages":[{}]}', {}, 404, 'model_not_found'],
      ['no key', good, { authorization: '' }, 401, 'api_key_missing'],
      ['a wrong key', good, { authorization: 'Bearer sk_wrong' }, 401, 'api_key_invalid'],
      ['another scheme', good, { authorization: 'Basic YTpi' }, 401, 'api_key_invalid'],
    ])('%s', async (_what, body, headers, expectedStatus, code) => {
      const answer = await post(body, headers);
      expect(answer.status).toBe(expectedStatus);
      const parsed = (await answer.json()) as { error: Record<string, unknown> };
      expect(Object.keys(parsed.error).sort()).toEqual(['code', 'message', 'param', 'type']);
      expect(parsed.error['code']).toBe(code);
      expect(answer.headers.get('x-request-id')).toBeTruthy();
    });

    it('a body over the limit, before any of it was sent', async () => {
      const announced = request(`${fixture.server.url}/v1/chat/completions`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${fixture.key}`,
          'content-type': 'application/json',
          'content-length': 21 * 2 ** 20,
        },
      });
      announced.flushHeaders();
      const [answer] = (await once(announced, 'response')) as [IncomingMessage];
      expect(answer.statusCode).toBe(413);
      expect(await json(answer)).toMatchObject({ error: { code: 'body_too_large' } });
      announced.destroy();
    });

    it('an unknown address', async () => {
      const answer = await fetch(`${fixture.server.url}/v1/nothing`, { method: 'POST' });
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ error: { code: 'not_found', param: null } });
    });

    it('and calls none of it a crash', () => {
      const crashes = fixture.server.log.filter((line) => line['level'] === 'error');
      expect(crashes).toEqual([]);
      expect(fixture.server.errors).toEqual([]);
    });
  });

  describe('when the backend fails', () => {
    const ask = (isStream = false) =>
      post(JSON.stringify({ model: 'house/model', stream: isStream, messages: MESSAGES }));

    it.each([
      [
        'refuses Lumen’s key',
        status(401, '{"error":{"message":"bad sk-upstream"}}'),
        502,
        'upstream_misconfigured',
      ],
      ['is overloaded', status(429, '{}', { 'retry-after': '7' }), 503, 'upstream_overloaded'],
      [
        'fails',
        status(500, '<html>oops</html>', { 'content-type': 'text/html' }),
        502,
        'upstream_error',
      ],
      ['breaks off before it answers', reset, 502, 'upstream_error'],
      ['hangs before it answers', hang, 504, 'upstream_timeout'],
    ])(
      'says so: %s',
      async (_what, behaviour, expectedStatus, code) => {
        fixture.upstream.next(behaviour);
        const answer = await ask();
        expect(answer.status).toBe(expectedStatus);
        const text = await answer.text();
        expect(JSON.parse(text)).toMatchObject({ error: { code } });
        expect(text).not.toContain('sk-upstream');
        if (code === 'upstream_overloaded') expect(answer.headers.get('retry-after')).toBe('7');
      },
      15_000,
    );

    it('ends a broken stream with an error event and [DONE]', async () => {
      const gate = Promise.withResolvers<void>();
      fixture.upstream.next(async (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(chunkText('some'));
        await gate.promise;
        response.socket?.resetAndDestroy();
      });
      const answer = await ask(true);
      const reader = answer.body!.getReader();
      const first = await reader.read();
      gate.resolve();
      let text = Buffer.from(first.value!).toString();
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        text += Buffer.from(next.value).toString();
      }
      expect(text.startsWith(chunkText('some'))).toBe(true);
      expect(text).toMatch(
        /data: \{"error":\{.*"code":"upstream_error"\}\}\n\ndata: \[DONE\]\n\n$/,
      );
    });

    it('ends a stream that falls silent', async () => {
      fixture.upstream.next(stream(chunkText('some'), new Promise(() => undefined)));
      const text = await (await ask(true)).text();
      expect(text).toContain('"code":"upstream_timeout"');
    });
  });

  it('leaves one row in the request log for each request, and no content anywhere', async () => {
    const { client, upstream, server, key } = fixture;
    const before = (await requestLogOf(server)).length;
    upstream.next(completion('TOP-SECRET-ANSWER'));
    await client.chat.completions.create({
      model: 'house/model',
      messages: [{ role: 'user', content: 'TOP-SECRET-QUESTION' }],
    });
    upstream.next(stream(chunkText('TOP-SECRET-ANSWER'), USAGE_CHUNK, DONE));
    const streamed = { model: 'house/model', messages: MESSAGES, stream: true };
    await (await post(JSON.stringify(streamed), { 'x-request-id': 'logged' })).text();
    await (await post('{"model":"nope","messages":[{}]}')).text();
    await server.nextLine((line) => line['requestId'] === 'logged');
    const rows = (await requestLogOf(server, before + 3)).slice(before);
    expect(rows).toMatchObject([
      { outcome: 'completed', status: 200, model: 'house/model', promptTokens: 5, isStream: false },
      {
        outcome: 'completed',
        status: 200,
        requestId: 'logged',
        completionTokens: 7,
        isStream: true,
      },
      { outcome: 'refused', status: 404, errorCode: 'model_not_found', promptTokens: null },
    ]);
    const logged = JSON.stringify([server.log, rows], (_key, value: unknown) =>
      typeof value === 'bigint' ? value.toString() : value,
    );
    for (const secret of ['TOP-SECRET', key, 'upstream-secret'])
      expect(logged).not.toContain(secret);
  });
});
