import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Anthropic from '@anthropic-ai/sdk';
import {
  BLOCK_START,
  eventText,
  message,
  MESSAGE,
  MESSAGE_START,
  messageEnd,
  messageStream,
  wordText,
} from '../support/anthropic-upstream.js';
import { DIALECTS, LumenServer } from '../support/lumen/lumen-server.js';
import { NANO, Payer } from '../support/lumen/metered.js';
import { requestLogOf } from '../support/lumen/request-log.js';
import { chunkText, DONE, ScriptedUpstream, status, stream } from '../support/scripted-upstream.js';

const SLOW = 60_000;
const HELLO = [{ role: 'user' as const, content: 'hi' }];
const WORDS = Array.from({ length: 100 }, (_, index) => ` w${index}`);
const forEver = new Promise(() => undefined);
/** Coins; one is a token of output. Which test spends them is in the name. */
const PURSES = { native: 30, translated: 25, thinking: 1_500 };

describe.each(DIALECTS)("what Anthropic's API costs on %s", (dialect) => {
  const running = new AsyncDisposableStack();
  let server: LumenServer;
  let upstream: ScriptedUpstream;
  let rich: string;
  const bytes = () => upstream.lastRequest.bytes.toString();
  const sdkOf = (key: string) => new Anthropic({ baseURL: server.url, apiKey: key, maxRetries: 0 });
  const post = (key: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/v1/messages`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', 'x-api-key': key, ...headers },
    });
  const payer = async (name: keyof typeof PURSES) => {
    const email = `${name}@example.edu`;
    return new Payer(server, email, await server.createKey(email));
  };
  async function rowOf(work: () => Promise<unknown>) {
    const before = (await requestLogOf(server)).length;
    await work();
    return (await requestLogOf(server, before + 1)).at(-1)!;
  }

  beforeAll(async () => {
    upstream = running.use(await ScriptedUpstream.start());
    const model = (name: string, apis: string[]) => ({
      name,
      input_cost_per_million: 0,
      output_cost_per_million: 1_000_000,
      endpoints: [
        {
          url: upstream.url,
          api_key: 'upstream-secret',
          model: 'upstream-name',
          native_apis: apis,
        },
      ],
    });
    const models = JSON.stringify([model('m', []), model('native', ['messages'])]);
    const users = Object.entries(PURSES).map(
      ([name, max]) => `  ${name}@example.edu: { max: ${max} }\n`,
    );
    const extra = `
upstream: { retries: { attempts: 0 } }
budgets: { default_output_tokens: 10 }
users:
${users.join('')}`;
    server = running.use(await LumenServer.start({ dialect, models, extra }));
    rich = await server.createKey('rich@example.edu');
  }, SLOW);

  afterAll(() => running.disposeAsync());

  describe('where the backend speaks it', () => {
    it('passes bytes on as they are, but for the name of the model', async () => {
      upstream.next(message());
      const odd = '"future_field" : {"x":[1, 2]}, "tools":[{"type":"web_search_20250305"}]';
      const body = (name: string) =>
        `{ "model":"${name}","max_tokens":50, "messages":${JSON.stringify(HELLO)}, ${odd} }`;
      const headers = { 'anthropic-version': '1999-01-01', 'anthropic-beta': 'x', 'x-evil': '1' };
      const row = await rowOf(async () => {
        const answer = await post(rich, body('native'), headers);
        expect(await answer.text()).toBe(MESSAGE);
      });
      expect(bytes()).toBe(body('upstream-name'));
      const seen = upstream.lastRequest;
      expect(seen.path).toBe('/v1/messages');
      expect(seen.headers).toMatchObject({
        'anthropic-version': '2023-06-01',
        authorization: 'Bearer upstream-secret',
      });
      for (const name of ['x-api-key', 'anthropic-beta', 'x-evil']) {
        expect(seen.headers).not.toHaveProperty(name);
      }
      expect(row).toMatchObject({
        operation: 'messages',
        promptTokens: 23,
        cachedTokens: 20,
        completionTokens: 7,
        accuracy: 'exact',
        cost: 7n * NANO,
      });
    });

    it('passes a stream on as it is, and charges what it reports', async () => {
      upstream.next(messageStream(...WORDS));
      const asked = { model: 'native', max_tokens: 500, messages: HELLO, stream: true };
      const row = await rowOf(async () => {
        const answer = await post(rich, JSON.stringify(asked));
        expect(await answer.text()).toBe(
          MESSAGE_START + BLOCK_START + WORDS.map(wordText).join('') + messageEnd(100),
        );
      });
      expect(row).toMatchObject({
        isStream: true,
        promptTokens: 23,
        cachedTokens: 20,
        completionTokens: 100,
        accuracy: 'exact',
        cost: 100n * NANO,
      });
    });

    it(
      'ends a stream that can hold no more as the SDK expects',
      async () => {
        const caller = await payer('native');
        const arriving = upstream.nextRequest();
        upstream.next(stream(MESSAGE_START, BLOCK_START, ...WORDS.map(wordText), forEver));
        const row = await rowOf(async () => {
          const asked = { model: 'native', max_tokens: 500, messages: HELLO };
          const answer = await sdkOf(caller.key).messages.stream(asked).finalMessage();
          expect(answer).toMatchObject({
            content: [{ type: 'text', text: WORDS.slice(0, 30).join('') }],
            stop_reason: 'max_tokens',
            usage: { input_tokens: 3, cache_read_input_tokens: 20, output_tokens: 30 },
          });
        });
        await (
          await arriving
        ).aborted;
        expect(row).toMatchObject({ completionTokens: 30, cost: 30n * NANO });
        expect(await caller.pool()).toMatchObject({ balance: 0n, held: 0n });
      },
      SLOW,
    );

    it(
      'leaves thinking out where there is no budget for it',
      async () => {
        const caller = await payer('thinking');
        upstream.next(message());
        const thinking = { type: 'enabled' as const, budget_tokens: 2_000 };
        const asked = { model: 'native', max_tokens: 4_000, messages: HELLO, thinking };
        await sdkOf(caller.key).messages.create(asked);
        expect(JSON.parse(bytes())).toMatchObject({
          max_tokens: 1_500,
          thinking: { type: 'disabled' },
        });
      },
      SLOW,
    );

    it('tells of a failure in the middle in the words of this API', async () => {
      const failed = { type: 'overloaded_error', message: 'upstream-secret is busy' };
      upstream.next(
        stream(
          MESSAGE_START,
          BLOCK_START,
          wordText('a'),
          eventText({ type: 'error', error: failed }),
        ),
      );
      const asked = { model: 'native', max_tokens: 500, messages: HELLO };
      const answer = sdkOf(rich).messages.stream(asked).finalMessage();
      await expect(answer).rejects.toMatchObject({ type: 'api_error' });
      await expect(answer).rejects.not.toThrow(/secret/);
    });

    it('words what the backend refuses', async () => {
      const refused = { type: 'invalid_request_error', message: 'temperature is out of range' };
      upstream.next(status(400, JSON.stringify({ type: 'error', error: refused })));
      const asked = { model: 'native', max_tokens: 5, messages: HELLO };
      await expect(sdkOf(rich).messages.create(asked)).rejects.toMatchObject({
        status: 400,
        type: 'invalid_request_error',
        apiMessage: 'temperature is out of range',
      });
    });
  });

  describe('where it is translated', () => {
    it(
      'ends a stream that can hold no more as the SDK expects',
      async () => {
        const caller = await payer('translated');
        const arriving = upstream.nextRequest();
        upstream.next(stream(...WORDS.map(chunkText), forEver));
        const row = await rowOf(async () => {
          const asked = { model: 'm', max_tokens: 500, messages: HELLO };
          const answer = await sdkOf(caller.key).messages.stream(asked).finalMessage();
          expect(answer).toMatchObject({
            content: [{ type: 'text', text: WORDS.slice(0, 25).join('') }],
            stop_reason: 'max_tokens',
            usage: { output_tokens: 25 },
          });
        });
        await (
          await arriving
        ).aborted;
        expect(row).toMatchObject({ completionTokens: 25, cost: 25n * NANO });
        expect(await caller.pool()).toMatchObject({ balance: 0n, held: 0n });
      },
      SLOW,
    );

    it('tells what a stream may have cost where the backend does not', async () => {
      upstream.next(stream(chunkText('a'), chunkText('b'), DONE));
      const asked = { model: 'm', max_tokens: 500, messages: HELLO };
      let told = 0;
      const row = await rowOf(async () => {
        const { usage } = await sdkOf(rich).messages.stream(asked).finalMessage();
        told = usage.input_tokens;
        expect(usage.output_tokens).toBe(2);
      });
      expect(row).toMatchObject({
        promptTokens: told,
        completionTokens: 2,
        accuracy: 'estimated',
        cost: 2n * NANO,
      });
    });

    it('says at the head of an answer what it cost', async () => {
      const asked = { model: 'm', max_tokens: 50, messages: HELLO };
      const answer = await post(rich, JSON.stringify(asked));
      const text = await answer.text();
      expect(answer.headers.get('x-lumen-cost')).toBe('7');
      expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
      expect(answer.headers.get('content-type')).toBe('application/json');
    });
  });
});
