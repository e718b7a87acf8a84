import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Anthropic, {
  APIError,
  AuthenticationError,
  BadRequestError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
} from '@anthropic-ai/sdk';
import { LumenServer } from '../support/lumen/lumen-server.js';
import { modelWith } from '../support/lumen/models.js';
import { requestLogOf } from '../support/lumen/request-log.js';
import {
  type Behaviour,
  chunkText,
  completion,
  cutAfter,
  DONE,
  ScriptedUpstream,
  status,
  stream,
  USAGE_CHUNK,
} from '../support/scripted-upstream.js';

const SLOW = 60_000;
const HELLO = [{ role: 'user' as const, content: 'hi' }];
const ASKED = { model: 'm', max_tokens: 50, messages: HELLO };
const PNG = { type: 'base64' as const, media_type: 'image/png' as const, data: 'AAAA' };
const forEver = new Promise(() => undefined);

interface Fixture {
  server: LumenServer;
  upstream: ScriptedUpstream;
  key: string;
  client: Anthropic;
}

async function setUp(running: AsyncDisposableStack): Promise<Fixture> {
  const upstream = running.use(await ScriptedUpstream.start());
  const model = (name: string, more: object = {}) => ({
    name,
    input_cost_per_million: 0,
    output_cost_per_million: 1_000_000,
    endpoints: [{ url: upstream.url, api_key: 'upstream-secret', model: 'upstream-name' }],
    ...more,
  });
  const models = [
    model('m'),
    model('thinker', { supports_reasoning: true }),
    model('closed', { access: 'blocked' }),
  ];
  const extra =
    'upstream: { retries: { attempts: 0 } }\nusers: { poor@example.edu: { max: 0.000001 } }\n';
  const options = { dialect: 'sqlite', models: JSON.stringify(models), extra } as const;
  const server = running.use(await LumenServer.start(options));
  const key = await server.createKey();
  const client = new Anthropic({ baseURL: server.url, apiKey: key, maxRetries: 0 });
  return { server, upstream, key, client };
}

