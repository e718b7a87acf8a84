import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { embeddingList, textChunk, textCompletion } from '../support/openai-shapes.js';
import { Metered, NANO, type Payer } from '../support/lumen/metered.js';
import { DONE, status, stream } from '../support/scripted-upstream.js';
import { vllm } from '../support/vllm-backend.js';

const BODIES = {
  'chat/completions': { messages: [{ role: 'user', content: 'hi' }] },
  completions: { prompt: 'Once upon' },
  embeddings: { input: 'Once upon' },
  rerank: { query: 'what', documents: ['one', 'two'] },
  score: { text_1: 'what', text_2: ['one', 'two'] },
};
type Path = keyof typeof BODIES;
const PATHS = Object.keys(BODIES) as Path[];

describe('the endpoints', () => {
  let metered: Metered;
  let payer: Payer;

  beforeAll(async () => {
    metered = await Metered.start({
      dialect: 'sqlite',
      inputPrice: 1,
      outputPrice: 0.5,
      purses: { payer: { coins: 100_000 }, poor: { coins: 40 }, broke: { coins: 0.01 } },
    });
    payer = await metered.payer('payer');
  });

  afterAll(() => metered[Symbol.asyncDispose]());

  beforeEach(() => {
    metered.upstream.usual = vllm;
  });

  const post = (path: string, body: object, key = payer.key) =>
    fetch(`${metered.server.url}/v1/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'm', ...body }),
    });
  const sent = () => JSON.parse(metered.upstream.lastRequest.bytes.toString()) as object;
  /** The answer, and the row that it leaves in the log. */
  const ask = async (path: string, body: object, key?: string) => {
    let answer!: Response;
    let text = '';
    const row = await metered.rowOf(async () => {
      answer = await post(path, body, key);
      text = await answer.text();
    });
    return { answer, text, row };
  };

  describe('each of them', () => {
    it.each(PATHS)('%s goes upstream as it came, and its use is charged', async (path) => {
      const { answer, text, row } = await ask(path, BODIES[path]);
      expect([answer.status, text]).toEqual([200, expect.any(String)]);
      const { method, path: asked, headers } = metered.upstream.lastRequest;
      expect([method, asked]).toEqual(['POST', `/v1/${path}`]);
      expect(headers.authorization).toBe('Bearer none');
      expect(sent()).toMatchObject({ ...BODIES[path], model: 'upstream-name' });
      const { promptTokens, completionTokens } = row;
      expect(promptTokens).toBeGreaterThan(0);
      expect(row).toMatchObject({
        operation: path,
        outcome: 'completed',
        accuracy: 'exact',
        cost: (NANO / 2n) * BigInt(2 * promptTokens! + completionTokens!),
      });
      expect(answer.headers.get('x-lumen-cost')).toBe(
        String(promptTokens! + completionTokens! / 2),
      );
      expect(answer.headers.get('x-request-id')).toBe(row.requestId);
    });

    it.each(PATHS)('%s has no door beside the one', async (path) => {
      const before = metered.upstream.requests.length;
      const broke = await metered.payer('broke');
      const asked = await Promise.all([
        post(path, BODIES[path], ''),
        post(path, BODIES[path], 'sk_wrong'),
        post(path, { ...BODIES[path], model: 'nope' }),
        post(path, BODIES[path], broke.key),
      ]);
      expect(asked.map((answer) => answer.status)).toEqual([401, 401, 404, 429]);
      for (const answer of asked) {
        const { error } = (await answer.json()) as { error: object };
        expect(Object.keys(error).sort()).toEqual(['code', 'message', 'param', 'type']);
      }
      expect(metered.upstream.requests.length).toBe(before);
    });

    it.each(PATHS)('%s is answered by POST alone', async (path) => {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const answer = await fetch(`${metered.server.url}/v1/${path}`, {
          method,
          headers: { authorization: `Bearer ${payer.key}`, accept: 'text/html' },
        });
        expect(answer.status).toBe(404);
        expect(await answer.json()).toMatchObject({ error: { code: 'not_found', param: null } });
      }
    });
  });

  it.each([
    ['GET', '/v1'],
    ['GET', '/v1/'],
    ['GET', '/v1/nothing'],
    ['POST', '/v1/nothing'],
    ['POST', '/v1/models'],
    ['DELETE', '/v1/models/m'],
    ['POST', '/v1/engines/m/completions'],
    ['POST', '/v1/v2/rerank'],
    ['PATCH', '/v1/files?x=1'],
  ])('%s %s is not there, in the words of the API', async (method, path) => {
    const answer = await fetch(`${metered.server.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${payer.key}`, accept: 'text/html' },
    });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({
      error: { type: 'invalid_request_error', code: 'not_found', param: null },
    });
  });

  describe('completions', () => {
    it('are streamed as they come, without the usage that nobody asked for', async () => {
      const { answer, text, row } = await ask('completions', { prompt: 'Once upon', stream: true });
      expect(answer.headers.get('content-type')).toContain('text/event-stream');
      const events = text.split('\n\n').filter((event) => event !== '');
      expect(events.at(-1)).toBe('data: [DONE]');
      const chunks = events
        .slice(0, -1)
        .map((event) => textChunk.parse(JSON.parse(event.slice(6))));
      expect(chunks.map(({ choices }) => choices[0]!.text).join('')).toBe('Once upon a time.');
      expect(chunks.every(({ usage, choices }) => !usage && choices.length === 1)).toBe(true);
      expect(sent()).toMatchObject({ stream_options: { include_usage: true }, max_tokens: 16 });
      expect(row).toMatchObject({ isStream: true, promptTokens: 2, completionTokens: 5 });
      expect(row.accuracy).toBe('exact');
    });

    it('say what they used where they are asked', async () => {
      const body = { prompt: 'Once', stream: true, stream_options: { include_usage: true } };
      const { text } = await ask('completions', body);
      expect(text).toContain('"usage":{"prompt_tokens":1,"total_tokens":6,"completion_tokens":5}');
    });

    it('of several prompts, several times, are held and charged together', async () => {
      const body = { prompt: ['a b', 'c'], n: 3, max_tokens: 4 };
      const { text, row } = await ask('completions', body);
      expect(textCompletion.parse(JSON.parse(text)).choices.length).toBe(6);
      expect(row).toMatchObject({ promptTokens: 3, completionTokens: 24, accuracy: 'exact' });
      const ofBest = await ask('completions', { prompt: ['a', 'b'], best_of: 5, max_tokens: 100 });
      expect(ofBest.row.coinsHeld! >= NANO * 500n).toBe(true);
    });

    it('of tokens are held by their number, and charged by it where the backend says nothing', async () => {
      metered.upstream.next(status(200, '{"object":"text_completion","choices":[]}'));
      const { row } = await ask('completions', { prompt: [[1, 2, 3], [4]], max_tokens: 1 });
      expect(row.coinsHeld).toBe(NANO * (4n + 1n));
      expect(row).toMatchObject({ promptTokens: 4, completionTokens: 0, accuracy: 'estimated' });
    });

    it('that nobody counted are counted by Lumen', async () => {
      const choice = { index: 0, text: 'x'.repeat(400), logprobs: null, finish_reason: 'stop' };
      metered.upstream.next(status(200, JSON.stringify({ choices: [choice] })));
      const { row } = await ask('completions', { prompt: 'a', max_tokens: 200 });
      expect(row).toMatchObject({ completionTokens: 100, accuracy: 'estimated' });
    });

    it('end with "length" where the budget ends', async () => {
      const poor = await metered.payer('poor');
      const part = (text: string) =>
        `data: ${JSON.stringify({
          id: 'cmpl-1',
          object: 'text_completion',
          created: 1,
          model: 'upstream-name',
          choices: [{ index: 0, text, logprobs: null, finish_reason: null }],
        })}\n\n`;
      metered.upstream.next(stream(...Array.from({ length: 200 }, () => part(' word')), DONE));
      const body = { prompt: [1], stream: true, max_tokens: 200 };
      const { text, row } = await ask('completions', body, poor.key);
      const events = text.split('\n\n').filter((event) => event !== '');
      expect(events.at(-1)).toBe('data: [DONE]');
      const last = textChunk.parse(JSON.parse(events.at(-2)!.slice(6)));
      expect(last.choices).toEqual([
        { index: 0, text: '', logprobs: null, finish_reason: 'length' },
      ]);
      expect(row).toMatchObject({ outcome: 'completed', accuracy: 'partial' });
      expect(row.completionTokens).toBeLessThan(120);
    });
  });

  describe('embeddings', () => {
    it.each([
      ['numbers', 'float', [0.25, -0.5, 1]],
      ['base64', 'base64', 'AACAPgAAAL8AAIA/'],
    ])('come as %s, untouched', async (_what, format, embedding) => {
      const { text, row } = await ask('embeddings', {
        input: ['a b', 'c'],
        encoding_format: format,
      });
      expect(embeddingList.parse(JSON.parse(text)).data.map((each) => each.embedding)).toEqual([
        embedding,
        embedding,
      ]);
      expect(row).toMatchObject({ promptTokens: 3, completionTokens: 0, accuracy: 'exact' });
    });

    it.each([
      ['a text', 'one two', 2],
      ['texts', ['one', 'two'], 2],
      ['tokens', [7, 8, 9], 3],
      ['lists of tokens', [[7], [8, 9]], 3],
    ])('of %s', async (_what, input, tokens) => {
      const { row } = await ask('embeddings', { input });
      expect(sent()).toMatchObject({ input });
      expect(row).toMatchObject({ promptTokens: tokens, cost: NANO * BigInt(tokens) });
    });

    it('cost nothing for output, however much comes and whatever is said', async () => {
      const data = [{ object: 'embedding', index: 0, embedding: Array(1_200_000).fill(0.25) }];
      const usage = { prompt_tokens: 2, total_tokens: 2 };
      for (const fields of [{ data, usage }, { usage, data }, { data }]) {
        const body = JSON.stringify({ object: 'list', model: 'x', ...fields });
        expect(body.length).toBeGreaterThan(5 * 2 ** 20);
        metered.upstream.next(status(200, body));
        const { text, row } = await ask('embeddings', { input: [1, 2] });
        expect(text).toBe(body);
        expect(row).toMatchObject({ promptTokens: 2, completionTokens: 0, cost: 2n * NANO });
        expect(row.accuracy).toBe('usage' in fields ? 'exact' : 'estimated');
      }
    });

    it('hold no output', async () => {
      const { row } = await ask('embeddings', { input: [1, 2, 3] });
      expect(row.coinsHeld).toBe(3n * NANO);
    });
  });

  describe('rankings and scores', () => {
    it.each([
      ['vLLM', { usage: { total_tokens: 9 } }, 9, 'exact'],
      ['Jina', { usage: { prompt_tokens: 9, total_tokens: 9 } }, 9, 'exact'],
      ['Cohere', { meta: { tokens: { input_tokens: 9, output_tokens: 0 } } }, 9, 'exact'],
      ['a backend by searches', { meta: { billed_units: { search_units: 1 } } }, null, 'estimated'],
    ])('are charged by what %s reports', async (_what, report, tokens, accuracy) => {
      const results = [{ index: 0, relevance_score: 0.9 }];
      const body = JSON.stringify({ id: 'r', results, ...report });
      metered.upstream.next(status(200, body));
      const { text, row } = await ask('rerank', { ...BODIES.rerank, top_n: 1, x_own: true });
      expect(text).toBe(body);
      expect(sent()).toMatchObject({ top_n: 1, x_own: true });
      expect(row).toMatchObject({ completionTokens: 0, accuracy });
      if (tokens !== null) expect(row.promptTokens).toBe(tokens);
    });

    it('are held for the query with every document', async () => {
      const query = 'q'.repeat(300);
      const one = await ask('rerank', { query, documents: ['d'] });
      const ten = await ask('rerank', { query, documents: Array(10).fill('d') });
      expect(ten.row.coinsHeld! - one.row.coinsHeld! > NANO * 900n).toBe(true);
    });
  });
});
