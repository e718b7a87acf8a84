import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import OpenAI, { RateLimitError } from 'openai';
import { DIALECTS } from '../support/lumen/lumen-server.js';
import { Metered, NANO, type Payer } from '../support/lumen/metered.js';
import {
  chunkText,
  completion,
  completionText,
  DONE,
  status,
  stream,
  USAGE_CHUNK,
} from '../support/scripted-upstream.js';

const MESSAGES = [{ role: 'user' as const, content: 'hi' }];
const SLOW = 60_000;
/** A coin a token of output. What each may spend is what their test is about. */
const PURSES = {
  rich: { coins: 10_000, tokens: 1_000_000 },
  lowered: { coins: 5 },
  walled: { coins: 25 },
  emptied: { coins: 7 },
  cheated: { coins: 5 },
  choosing: { coins: 3 },
};
const words = (count: number) =>
  Array.from({ length: count }, (_, index) => chunkText(` w${index}`));
const forEver = new Promise(() => undefined);

describe.each(DIALECTS)('metering on %s', (dialect) => {
  const running = new AsyncDisposableStack();
  let metered: Metered;
  const sent = () => JSON.parse(metered.upstream.lastRequest.bytes.toString()) as object;
  const sdkOf = ({ key }: Payer) =>
    new OpenAI({ baseURL: `${metered.server.url}/v1`, apiKey: key, maxRetries: 0 });

  beforeAll(async () => {
    const extra =
      'budgets: { default_output_tokens: 10 }\nupstream: { retries: { attempts: 0 } }\n';
    metered = running.use(await Metered.start({ dialect, purses: PURSES, extra }));
  }, SLOW);

  afterAll(() => running.disposeAsync());

  describe('with coins enough', () => {
    let rich: Payer;

    beforeAll(async () => {
      rich = await metered.payer('rich');
    }, SLOW);

    it('tells what an answer cost and what is left, and notes it all', async () => {
      metered.upstream.next(completion('Hello'));
      const before = (await metered.rows()).length;
      const answer = await rich.ask({ max_tokens: 50 });
      expect(answer.headers.get('x-lumen-cost')).toBe('7');
      expect(answer.headers.get('x-lumen-balance')).toBe('9993 coins');
      expect(await answer.text()).toBe(completionText('Hello'));
      // It is in the books before the caller hears of it.
      const row = (await metered.rows()).slice(before)[0];
      const [coins, tokens] = [await rich.pool('coins'), await rich.pool('tokens')];
      expect(row).toMatchObject({
        outcome: 'completed',
        accuracy: 'exact',
        cost: 7n * NANO,
        coinPoolId: coins.id,
        coinsHeld: 50n * NANO,
        tokenPoolId: tokens.id,
        promptTokens: 5,
        completionTokens: 7,
      });
      expect(coins.balance).toBe(9_993n * NANO);
      expect(tokens.balance).toBe(1_000_000n - 12n);
      expect(row!.tokensHeld).toBeGreaterThan(50n);
    });

    it('tells a stream what is left at its start, and writes it down before [DONE]', async () => {
      const { balance } = await rich.pool();
      metered.upstream.next(stream(chunkText('a'), USAGE_CHUNK, DONE));
      const before = (await metered.rows()).length;
      const answer = await rich.ask({ stream: true, max_tokens: 8 });
      expect(answer.headers.get('x-lumen-balance')).toBe(`${balance / NANO - 8n} coins`);
      expect(await answer.text()).toBe(chunkText('a') + DONE);
      expect((await metered.rows()).slice(before)).toMatchObject([{ cost: 7n * NANO }]);
    });

    it('limits an answer in one piece to what is held', async () => {
      await (await rich.ask({})).text();
      expect(sent()).toMatchObject({ max_tokens: 10 });
    });

    it('lets a stream hold more as it goes, and sets it no limit', async () => {
      const text = words(100).join('');
      metered.upstream.next(stream(...words(100), DONE));
      const row = await metered.rowOf(async () => {
        expect(await (await rich.ask({ stream: true })).text()).toBe(text + DONE);
      });
      expect(sent()).not.toHaveProperty('max_tokens');
      expect(row).toMatchObject({ cost: 100n * NANO, accuracy: 'estimated' });
    });

    it.each([
      ['refuses', status(400, '{"error":{"message":"too long"}}'), 400],
      ['is overloaded', status(429, '{}'), 503],
      ['fails', status(500, '{}'), 502],
    ])('charges nothing when the backend %s', async (_what, behaviour, expected) => {
      const { balance } = await rich.pool();
      metered.upstream.next(behaviour);
      const row = await metered.rowOf(async () => {
        expect((await rich.ask({})).status).toBe(expected);
      });
      const nothing = { cost: null, accuracy: null };
      expect(row).toMatchObject({ outcome: 'failed', status: expected, ...nothing });
      expect((await rich.pool()).balance).toBe(balance);
    });

    it(
      'charges the prices that were in force at the start',
      async () => {
        const gate = Promise.withResolvers<void>();
        metered.upstream.next(stream(chunkText('a'), gate.promise, USAGE_CHUNK, DONE));
        const text = await metered.server.configuration();
        const row = await metered.rowOf(async () => {
          const answer = await rich.ask({ stream: true });
          await metered.server.configure(text.replace('1000000,"end', '500000,"end'));
          const isReload = ({ msg }: { msg?: unknown }) =>
            String(msg).startsWith('config.yaml reloaded');
          await metered.server.nextLine(isReload);
          gate.resolve();
          await answer.text();
        });
        expect(row.cost).toBe(7n * NANO);
        metered.upstream.next(completion('Hello'));
        expect((await rich.ask({})).headers.get('x-lumen-cost')).toBe('3.5');
        await metered.server.configure(text);
        const isBack = async () => {
          metered.upstream.next(completion('Hello'));
          return (await rich.ask({})).headers.get('x-lumen-cost') === '7';
        };
        while (!(await isBack())) await new Promise((resolve) => setTimeout(resolve, 200));
      },
      SLOW,
    );
  });

  describe('at the wall', () => {
    it(
      'gives a stream as much as can be paid, told to the backend',
      async () => {
        const payer = await metered.payer('lowered');
        metered.upstream.next(stream(...words(5), DONE));
        const answer = await payer.ask({ stream: true, max_tokens: 8 });
        expect(await answer.text()).toBe(words(5).join('') + DONE);
        expect(sent()).toMatchObject({ max_tokens: 5 });
        expect((await payer.pool()).balance).toBe(0n);
      },
      SLOW,
    );

    it(
      'ends a stream that can hold no more, so that the SDK understands',
      async () => {
        const payer = await metered.payer('walled');
        const gone = metered.upstream.nextRequest();
        metered.upstream.next(stream(...words(100), forEver));
        const seen = { words: 0, reason: '' as string | null, completionTokens: 0 };
        const row = await metered.rowOf(async () => {
          const answer = await sdkOf(payer).chat.completions.create({
            model: 'm',
            messages: MESSAGES,
            stream: true,
            stream_options: { include_usage: true },
          });
          for await (const { choices, usage } of answer) {
            if (choices[0]?.delta.content) seen.words += 1;
            seen.reason = choices[0]?.finish_reason ?? seen.reason;
            seen.completionTokens = usage?.completion_tokens ?? seen.completionTokens;
          }
        });
        expect(seen).toEqual({ words: 25, reason: 'length', completionTokens: 25 });
        await (
          await gone
        ).aborted;
        expect(row).toMatchObject({ outcome: 'completed', completionTokens: 25, cost: 25n * NANO });
        expect(await payer.pool()).toMatchObject({ balance: 0n, held: 0n });
      },
      SLOW,
    );

    it(
      'refuses who has nothing left, in a way the SDK understands',
      async () => {
        const payer = await metered.payer('emptied');
        await (await payer.ask({})).text();
        expect((await payer.pool()).balance).toBe(0n);
        const row = await metered.rowOf(async () => {
          const refused = sdkOf(payer).chat.completions.create({ model: 'm', messages: MESSAGES });
          await expect(refused).rejects.toThrow(RateLimitError);
          await expect(refused).rejects.toMatchObject({
            code: 'budget_exceeded',
            type: 'insufficient_quota',
          });
        });
        expect(row).toMatchObject({
          outcome: 'refused',
          status: 429,
          coinPoolId: null,
          cost: null,
        });
      },
      SLOW,
    );

    it(
      'stops a backend that ignores its limit, a little above',
      async () => {
        const payer = await metered.payer('cheated');
        metered.upstream.next(stream(...words(500), forEver));
        const row = await metered.rowOf(async () => {
          const text = await (await payer.ask({ stream: true, max_tokens: 8 })).text();
          expect(text).toContain('"finish_reason":"length"');
        });
        expect(row.completionTokens).toBe(22);
        expect(await payer.pool()).toMatchObject({ balance: 0n, held: 0n });
      },
      SLOW,
    );

    it(
      'refuses fewer tokens than choices',
      async () => {
        const payer = await metered.payer('choosing');
        const answer = await payer.ask({ n: 4 });
        expect(answer.status).toBe(429);
        expect(await answer.json()).toMatchObject({
          error: { code: 'budget_exceeded', param: 'n' },
        });
        expect(await payer.pool()).toMatchObject({ balance: 3n * NANO, held: 0n });
      },
      SLOW,
    );
  });

  it(
    'notes the cost of those whom nothing limits',
    async () => {
      const free = await metered.payer('free');
      metered.upstream.next(completion('Hello'));
      const row = await metered.rowOf(async () => {
        const answer = await free.ask({});
        expect(answer.headers.get('x-lumen-cost')).toBe('7');
        expect(answer.headers.get('x-lumen-balance')).toBeNull();
      });
      const noPool = { coinPoolId: null, tokenPoolId: null, coinsHeld: null, tokensHeld: null };
      expect(row).toMatchObject({ cost: 7n * NANO, ...noPool });
    },
    SLOW,
  );
});