describe("Anthropic's API", () => {
  const running = new AsyncDisposableStack();
  let server: LumenServer;
  let upstream: ScriptedUpstream;
  let key: string;
  let client: Anthropic;
  const sent = () => JSON.parse(upstream.lastRequest.bytes.toString()) as Record<string, unknown>;
  const post = (body: string, headers: Record<string, string>, path = '/v1/messages') =>
    fetch(`${server.url}${path}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });

  beforeAll(async () => {
    ({ server, upstream, key, client } = await setUp(running));
  }, SLOW);

  afterAll(() => running.disposeAsync());

  describe('with its SDK', () => {
    it('creates a message, and charges what the backend counted', async () => {
      upstream.next(completion('Hellö there'));
      const before = (await requestLogOf(server)).length;
      const answer = await client.messages.create({ ...ASKED, system: 'Be kind.' });
      expect(answer).toMatchObject({
        type: 'message',
        role: 'assistant',
        model: 'm',
        content: [{ type: 'text', text: 'Hellö there' }],
        stop_reason: 'end_turn',
        usage: { input_tokens: 5, output_tokens: 7 },
      });
      expect(upstream.lastRequest.path).toBe('/v1/chat/completions');
      expect(upstream.lastRequest.headers.authorization).toBe('Bearer upstream-secret');
      expect(sent()).toEqual({
        model: 'upstream-name',
        max_tokens: 50,
        messages: [{ role: 'system', content: 'Be kind.' }, ...HELLO],
      });
      const [row] = (await requestLogOf(server, before + 1)).slice(before);
      expect(row).toMatchObject({
        requestId: answer._request_id,
        operation: 'messages',
        model: 'm',
        outcome: 'completed',
        accuracy: 'exact',
        promptTokens: 5,
        completionTokens: 7,
        cost: 7_000_000_000n,
      });
    });

    it('streams', async () => {
      upstream.next(stream(chunkText('Hel'), chunkText('lö'), USAGE_CHUNK, DONE));
      const before = (await requestLogOf(server)).length;
      const answer = client.messages.stream(ASKED);
      const words: string[] = [];
      answer.on('text', (word) => words.push(word));
      expect(await answer.finalMessage()).toMatchObject({
        content: [{ type: 'text', text: 'Hellö' }],
        stop_reason: 'end_turn',
        usage: { input_tokens: 5, output_tokens: 7 },
      });
      expect(words).toEqual(['Hel', 'lö']);
      expect(sent()).toMatchObject({ stream: true, stream_options: { include_usage: true } });
      // It is in the books before the caller hears of the end.
      expect((await requestLogOf(server)).slice(before)).toMatchObject([
        { isStream: true, promptTokens: 5, completionTokens: 7, accuracy: 'exact' },
      ]);
    });

    it('calls tools, whole and streamed, and takes their results', async () => {
      const tools = [
        { name: 'add', description: 'Adds', input_schema: { type: 'object' as const } },
      ];
      const called = {
        id: 'call_1',
        type: 'function',
        function: { name: 'add', arguments: '{"a":1}' },
      };
      const use = { type: 'tool_use', id: 'call_1', name: 'add', input: { a: 1 } };
      const message = { role: 'assistant', content: null, tool_calls: [called] };
      const choices = [{ index: 0, message, finish_reason: 'tool_calls' }];
      upstream.next(status(200, JSON.stringify({ object: 'chat.completion', choices })));
      const asked = { ...ASKED, tools, tool_choice: { type: 'any' as const } };
      const first = await client.messages.create(asked);
      expect(first).toMatchObject({ content: [use], stop_reason: 'tool_use' });
      expect(sent()).toMatchObject({ tool_choice: 'required', tools: [{ type: 'function' }] });

      const piece = (fields: object, rest: object = {}) => {
        const delta = { tool_calls: [{ index: 0, ...rest, function: fields }] };
        return `data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`;
      };
      const pieces = [
        piece({ name: 'add', arguments: '' }, { id: 'call_1' }),
        piece({ arguments: '{"a"' }),
        piece({ arguments: ':1}' }),
      ];
      upstream.next(stream(...pieces, DONE));
      const streamed = await client.messages.stream(asked).finalMessage();
      expect(streamed).toMatchObject({ content: [use], stop_reason: 'tool_use' });

      await client.messages.create({
        ...asked,
        messages: [
          ...HELLO,
          { role: 'assistant', content: streamed.content },
          {
            role: 'user',
            content: [{ type: 'tool_result', tool_use_id: 'call_1', content: 'three' }],
          },
        ],
      });
      expect(sent()['messages']).toEqual([
        ...HELLO,
        message,
        { role: 'tool', tool_call_id: 'call_1', content: 'three' },
      ]);
    });

    it('takes images and a system prompt in blocks', async () => {
      await client.messages.create({
        ...ASKED,
        system: [{ type: 'text', text: 'Be kind.', cache_control: { type: 'ephemeral' } }],
        messages: [
          {
            role: 'user',
            content: [
              { type: 'image', source: PNG },
              { type: 'text', text: 'What is it?' },
            ],
          },
        ],
      });
      expect(sent()['messages']).toEqual([
        { role: 'system', content: 'Be kind.' },
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
            { type: 'text', text: 'What is it?' },
          ],
        },
      ]);
    });

    it('thinks where the model can, and shows it', async () => {
      const thought = `data: ${JSON.stringify({ choices: [{ delta: { reasoning_content: 'hm' } }] })}\n\n`;
      const thinking = { type: 'enabled' as const, budget_tokens: 2_000 };
      upstream.next(stream(thought, chunkText('yes'), DONE));
      const asked = { ...ASKED, model: 'thinker', max_tokens: 4_000, thinking };
      expect((await client.messages.stream(asked).finalMessage()).content).toMatchObject([
        { type: 'thinking', thinking: 'hm' },
        { type: 'text', text: 'yes' },
      ]);
      expect(sent()['reasoning_effort']).toBe('low');
      await client.messages.create({ ...asked, model: 'm' });
      expect(sent()).not.toHaveProperty('reasoning_effort');
    });

    it('counts tokens by itself, for models the caller may use', async () => {
      const before = upstream.requests.length;
      const rows = (await requestLogOf(server)).length;
      const { input_tokens: few } = await client.messages.countTokens({
        model: 'm',
        messages: HELLO,
      });
      const { input_tokens: many } = await client.messages.countTokens({
        model: 'm',
        messages: [{ role: 'user', content: 'word '.repeat(400) }],
      });
      expect(few).toBeGreaterThan(0);
      expect(many - few).toBeGreaterThan(400);
      const closed = client.messages.countTokens({ model: 'closed', messages: HELLO });
      await expect(closed).rejects.toThrow(PermissionDeniedError);
      const unknown = client.messages.countTokens({ model: 'nope', messages: HELLO });
      await expect(unknown).rejects.toThrow(NotFoundError);
      const empty = client.messages.countTokens({ model: 'm', messages: [] });
      await expect(empty).rejects.toThrow(BadRequestError);
      expect(upstream.requests.length).toBe(before);
      expect((await requestLogOf(server)).length).toBe(rows);
    });

    it('answers at the address of betas too', async () => {
      upstream.next(completion('Hello'));
      expect(await client.beta.messages.create(ASKED)).toMatchObject({
        content: [{ type: 'text', text: 'Hello' }],
      });
    });

    it('stops the backend when the caller leaves', async () => {
      const arriving = upstream.nextRequest();
      upstream.next(stream(chunkText('Hel'), forEver));
      const answer = client.messages.stream(ASKED);
      const left = expect(answer.finalMessage()).rejects.toThrow(Anthropic.APIUserAbortError);
      await new Promise<void>((resolve) => answer.once('text', () => resolve()));
      answer.abort();
      await (
        await arriving
      ).aborted;
      await left;
    });

    it(
      'gets an error of its own class for each failure',
      async () => {
        const stranger = new Anthropic({
          baseURL: server.url,
          apiKey: `sk_${'a'.repeat(43)}`,
          maxRetries: 0,
        });
        await expect(stranger.messages.create(ASKED)).rejects.toThrow(AuthenticationError);
        const closed = client.messages.create({ ...ASKED, model: 'closed' });
        await expect(closed).rejects.toThrow(PermissionDeniedError);
        await expect(closed).rejects.toMatchObject({ type: 'permission_error' });
        const unknown = client.messages.create({ ...ASKED, model: 'nope' });
        await expect(unknown).rejects.toThrow(NotFoundError);
        await expect(unknown).rejects.toMatchObject({
          type: 'not_found_error',
          requestID: expect.any(String),
        });
        const bad = client.messages.create({ ...ASKED, max_tokens: 0 });
        await expect(bad).rejects.toThrow(BadRequestError);
        await expect(bad).rejects.toMatchObject({ type: 'invalid_request_error' });
        const poor = new Anthropic({
          baseURL: server.url,
          apiKey: await server.createKey('poor@example.edu'),
          maxRetries: 0,
        });
        const unpaid = poor.messages.create(ASKED);
        await expect(unpaid).rejects.toThrow(RateLimitError);
        await expect(unpaid).rejects.toMatchObject({ type: 'rate_limit_error' });
        for (const overloaded of [429, 503, 529]) {
          upstream.next(status(overloaded, '{}'));
          await expect(client.messages.create(ASKED)).rejects.toMatchObject({
            status: 503,
            type: 'overloaded_error',
          });
        }
        upstream.next(status(400, '{"error":{"message":"too long"}}'));
        await expect(client.messages.create(ASKED)).rejects.toThrow(/too long/);
      },
      SLOW,
    );

    it.each([503, 529, 500])('tries again after %d of the backend', async (code) => {
      const patient = new Anthropic({ baseURL: server.url, apiKey: key, maxRetries: 1 });
      const before = upstream.requests.length;
      upstream.next(status(code, '{}', { 'retry-after': '0' }), completion('Hello'));
      expect(await patient.messages.create(ASKED)).toMatchObject({ stop_reason: 'end_turn' });
      expect(upstream.requests.length).toBe(before + 2);
    });

    it('hears that a stream broke off', async () => {
      upstream.next(cutAfter(chunkText('Hel')));
      const answer = client.messages.stream(ASKED);
      await expect(answer.finalMessage()).rejects.toThrow(APIError);
      upstream.next(stream(chunkText('Hel'), 'data: {"error":{"message":"secret"}}\n\n', forEver));
      const failed = client.messages.stream(ASKED).finalMessage();
      await expect(failed).rejects.toMatchObject({ type: 'api_error' });
      await expect(failed).rejects.not.toThrow(/secret/);
    });
  });

  describe('by hand', () => {
    const body = JSON.stringify(ASKED);
    const wrong = `sk_${'b'.repeat(43)}`;

    it.each<[string, () => Record<string, string>, number]>([
      ['a bearer key', () => ({ authorization: `Bearer ${key}` }), 200],
      ['x-api-key', () => ({ 'x-api-key': key }), 200],
      ['both, alike', () => ({ 'x-api-key': key, authorization: `Bearer ${key}` }), 200],
      ['two keys', () => ({ 'x-api-key': key, authorization: `Bearer ${wrong}` }), 401],
      [
        'two keys the other way',
        () => ({ 'x-api-key': wrong, authorization: `Bearer ${key}` }),
        401,
      ],
      ['a wrong x-api-key', () => ({ 'x-api-key': wrong }), 401],
      ['no key', () => ({}), 401],
    ])('with %s', async (_what, headers, expected) => {
      for (const path of ['/v1/messages', '/v1/messages/count_tokens', '/v1/messages?beta=true']) {
        const answer = await post(body, headers(), path);
        expect(answer.status).toBe(expected);
        const said = (await answer.json()) as Record<string, unknown>;
        if (expected === 401) {
          expect(said).toEqual({
            type: 'error',
            error: { type: 'authentication_error', message: expect.any(String) },
            request_id: answer.headers.get('request-id'),
          });
        }
      }
    });

    it('takes x-api-key nowhere else', async () => {
      const answer = await post(body, { 'x-api-key': key }, '/v1/chat/completions');
      expect(answer.status).toBe(401);
    });

    it.each<[string, string]>([
      ['no JSON', '{"model":'],
      ['no object', '[]'],
      ['no max_tokens', JSON.stringify({ model: 'm', messages: HELLO })],
      ['max_tokens in words', JSON.stringify({ ...ASKED, max_tokens: '50' })],
      ['a key that is there twice', `{"max_tokens":1,${body.slice(1)}`],
      ['no messages', JSON.stringify({ ...ASKED, messages: [] })],
      ['a model that is none', JSON.stringify({ ...ASKED, model: 7 })],
      ['an unknown role', JSON.stringify({ ...ASKED, messages: [{ role: 'x', content: '' }] })],
      [
        'an unknown block',
        JSON.stringify({ ...ASKED, messages: [{ role: 'user', content: [{ type: 'hologram' }] }] }),
      ],
      [
        'a tool of Anthropic',
        JSON.stringify({ ...ASKED, tools: [{ type: 'web_search_20250305', name: 'web_search' }] }),
      ],
      ['a stream in words', JSON.stringify({ ...ASKED, stream: 'yes' })],
    ])('refuses %s', async (_what, text) => {
      const before = upstream.requests.length;
      const answer = await post(text, { 'x-api-key': key });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toEqual({
        type: 'error',
        error: { type: 'invalid_request_error', message: expect.any(String) },
        request_id: answer.headers.get('x-request-id'),
      });
      expect(upstream.requests.length).toBe(before);
    });

    it('tells addresses that are not there in the same words', async () => {
      const answer = await post(body, { 'x-api-key': key }, '/v1/messages/batches');
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ error: { type: 'not_found_error' } });
    });

    it.each<[string, Behaviour]>([
      ['is none', status(200, '{"object":"list"}')],
      ['is compressed', status(200, 'x', { 'content-encoding': 'gzip' })],
      [
        'is a compressed stream',
        status(200, 'x', { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' }),
      ],
    ])('charges nothing for an answer that %s', async (_what, behaviour) => {
      upstream.next(behaviour);
      const before = (await requestLogOf(server)).length;
      const answer = await post(body, { 'x-api-key': key });
      expect(answer.status).toBe(502);
      expect(await answer.json()).toMatchObject({ error: { type: 'api_error' } });
      const [row] = (await requestLogOf(server, before + 1)).slice(before);
      expect(row).toMatchObject({ status: 502, outcome: 'failed', completionTokens: null });
    });
  });
});

it(
  'limits keys in x-api-key like any other, known and unknown',
  async () => {
    const rateLimiting = '  limit: "2 per hour"\n  failed_keys: "2 per hour"\n';
    await using upstream = await ScriptedUpstream.start();
    const models = modelWith('m', { url: upstream.url });
    await using server = await LumenServer.start({ models, rateLimiting });
    const known = await server.createKey();
    const ask = async (key: string, path: string) => {
      const answer = await fetch(`${server.url}${path}`, {
        method: 'POST',
        body: JSON.stringify(ASKED),
        headers: { 'content-type': 'application/json', 'x-api-key': key },
      });
      const { error } = (await answer.json()) as { error?: { type: string } };
      return [answer.status, error?.type];
    };
    const count = '/v1/messages/count_tokens';
    expect(await ask(known, '/v1/messages')).toEqual([200, undefined]);
    expect(await ask(known, count)).toEqual([200, undefined]);
    expect(await ask(known, '/v1/messages')).toEqual([429, 'rate_limit_error']);
    expect(await ask('sk_1', count)).toEqual([401, 'authentication_error']);
    expect(await ask('sk_2', '/v1/messages')).toEqual([401, 'authentication_error']);
    expect(await ask('sk_3', '/v1/messages')).toEqual([429, 'rate_limit_error']);
  },
  SLOW,
);
