import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LumenServer } from '../support/lumen/lumen-server.js';
import { apiError, model, modelList } from '../support/openai-shapes.js';
import { reset, ScriptedUpstream } from '../support/scripted-upstream.js';
import { until } from '../support/until.js';

const MONITORING_TOKEN = 'monitoring-token-monitoring-token-2';
const MANY = 10_000;

const configured = (url: string) =>
  JSON.stringify([
    {
      name: 'lab/qwen/qwen3:8b',
      description: 'Small and quick',
      context_window: 32_768,
      max_output_tokens: 8_192,
      input_cost_per_million: 0.07,
      output_cost_per_million: 0.2,
      cached_input_cost_per_million: 0.007,
      input_modalities: ['text', 'image'],
      endpoints: [{ url }, { url, model: 'other' }],
    },
    {
      name: 'speech',
      audio_cost_per_hour: 0.36,
      input_modalities: ['audio'],
      endpoints: [{ url }],
    },
    { name: 'empty' },
    { name: 'secret', access: 'blocked', endpoints: [{ url }] },
    { name: 'off', disabled: true, endpoints: [{ url }] },
  ]);

describe('GET /v1/models', () => {
  const running = new AsyncDisposableStack();
  let upstream: ScriptedUpstream;
  let server: LumenServer;
  let key: string;
  const get = (path: string, token = key) =>
    fetch(`${server.url}/v1/models${path}`, { headers: { authorization: `Bearer ${token}` } });

  beforeAll(async () => {
    upstream = running.use(await ScriptedUpstream.start());
    const started = LumenServer.start({
      models: configured(upstream.url),
      extra: `monitoring: { token: ${MONITORING_TOKEN} }\nupstream: { retries: { attempts: 0 }, ejection: { failures: 1 } }`,
    });
    server = running.use(await started);
    key = await server.createKey();
  });

  afterAll(() => running.disposeAsync());

  it('lists what the caller may use, with all that is known of it', async () => {
    const answer = await get('');
    const { data } = modelList.parse(await answer.json());
    expect(data.map(({ id }) => id)).toEqual(['lab/qwen/qwen3:8b', 'speech', 'empty']);
    expect(data[0]).toMatchObject({
      object: 'model',
      owned_by: 'lumen',
      description: 'Small and quick',
      context_window: 32_768,
      max_model_len: 32_768,
      max_output_tokens: 8_192,
      input_cost_per_million: 0.07,
      output_cost_per_million: 0.2,
      cached_input_cost_per_million: 0.007,
      audio_cost_per_hour: null,
      input_modalities: ['text', 'image'],
      output_modalities: ['text'],
      endpoints: { total: 2, healthy: 2 },
    });
    expect(data[1]).toMatchObject({ audio_cost_per_hour: 0.36, context_window: null });
    expect(data[2]).toMatchObject({ status: 'down', endpoints: { total: 0, healthy: 0 } });
  });

  it.each(['/lab/qwen/qwen3:8b', '/lab%2Fqwen%2Fqwen3:8b', '/lab%2fqwen/qwen3%3A8b'])(
    'finds a model at %s',
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(200);
      expect(model.parse(await answer.json())).toMatchObject({
        id: 'lab/qwen/qwen3:8b',
        max_model_len: 32_768,
      });
    },
  );

  it.each([
    '/nothing',
    '/lab/qwen',
    '/lab/qwen/qwen3:8b/',
    '/secret',
    '/off',
    '/..%2fmodels',
    '/%00',
    `/${'x'.repeat(5_000)}`,
  ])('does not know %s', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    const { error } = apiError.parse(await answer.json());
    expect(['model_not_found', 'not_found']).toContain(error.code);
  });

  it.each(['/%', '/%zz', '/%ff'])('refuses %s as a caller’s mistake', async (path) => {
    const answer = await get(path);
    expect([400, 404]).toContain(answer.status);
    expect(answer.headers.get('x-request-id')).toBeTruthy();
    expect(apiError.parse(await answer.json()).error.type).toBe('invalid_request_error');
  });

  it('says how a model fares', async () => {
    const statusOf = async () =>
      (await (await get('/speech')).json()) as { status: string; endpoints: object };
    expect((await statusOf()).status).toBe('ok');
    upstream.next(reset);
    const asked = await fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'speech', messages: [{ role: 'user', content: 'hi' }] }),
    });
    expect(asked.status).toBeGreaterThanOrEqual(500);
    await until(async () => (await statusOf()).status === 'down');
    expect(await statusOf()).toMatchObject({ endpoints: { total: 1, healthy: 0 } });
  });

  it('shows all of them to the monitoring token, and nothing to others', async () => {
    const { data } = modelList.parse(await (await get('', MONITORING_TOKEN)).json());
    expect(data.map(({ id }) => id)).toContain('secret');
    expect((await get('/secret', MONITORING_TOKEN)).status).toBe(200);
    expect((await get('', `${MONITORING_TOKEN}x`)).status).toBe(401);
    expect((await get('', '')).status).toBe(401);
  });
});

describe('GET /v1/models of ten thousand', () => {
  it('answers in a moment', async () => {
    const endpoints = [
      { url: 'http://127.0.0.1:9/v1' },
      { url: 'http://127.0.0.1:9/v1', model: 'b' },
    ];
    const models = Array.from({ length: MANY }, (_, i) => ({ name: `lab/model-${i}`, endpoints }));
    await using server = await LumenServer.start({ models: JSON.stringify(models) });
    const headers = { authorization: `Bearer ${await server.createKey()}` };
    const ask = async () => {
      const startedMs = performance.now();
      const answer = await fetch(`${server.url}/v1/models`, { headers });
      const { data } = (await answer.json()) as { data: unknown[] };
      expect(data.length).toBe(MANY);
      return performance.now() - startedMs;
    };
    // On a busy machine it may take some tries until one is not kept waiting.
    await until(async () => (await ask()) < 1_000);
  }, 60_000);
});
