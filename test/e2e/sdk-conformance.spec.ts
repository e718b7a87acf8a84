import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { tool as langChainTool } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import { embed, generateText, isStepCount, streamText, tool } from 'ai';
import OpenAI, {
  APIError,
  APIUserAbortError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  UnprocessableEntityError,
} from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { ConformingFetch } from '../support/conforming-fetch.js';
import { LumenServer } from '../support/lumen/lumen-server.js';
import {
  chunkText,
  hang,
  reset,
  ScriptedUpstream,
  status,
  stream,
} from '../support/scripted-upstream.js';
import { vllm } from '../support/vllm-backend.js';

const MODEL = 'house/qwen/qwen3:8b';
const PROMPT = 'Tell me a story';
const MESSAGES = [{ role: 'user' as const, content: PROMPT }];
const STORY = 'Once upon a time.';
const ADD = {
  type: 'function' as const,
  function: {
    name: 'add',
    parameters: {
      type: 'object',
      properties: { a: { type: 'number' }, b: { type: 'number' } },
      required: ['a', 'b'],
    },
  },
};
const FIRST_WORD = chunkText('Once');
const NUMBERS = z.object({ a: z.number(), b: z.number() });

const configured = (url: string) =>
  JSON.stringify([
    {
      name: MODEL,
      context_window: 32_768,
      input_cost_per_million: 1_000,
      output_cost_per_million: 1_000,
      endpoints: [{ url, model: 'qwen3' }],
    },
    { name: 'careful', needs_ack: true, endpoints: [{ url }] },
  ]);

describe('OpenAI’s SDKs', () => {
  const running = new AsyncDisposableStack();
  const conforming = new ConformingFetch();
  let upstream: ScriptedUpstream;
  let server: LumenServer;
  let apiKey: string;
  let client: OpenAI;

  beforeAll(async () => {
    upstream = running.use(await ScriptedUpstream.start());
    upstream.usual = vllm;
    const started = LumenServer.start({
      models: configured(upstream.url),
      extra: 'upstream: { retries: { attempts: 0 } }\nusers: { broke@example.edu: { max: 0.001 } }',
    });
    server = running.use(await started);
    apiKey = await server.createKey();
    client = clientOf(apiKey);
  });

  afterAll(() => running.disposeAsync());

  afterEach(() => {
    expect(conforming.violations.splice(0)).toEqual([]);
  });

  const clientOf = (key: string, more: { maxRetries?: number } = {}) =>
    new OpenAI({
      baseURL: `${server.url}/v1`,
      apiKey: key,
      fetch: conforming.fetch,
      maxRetries: 0,
      ...more,
    });

  describe('openai', () => {
    it('lists the models and finds one whose id has slashes', async () => {
      const ids: string[] = [];
      for await (const { id } of client.models.list()) ids.push(id);
      expect(ids).toEqual([MODEL]);
      const found = await client.models.retrieve(MODEL);
      expect(found).toMatchObject({ id: MODEL, object: 'model', context_window: 32_768 });
    });

    it('chats', async () => {
      const answer = await client.chat.completions.create({ model: MODEL, messages: MESSAGES });
      expect(answer.choices[0]!.message.content).toBe(STORY);
      expect(answer.choices[0]!.finish_reason).toBe('stop');
      expect(answer.usage!.total_tokens).toBe(
        answer.usage!.prompt_tokens + answer.usage!.completion_tokens,
      );
    });

    it.each([true, false])('streams a chat, with usage: %s', async (isUsageWanted) => {
      const chunks = await client.chat.completions.create({
        model: MODEL,
        messages: MESSAGES,
        stream: true,
        stream_options: { include_usage: isUsageWanted },
      });
      let text = '';
      const totals: number[] = [];
      for await (const { choices, usage } of chunks) {
        text += choices[0]?.delta.content ?? '';
        if (usage) totals.push(usage.completion_tokens);
      }
      expect(text).toBe(STORY);
      expect(totals).toEqual(isUsageWanted ? [5] : []);
    });

    it('calls tools', async () => {
      const asked = { model: MODEL, messages: MESSAGES, tools: [ADD] };
      const { choices } = await client.chat.completions.create(asked);
      expect(choices[0]!.finish_reason).toBe('tool_calls');
      expect(choices[0]!.message.tool_calls).toMatchObject([
        { type: 'function', function: { name: 'add', arguments: '{"a": 2, "b": 3}' } },
      ]);
    });

    it('calls tools in a stream, piece by piece', async () => {
      const asked = { model: MODEL, messages: MESSAGES, tools: [ADD] };
      const streamed = client.chat.completions.stream(asked);
      const pieces: string[] = [];
      streamed.on('tool_calls.function.arguments.delta', ({ arguments_delta: piece }) => {
        pieces.push(piece);
      });
      const { choices } = await streamed.finalChatCompletion();
      expect(choices[0]!.message.tool_calls).toMatchObject([
        { function: { name: 'add', arguments: '{"a": 2, "b": 3}' } },
      ]);
      expect(pieces.filter((piece) => piece !== '').length).toBe(3);
    });

    it('runs tools and tells the model what came of it', async () => {
      const sums: number[] = [];
      const add = {
        ...ADD.function,
        description: 'Adds',
        function: ({ a, b }: z.infer<typeof NUMBERS>) => {
          sums.push(a + b);
          return String(a + b);
        },
        parse: (text: string) => NUMBERS.parse(JSON.parse(text)),
      };
      const runner = client.chat.completions.runTools({
        model: MODEL,
        messages: MESSAGES,
        tools: [{ type: 'function', function: add }],
      });
      expect(await runner.finalContent()).toBe(STORY);
      expect(sums).toEqual([5]);
      expect(upstream.lastRequest.bytes.toString()).toContain('"role":"tool"');
    });

    it('parses structured outputs, whole and streamed', async () => {
      const place = z.object({ city: z.string(), people: z.number() });
      const asked = {
        model: MODEL,
        messages: MESSAGES,
        response_format: zodResponseFormat(place, 'place'),
      };
      const whole = await client.chat.completions.parse(asked);
      expect(whole.choices[0]!.message.parsed).toEqual({ city: 'Berlin', people: 3_700_000 });
      const streamed = await client.chat.completions.stream(asked).finalChatCompletion();
      expect(streamed.choices[0]!.message.parsed).toEqual({ city: 'Berlin', people: 3_700_000 });
      expect(JSON.parse(upstream.lastRequest.bytes.toString())).toMatchObject({
        response_format: { type: 'json_schema', json_schema: { name: 'place', strict: true } },
      });
    });

    it('completes texts, whole and streamed', async () => {
      const asked = { model: MODEL, prompt: PROMPT, max_tokens: 3 };
      const whole = await client.completions.create({ ...asked, n: 2 });
      expect(whole.choices.map(({ text }) => text)).toEqual(['Once upon a', 'Once upon a']);
      let text = '';
      for await (const { choices } of await client.completions.create({ ...asked, stream: true })) {
        text += choices[0]?.text ?? '';
      }
      expect(text).toBe('Once upon a');
    });

    it('embeds, as numbers and as base64, which the SDK decodes', async () => {
      for (const format of ['float', undefined] as const) {
        const { data, usage } = await client.embeddings.create({
          model: MODEL,
          input: ['one', 'two'],
          ...(format && { encoding_format: format }),
        });
        expect(data.map(({ embedding }) => embedding)).toEqual([
          [0.25, -0.5, 1],
          [0.25, -0.5, 1],
        ]);
        expect(usage.prompt_tokens).toBe(2);
      }
      expect(upstream.lastRequest.bytes.toString()).toContain('"encoding_format":"base64"');
    });

    it('stops the backend when it is aborted, before the answer and within', async () => {
      upstream.next(hang);
      const arrived = upstream.nextRequest();
      const before = new AbortController();
      const asked = { model: MODEL, messages: MESSAGES };
      const answer = client.chat.completions.create(asked, { signal: before.signal });
      const refused = expect(answer).rejects.toThrow(APIUserAbortError);
      const seen = await arrived;
      before.abort();
      await refused;
      await seen.aborted;

      upstream.next(stream(FIRST_WORD, new Promise(() => undefined)));
      const next = upstream.nextRequest();
      const streamed = await client.chat.completions.create({ ...asked, stream: true });
      for await (const { choices } of streamed) {
        expect(choices[0]!.delta.content).toBe('Once');
        streamed.controller.abort();
      }
      await (
        await next
      ).aborted;
    });

    describe('throws its own errors', () => {
      const ask = (by: OpenAI, more: object = {}) =>
        by.chat.completions.create({ model: MODEL, messages: MESSAGES, ...more });
      const wrong = (code: number, body = '{"error":{"message":"said the backend"}}') =>
        upstream.next(status(code, body));

      it('AuthenticationError for a wrong key', async () => {
        const asked = ask(clientOf('sk_wrong'));
        await expect(asked).rejects.toThrow(AuthenticationError);
        await expect(asked).rejects.toMatchObject({ status: 401, code: 'api_key_invalid' });
      });

      it('PermissionDeniedError for a model that is not to be used yet', async () => {
        const asked = ask(client, { model: 'careful' });
        await expect(asked).rejects.toThrow(PermissionDeniedError);
        await expect(asked).rejects.toMatchObject({ code: 'acknowledgement_required' });
      });

      it('NotFoundError for a model and an address that are not there', async () => {
        await expect(ask(client, { model: 'nope' })).rejects.toThrow(NotFoundError);
        await expect(client.models.retrieve('no/such')).rejects.toThrow(NotFoundError);
        await expect(client.get('/nothing')).rejects.toThrow(NotFoundError);
      });

      it('BadRequestError for what is wrong in the request', async () => {
        const asked = ask(client, { messages: 'hi' });
        await expect(asked).rejects.toThrow(BadRequestError);
        await expect(asked).rejects.toMatchObject({ param: 'messages', code: 'invalid_request' });
        wrong(400);
        await expect(ask(client)).rejects.toThrow('said the backend');
      });

      it('ConflictError and UnprocessableEntityError where the backend says so', async () => {
        wrong(409);
        await expect(ask(client)).rejects.toThrow(ConflictError);
        wrong(422);
        await expect(ask(client)).rejects.toThrow(UnprocessableEntityError);
      });

      it('RateLimitError where the budget is used up', async () => {
        const broke = clientOf(await server.createKey('broke@example.edu'));
        const asked = ask(broke);
        await expect(asked).rejects.toThrow(RateLimitError);
        await expect(asked).rejects.toMatchObject({
          status: 429,
          type: 'insufficient_quota',
          code: 'budget_exceeded',
        });
      });

      it('InternalServerError where the backend fails', async () => {
        wrong(500);
        const asked = ask(client);
        await expect(asked).rejects.toThrow(InternalServerError);
        await expect(asked).rejects.toMatchObject({ status: 502, code: 'upstream_error' });
      });

      it('APIError in a stream that the backend breaks off', async () => {
        const failure = 'data: {"error":{"message":"out of memory","code":500}}\n\n';
        upstream.next(stream(FIRST_WORD, failure));
        const streamed = await client.chat.completions.create({
          model: MODEL,
          messages: MESSAGES,
          stream: true,
        });
        const read = async () => {
          for await (const chunk of streamed) expect(chunk.object).toBe('chat.completion.chunk');
        };
        await expect(read()).rejects.toThrow(APIError);
      });
    });

    it('asks again where it is worth it', async () => {
      const patient = clientOf(apiKey, { maxRetries: 2 });
      const before = upstream.requests.length;
      upstream.next(reset, status(503, '{}', { 'retry-after': '0' }));
      const { choices } = await patient.chat.completions.create({
        model: MODEL,
        messages: MESSAGES,
      });
      expect(choices[0]!.message.content).toBe(STORY);
      expect(upstream.requests.length).toBe(before + 3);
    });
  });

  describe('the AI SDK', () => {
    const model = (isUsageWanted = true) =>
      createOpenAICompatible({
        name: 'lumen',
        baseURL: `${server.url}/v1`,
        apiKey,
        fetch: conforming.fetch,
        includeUsage: isUsageWanted,
      });

    it('chats, whole and streamed', async () => {
      const asked = { model: model()(MODEL), prompt: PROMPT };
      const { text, usage } = await generateText(asked);
      expect(text).toBe(STORY);
      expect(usage.outputTokens).toBe(5);
      const streamed = streamText(asked);
      expect(await streamed.text).toBe(STORY);
      expect((await streamed.usage).outputTokens).toBe(5);
    });

    it('calls a tool, whole and streamed', async () => {
      const sums: number[] = [];
      const add = tool({
        description: 'Adds',
        inputSchema: NUMBERS,
        execute: ({ a, b }) => {
          sums.push(a + b);
          return a + b;
        },
      });
      const stopWhen = isStepCount(3);
      const asked = { model: model()(MODEL), prompt: PROMPT, tools: { add }, stopWhen };
      expect((await generateText(asked)).text).toBe(STORY);
      expect(await streamText(asked).text).toBe(STORY);
      expect(sums).toEqual([5, 5]);
    });

    it('embeds', async () => {
      const { embedding } = await embed({
        model: model().embeddingModel(MODEL),
        value: 'one two',
      });
      expect(embedding).toEqual([0.25, -0.5, 1]);
    });
  });

  describe('LangChain', () => {
    const model = () =>
      new ChatOpenAI({
        model: MODEL,
        apiKey,
        maxRetries: 0,
        configuration: { baseURL: `${server.url}/v1`, fetch: conforming.fetch },
      });

    it('chats, whole and streamed', async () => {
      const answer = await model().invoke(PROMPT);
      expect(answer.text).toBe(STORY);
      expect(answer.usage_metadata).toMatchObject({ output_tokens: 5 });
      let text = '';
      for await (const chunk of await model().stream(PROMPT)) text += chunk.text;
      expect(text).toBe(STORY);
    });

    it('calls a tool', async () => {
      const add = langChainTool(({ a, b }: z.infer<typeof NUMBERS>) => a + b, {
        name: 'add',
        description: 'Adds',
        schema: NUMBERS,
      });
      const { tool_calls: calls } = await model().bindTools([add]).invoke(PROMPT);
      expect(calls).toMatchObject([{ name: 'add', args: { a: 2, b: 3 } }]);
    });
  });

  it('saw answers of every shape, and all of them fitted', () => {
    expect([...conforming.seen.keys()]).toEqual(
      expect.arrayContaining([
        'chat/completions whole',
        'chat/completions chunk',
        'chat/completions error',
        'completions whole',
        'completions chunk',
        'embeddings whole',
        'models whole',
      ]),
    );
  });
});

describe('a rate limit', () => {
  it('is kept by the SDK, which asks again when it may', async () => {
    await using upstream = await ScriptedUpstream.start();
    upstream.usual = vllm;
    await using server = await LumenServer.start({
      models: configured(upstream.url),
      rateLimiting: '  limit: 1 per second\n',
    });
    const conforming = new ConformingFetch();
    const client = new OpenAI({
      baseURL: `${server.url}/v1`,
      apiKey: await server.createKey(),
      fetch: conforming.fetch,
      maxRetries: 3,
    });
    const asked = { model: MODEL, messages: MESSAGES };
    const answers = await Promise.all([
      client.chat.completions.create(asked),
      client.chat.completions.create(asked),
    ]);
    expect(answers.map(({ choices }) => choices[0]!.message.content)).toEqual([STORY, STORY]);
    expect(conforming.seen.get('chat/completions error')).toBeGreaterThanOrEqual(1);
    expect(conforming.violations).toEqual([]);
  });
});
